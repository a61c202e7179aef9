package quintet.retrieve.model;

import java.time.Instant;

/** An end of a range. */
public sealed interface RangeEnd {
    /** Returns whether the end itself belongs to the range. */
    boolean inclusive();

    /**
     * A number.
     *
     * @param value finite; 0 has no sign
     */
    record Numeric(double value, boolean inclusive) implements RangeEnd {
        /** Refuses what is no finite number. */
        public Numeric {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the end of a range is %s, must be finite".formatted(value));
            }
            value = value == 0 ? 0 : value;
        }
    }

    /**
     * A point in time.
     *
     * @param value in the years 0 to 9999
     */
    record Moment(Instant value, boolean inclusive) implements RangeEnd {
        /** Refuses what lies outside of the years. */
        public Moment {
            if (!TimeSpan.isInYears(value)) {
                throw new IllegalArgumentException(
                        "the end of a range is %s, must be in the years 0 to 9999".formatted(value));
            }
        }
    }
}
