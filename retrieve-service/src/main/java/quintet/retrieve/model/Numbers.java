package quintet.retrieve.model;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Texts that are numbers. */
public final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final int MAX_LENGTH = 64;

    private Numbers() {}

    /**
     * Reads a decimal number, such as {@code 2020}, {@code -1.5} or {@code 6e23}, of at most 64 characters, to the precision of a
     * double, which is 15 digits.
     *
     * @return empty if the text is anything else or beyond the largest double
     */
    public static OptionalDouble read(String text) {
        if (text.isEmpty()
                || text.length() > MAX_LENGTH
                || !DECIMAL.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? OptionalDouble.of(value == 0 ? 0 : value) : OptionalDouble.empty();
    }
}
