package quintet.bench.faults;

/**
 * A broken promise.
 *
 * @param what a sentence that names what was expected and what was found
 */
record Violation(Kind kind, Subject subject, String what) {
    /** The promises, by how they are broken. */
    enum Kind {
        /** An acknowledged text or deletion that is not there. */
        LOST("lost"),
        /** A text that was deleted or replaced and is found again. */
        RESURRECTED("resurrected"),
        /** The same passage found twice. */
        DUPLICATED("duplicated passages"),
        /** Passages of two versions together, or some of a version without the others. */
        MIXED("mixed versions"),
        /** Nothing found of a document between two of its versions. */
        GAP("gaps"),
        /** Neither ready nor failed nor deleted when everything had time to recover. */
        STUCK("stuck"),
        /** A good document that ended as failed. */
        FAILED("failed"),
        /** A fault after which a new document was not found in time. */
        NOT_RECOVERED("not recovered");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    @Override
    public String toString() {
        return "%s: %s: %s".formatted(kind.label(), subject, what);
    }
}
