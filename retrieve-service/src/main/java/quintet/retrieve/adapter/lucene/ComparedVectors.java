package quintet.retrieve.adapter.lucene;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;

/**
 * Counts the vectors that a query is compared with. Lucene gives up on a graph once it has looked at as many vectors as the filter
 * leaves, and compares all of those instead, so a search that compared as many was exact.
 */
final class ComparedVectors {
    private final AtomicLong compared = new AtomicLong();

    /** Returns the number of the last search. */
    long count() {
        return compared.get();
    }

    /** Returns a query of the nearest that is counted. */
    Query of(String field, float[] target, int k, @Nullable Query filter, SearchKnobs knobs) {
        return new Counted(field, target, k, filter, knobs, compared);
    }

    private static final class Counted extends KnnFloatVectorQuery {
        private final AtomicLong compared;

        Counted(String field, float[] target, int k, @Nullable Query filter, SearchKnobs knobs, AtomicLong compared) {
            super(field, target, k, filter, knobs);
            this.compared = compared;
        }

        @Override
        protected TopDocs mergeLeafResults(TopDocs[] segments) {
            long sum = 0;
            for (TopDocs segment : segments) {
                sum += segment.totalHits.value();
            }
            compared.set(sum);
            return super.mergeLeafResults(segments);
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
