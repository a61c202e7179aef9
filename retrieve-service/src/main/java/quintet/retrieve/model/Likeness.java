package quintet.retrieve.model;

import java.util.List;

/** How alike candidates are to each other, by their positions in a list. */
@FunctionalInterface
public interface Likeness {
    /** Returns the cosine of the angle between the vectors of two candidates, -1 to 1: the same both ways around. */
    double cosine(int one, int other);

    /** Compares vectors. */
    static Likeness of(List<UnitVector> vectors) {
        List<UnitVector> all = List.copyOf(vectors);
        return (one, other) -> all.get(one).cosine(all.get(other));
    }
}
