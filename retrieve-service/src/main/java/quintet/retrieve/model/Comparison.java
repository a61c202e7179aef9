package quintet.retrieve.model;

import java.util.Optional;
import java.util.OptionalDouble;
import quintet.retrieve.model.MetadataFilter.Range;

/** How a value stands to what it is compared with by size. */
public enum Comparison {
    /** Below it. */
    LESS(false, false),
    /** Below it or the same. */
    AT_MOST(false, true),
    /** Above it. */
    MORE(true, false),
    /** Above it or the same. */
    AT_LEAST(true, true);

    private final boolean lower;
    private final boolean inclusive;

    Comparison(boolean lower, boolean inclusive) {
        this.lower = lower;
        this.inclusive = inclusive;
    }

    /** Returns the range of the numbers that stand so to {@code number}, which is finite. */
    public Range range(String field, double number) {
        return range(field, new RangeEnd.Numeric(number, inclusive));
    }

    /** Returns the range of the times that stand so to {@code span}: after a day is after its end. */
    public Range range(String field, TimeSpan span) {
        boolean first = lower == inclusive;
        return range(field, new RangeEnd.Moment(first ? span.first() : span.last(), inclusive));
    }

    /** Returns the range that a text stands for, a number or a date; empty if it is neither. */
    public Optional<Range> range(String field, String text) {
        OptionalDouble number = Numbers.read(text);
        return number.isPresent()
                ? Optional.of(range(field, number.getAsDouble()))
                : TimeSpan.read(text).map(span -> range(field, span));
    }

    private Range range(String field, RangeEnd end) {
        return lower ? new Range(field, end, null) : new Range(field, null, end);
    }
}
