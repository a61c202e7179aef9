package quintet.bench.suite;

import java.util.Locale;

/** Which lists a search reads. */
public enum SearchMode {
    /** Words only. */
    LEXICAL,
    /** Vectors only. */
    DENSE,
    /** Both, fused. */
    HYBRID;

    /** Returns its name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
