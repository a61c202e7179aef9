package quintet.retrieve.model;

/**
 * Words that count beside those of a query.
 *
 * @param text one or more words
 * @param weight of each of them, greater than 0; a word of the query itself has 1
 */
public record WeightedText(String text, double weight) {
    /** Refuses a weight that is none. */
    public WeightedText {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("the weight is %s, must be above 0".formatted(weight));
        }
    }
}
