package quintet.generate.model;

import java.util.List;
import java.util.Optional;

/**
 * A sentence of an answer, compared with the passages that it rests on.
 *
 * @param support whether they say it
 * @param coverage share of its words that the passages have, 0 to 1
 * @param unknown names and numbers of it that neither the passages nor the question have
 * @param evidence the sentence of a passage that comes nearest, if any has a word in common
 */
public record CheckedClaim(
        Claim claim, Support support, double coverage, List<String> unknown, Optional<Citation> evidence) {
    /** Copies the names. */
    public CheckedClaim {
        unknown = List.copyOf(unknown);
    }
}
