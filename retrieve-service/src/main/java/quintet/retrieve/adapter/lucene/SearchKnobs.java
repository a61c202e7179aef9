package quintet.retrieve.adapter.lucene;

import java.util.Objects;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.IndexKind;

/** Carries the parameters of a search through Lucene to the segments. Lucene's own formats take no notice of it. */
final class SearchKnobs extends KnnSearchStrategy {
    private final IndexKind kind;
    private final int k;

    SearchKnobs(IndexKind kind, int k) {
        this.kind = kind;
        this.k = k;
    }

    /** Returns the parameters of a search, which Lucene may have wrapped; of {@code k} alone if it has none of ours. */
    static SearchKnobs of(@Nullable KnnSearchStrategy strategy, int k) {
        return switch (strategy) {
            case SearchKnobs knobs -> knobs;
            case Seeded seeded -> of(seeded.originalStrategy(), k);
            case null, default -> new SearchKnobs(new IndexKind.Exact(), k);
        };
    }

    /** Returns the kind whose parameters hold in a segment of the kind of {@code otherwise}. */
    <K extends IndexKind> K kind(K otherwise) {
        @SuppressWarnings("unchecked") // kinds are records, without subclasses
        Class<K> type = (Class<K>) otherwise.getClass();
        return type.isInstance(kind) ? type.cast(kind) : otherwise;
    }

    /** Returns the number of passages that were asked for; Lucene collects more. */
    int k() {
        return k;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchKnobs that && kind.equals(that.kind) && k == that.k;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, k);
    }

    @Override
    public void nextVectorsBlock() {}
}
