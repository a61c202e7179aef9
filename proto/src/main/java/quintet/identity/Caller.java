package quintet.identity;

/** Who has sent a request, by their key. */
sealed interface Caller {
    /**
     * Somebody of a tenant.
     *
     * @param authorization the header that proves it, to be passed on where the next service acts for the same caller
     */
    record User(Identity identity, String authorization) implements Caller {
        /** Leaves the key out, so that no log has it. */
        @Override
        public String toString() {
            return "User[identity=%s]".formatted(identity);
        }
    }

    /** Another service of the suite, which acts for itself. It has no tenant. */
    record Service() implements Caller {}
}
