package quintet.retrieve.adapter.lucene;

import java.util.Map;
import quintet.retrieve.model.IndexKind;

/** The format of {@link IndexKind.Lsh}. */
public final class LshFormat extends NarrowedFormat {
    static final IndexKind.Lsh DEFAULT = (IndexKind.Lsh) IndexKind.of("lsh", Map.of());

    private final IndexKind.Lsh kind;

    /** For Lucene, which only reads by it. */
    public LshFormat() {
        this(DEFAULT);
    }

    LshFormat(IndexKind.Lsh kind) {
        super("QuintetLshVectorsFormat");
        this.kind = kind;
    }

    @Override
    Narrowing.Builder builder() {
        return new HashTablesBuilder(kind.tables(), kind.bits());
    }

    @Override
    Narrowing.Opener opener() {
        return HashTables::open;
    }
}
