package quintet.bench.faults;

/**
 * One request to change a document.
 *
 * @param number from 1, in the order in which the document's only writer sent them
 * @param edition of the text that was put; 0 for a deletion
 * @param sha256 of that text; empty for a deletion
 * @param version that the acknowledgement named; 0 without one
 */
record Operation(int number, Kind kind, int edition, String sha256, Outcome outcome, long version) {
    /** What was asked. */
    enum Kind {
        PUT,
        DELETE
    }

    /** What is known of it. */
    enum Outcome {
        /** On its way. */
        SENT,
        /** Answered with success: it happened. */
        ACKNOWLEDGED,
        /** Answered with a refusal: it did not happen. */
        REFUSED,
        /** Not answered, or by somebody who can not know: it happened, will happen, or never. */
        UNKNOWN
    }

    static Operation put(int number, int edition, String sha256) {
        return new Operation(number, Kind.PUT, edition, sha256, Outcome.SENT, 0);
    }

    static Operation delete(int number) {
        return new Operation(number, Kind.DELETE, 0, "", Outcome.SENT, 0);
    }

    Operation settled(Outcome how, long named) {
        return new Operation(number, kind, edition, sha256, how, named);
    }

    /** Tells whether it may have happened or may yet happen although nobody said so. */
    boolean isOpen() {
        return outcome == Outcome.SENT || outcome == Outcome.UNKNOWN;
    }
}
