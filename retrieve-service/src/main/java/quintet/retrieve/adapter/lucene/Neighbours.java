package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import quintet.retrieve.model.StoredPassage;

/** Finds what stands before and behind a passage in its document. */
final class Neighbours {
    private final IndexSearcher searcher;
    private final PassageDocuments documents;
    private final Query filter;

    Neighbours(IndexSearcher searcher, PassageDocuments documents, Query filter) {
        this.searcher = searcher;
        this.documents = documents;
        this.filter = filter;
    }

    /** Returns the passages at most {@code n} positions away, without the passage itself. */
    List<StoredPassage> of(StoredPassage passage, int n) throws IOException {
        Query ofDocument = new BooleanQuery.Builder()
                .add(new TermQuery(PassageDocuments.passagesOf(passage.documentId())), Occur.FILTER)
                .add(filter, Occur.FILTER)
                .build();
        Weight weight = searcher.createWeight(searcher.rewrite(ofDocument), ScoreMode.COMPLETE_NO_SCORES, 1);
        List<StoredPassage> found = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            NumericDocValues ordinals = leaf.reader().getNumericDocValues(PassageDocuments.ORDINAL);
            StoredFields stored = leaf.reader().storedFields();
            DocIdSetIterator at = scorer.iterator();
            for (int document = at.nextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = at.nextDoc()) {
                boolean isLive = live == null || live.get(document);
                // Passages of releases that did not write the ordinal by itself are read to know it.
                boolean known = ordinals != null && ordinals.advanceExact(document);
                if (isLive && (!known || isNear(ordinals.longValue(), passage, n))) {
                    StoredPassage other =
                            documents.readPassage(stored.document(document, Set.of(PassageDocuments.STORED)));
                    if (isNear(other.passage().ordinal(), passage, n)) {
                        found.add(other);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isNear(long ordinal, StoredPassage passage, int n) {
        long distance = Math.abs(ordinal - passage.passage().ordinal());
        return distance > 0 && distance <= n;
    }
}
