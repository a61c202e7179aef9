package quintet.generate.model;

/** How many sentences of an answer are supported by its passages, how many are not, and how many could not be checked in time. */
public record ClaimCounts(int supported, int unsupported, int unchecked) {
    /** Nothing was checked. */
    public static final ClaimCounts NONE = new ClaimCounts(0, 0, 0);

    /** Returns these and one more. */
    public ClaimCounts plus(Support support) {
        return switch (support) {
            case SUPPORTED -> new ClaimCounts(supported + 1, unsupported, unchecked);
            case UNSUPPORTED -> new ClaimCounts(supported, unsupported + 1, unchecked);
            case UNCHECKED -> new ClaimCounts(supported, unsupported, unchecked + 1);
        };
    }
}
