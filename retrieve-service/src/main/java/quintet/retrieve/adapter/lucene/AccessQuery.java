package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import quintet.identity.Identity;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;

/** Turns what may be seen into a query on {@link AccessTerms}; it does not score. */
final class AccessQuery {
    private static final Term PASSAGE = new Term(PassageDocuments.KIND, PassageDocuments.KIND_PASSAGE);

    private AccessQuery() {}

    /** Returns the query of what may be seen of an index; a {@link MatchAllDocsQuery} if that is everything. */
    static Query of(CollectionAccess access, IndexReader index) throws IOException {
        CollectionName collection = access.collection();
        int passages = index.docFreq(PASSAGE);
        int withTerms = index.docFreq(AccessTerms.PRESENT);
        // What has no terms at all is of a release that knew one tenant and no groups.
        boolean takesOld = withTerms < passages && collection.tenant().equals(Identity.DEFAULT_TENANT);
        int everybodys = index.docFreq(new Term(AccessTerms.FIELD, AccessTerms.everybody(collection)));
        if (everybodys == (takesOld ? withTerms : passages)) {
            return new MatchAllDocsQuery();
        }
        Query allowed = access.everyGroup()
                ? new PrefixQuery(AccessTerms.anyOf(collection))
                : new TermInSetQuery(AccessTerms.FIELD, AccessTerms.allowed(collection, access.groups()));
        return takesOld
                ? new BooleanQuery.Builder()
                        .add(allowed, Occur.SHOULD)
                        .add(withoutTerms(), Occur.SHOULD)
                        .build()
                : allowed;
    }

    private static Query withoutTerms() {
        return new BooleanQuery.Builder()
                .add(new TermQuery(PASSAGE), Occur.FILTER)
                .add(new TermQuery(AccessTerms.PRESENT), Occur.MUST_NOT)
                .build();
    }
}
