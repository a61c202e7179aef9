package quintet.encoder.model;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a model's vectors can be cut to: it was trained so that their first values are vectors themselves (Kusupati et al. 2022).
 *
 * @param any whether every length will do
 * @param lengths those that will do where not every one does; empty for a model that was not trained so
 */
public record Matryoshka(boolean any, SortedSet<Integer> lengths) {
    /** Copies the lengths. */
    public Matryoshka {
        lengths = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(lengths));
    }

    /** Reads {@code true}, {@code false} or a list of lengths with commas. */
    static Matryoshka parse(String model, String value) {
        String stripped = value.strip();
        if (stripped.equals("true") || stripped.equals("false")) {
            return new Matryoshka(stripped.equals("true"), new TreeSet<>());
        }
        try {
            return new Matryoshka(
                    false,
                    Arrays.stream(stripped.split(",", -1))
                            .map(length -> Integer.valueOf(length.strip()))
                            .collect(Collectors.toCollection(TreeSet::new)));
        } catch (NumberFormatException e) {
            throw new ModelException(
                    "model %s: matryoshka is %s, must be true, false or lengths with commas".formatted(model, value),
                    e);
        }
    }

    boolean allows(int length) {
        return any || lengths.contains(length);
    }
}
