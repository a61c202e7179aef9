package quintet.bench.faults;

/**
 * A document of the load.
 *
 * @param number from 0 to {@value #MAX_NUMBER}, in the run unique
 */
record Subject(String collection, int number) {
    static final int MAX_NUMBER = 0xffff;

    /** Refuses what markers can not say. */
    Subject {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("number is " + number + ", must be 0 to " + MAX_NUMBER);
        }
    }

    /** Its identifier within the collection. */
    String id() {
        return "d%05d".formatted(number);
    }

    /** The word that each of its sentences holds and no other document does. */
    String marker() {
        return Marker.DOCUMENT.of(number);
    }

    @Override
    public String toString() {
        return collection + "/" + id();
    }
}
