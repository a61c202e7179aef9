package quintet.ingest.model;

/**
 * Names of the generations of a collection: the first has the collection's own, {@code handbook}, the others {@code ~} and their
 * number behind it, {@code handbook~2}. No caller can name a collection so.
 */
public final class GenerationName {
    private static final char MARK = '~';

    private GenerationName() {}

    /** Returns the name of a generation by its number, from 2. */
    public static String of(String base, int number) {
        return base + MARK + number;
    }

    /** Returns whether {@code stored} is the second generation of a collection or a later one. */
    public static boolean isLater(String stored) {
        return stored.indexOf(MARK) >= 0;
    }

    /** Returns the collection that {@code stored} is a generation of. */
    public static String base(String stored) {
        int mark = stored.indexOf(MARK);
        return mark < 0 ? stored : stored.substring(0, mark);
    }
}
