package quintet.ingest.pipeline.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.VectorModel;

/**
 * How far an import has come.
 *
 * @param collection that it goes to
 * @param model of the vectors; absent where there are none
 * @param total documents and aliases in the bundle
 * @param imported documents and aliases that are new here, or another version than before
 * @param unchanged those that were here already
 * @param chunks handed to the index with their vectors
 * @param aliasesLeftOut aliases whose document does not answer for them here
 * @param leftOut ids of the first {@value #MAX_NAMED} of these
 */
public record ImportReport(
        String collection,
        @Nullable VectorModel model,
        long total,
        long imported,
        long unchanged,
        long chunks,
        long aliasesLeftOut,
        List<String> leftOut) {
    /** Most aliases that are named. */
    public static final int MAX_NAMED = 100;

    /** Copies the list. */
    public ImportReport {
        leftOut = List.copyOf(leftOut);
    }

    /** Returns how many documents are done with. */
    public long done() {
        return imported + unchanged + aliasesLeftOut;
    }
}
