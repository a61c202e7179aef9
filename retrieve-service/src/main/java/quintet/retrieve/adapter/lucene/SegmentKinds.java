package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import quintet.retrieve.model.IndexKind;

/**
 * Which segments of a commit are of another kind than the chosen one, and wait to be rewritten.
 *
 * @param unnamed kind of the segments that don't say theirs
 */
record SegmentKinds(IndexKind unnamed) {
    /** Returns the number of passages in segments that are not of a kind. */
    long passagesNotOf(IndexKind kind, IndexSearcher searcher) throws IOException {
        long passages = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            if (isNotOf(kind, leaf)) {
                passages += new IndexSearcher(leaf.reader())
                        .count(new TermQuery(new Term(PassageDocuments.KIND, PassageDocuments.KIND_PASSAGE)));
            }
        }
        return passages;
    }

    /** Returns the name of a segment that is not of a kind, if there is one. */
    Optional<String> segmentNotOf(IndexKind kind, IndexSearcher searcher) {
        return searcher.getIndexReader().leaves().stream()
                .filter(leaf -> isNotOf(kind, leaf))
                .findFirst()
                .map(leaf -> segment(leaf).name);
    }

    private boolean isNotOf(IndexKind kind, LeafReaderContext leaf) {
        String structure = StampedFormat.structure(segment(leaf));
        return leaf.reader().getFieldInfos().hasVectorValues()
                && !kind.structure().equals(structure == null ? unnamed.structure() : structure);
    }

    private static SegmentInfo segment(LeafReaderContext leaf) {
        return ((SegmentReader) leaf.reader()).getSegmentInfo().info;
    }
}
