package quintet.retrieve.adapter.lucene;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.ListedDocument;
import quintet.retrieve.port.DocumentHeads;

/** {@link DocumentHeads} over the terms of Lucene's index of heads, which are in order. */
@ApplicationScoped
@Identifier("lucene")
class LuceneDocumentHeads implements DocumentHeads {
    private final LuceneCollections collections;

    LuceneDocumentHeads(LuceneCollections collections) {
        this.collections = collections;
    }

    @Override
    public List<ListedDocument> page(CollectionName name, String after, int limit) {
        LuceneCollection collection = collections.get(name).collection();
        try {
            Optional<IndexSearcher> searcher = collection.acquire();
            if (searcher.isEmpty()) {
                return List.of();
            }
            try {
                return page(collection, searcher.get(), after, limit);
            } finally {
                LuceneCollection.release(searcher.get());
            }
        } catch (IOException e) {
            throw IndexFailures.reading(e);
        }
    }

    private static List<ListedDocument> page(
            LuceneCollection collection, IndexSearcher searcher, String after, int limit) throws IOException {
        Terms ids = MultiTerms.getTerms(searcher.getIndexReader(), PassageDocuments.HEAD);
        if (ids == null) {
            return List.of();
        }
        List<ListedDocument> page = new ArrayList<>();
        TermsEnum terms = ids.iterator();
        // The first term at or behind this one is the first behind "after".
        boolean more = terms.seekCeil(new BytesRef(after.isEmpty() ? "" : after + '\0')) != TermsEnum.SeekStatus.END;
        BytesRef term = more ? terms.term() : null;
        while (term != null && page.size() < limit) {
            String id = term.utf8ToString();
            // A term may be left over of heads that were replaced.
            Optional<DocumentHead> head = collection.head(searcher, id);
            if (head.isPresent()) {
                int passages = searcher.count(new TermQuery(PassageDocuments.passagesOf(id)));
                page.add(new ListedDocument(id, head.get().with(passages)));
            }
            term = terms.next();
        }
        return page;
    }
}
