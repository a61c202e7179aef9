package quintet.ingest.model;

/**
 * When a new generation goes live by itself.
 *
 * @param mode whether the comparison decides
 * @param maxNdcgLoss what mean nDCG@10 may fall by, 0 to 1
 * @param minOverlap what mean overlap@10 must reach, 0 to 1
 */
public record SwitchRule(Mode mode, double maxNdcgLoss, double minOverlap) {
    /** It goes live if it loses at most a point of nDCG@10. */
    public static final SwitchRule DEFAULT = new SwitchRule(Mode.AUTO, 0.01, 0);

    /** Whether the comparison decides. */
    public enum Mode {
        /** It does. */
        AUTO,
        /** The new generation goes live in any case. */
        ALWAYS,
        /** Somebody decides. */
        NEVER
    }

    /** Refuses bounds that nothing or everything holds. */
    public SwitchRule {
        requireShare("maxNdcgLoss", maxNdcgLoss);
        requireShare("minOverlap", minOverlap);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s is %s, must be 0 to 1".formatted(name, value));
        }
    }
}
