package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;

/**
 * What no BM25 score of a query can reach: the sum of its words' inverse document frequencies, which Lucene multiplies by a
 * saturation below 1 (it leaves out the constant factor {@code k1 + 1}). A score divided by it says how much of the query a
 * passage has, on a scale that long and short queries share. A word that no passage has counts too: it is the rarest.
 *
 * <p>A passage is of one language, so the bound is that of the language where it is highest. Document frequencies are those of the text: in titles and headings a word is hardly ever more frequent.
 */
final class ScoreBound {
    private final IndexSearcher searcher;
    private final String texts;
    private final long passages;

    private ScoreBound(IndexSearcher searcher, String texts, long passages) {
        this.searcher = searcher;
        this.texts = texts;
        this.passages = passages;
    }

    /** Returns the bound, 0 for a query without words or an index without texts. */
    static double of(Query query, IndexSearcher searcher) throws IOException {
        double largest = 0;
        for (Language language : Language.of(searcher.getIndexReader())) {
            String field = language.field(PassageDocuments.TEXT);
            int passages = searcher.getIndexReader().getDocCount(field);
            largest = Math.max(largest, passages == 0 ? 0 : new ScoreBound(searcher, field, passages).of(query));
        }
        return largest;
    }

    private double of(Query query) throws IOException {
        return switch (query) {
            case BoostQuery boosted -> boosted.getBoost() * of(boosted.getQuery());
            case BooleanQuery any -> {
                double sum = 0;
                for (BooleanClause clause : any.clauses()) {
                    sum += clause.isScoring() ? of(clause.query()) : 0;
                }
                yield sum;
            }
            case DisjunctionMaxQuery best -> {
                double largest = 0;
                for (Query one : best.getDisjuncts()) {
                    largest = Math.max(largest, of(one));
                }
                yield largest;
            }
            default -> ofWords(query);
        };
    }

    private double ofWords(Query query) throws IOException {
        Set<Term> words = new LinkedHashSet<>();
        query.visit(new QueryVisitor() {
            @Override
            public void consumeTerms(Query leaf, Term... terms) {
                for (Term term : terms) {
                    if (term.field().equals(texts)) {
                        words.add(term);
                    }
                }
            }
        });
        double sum = 0;
        for (Term word : words) {
            sum += idf(Math.min(searcher.getIndexReader().docFreq(word), passages));
        }
        return sum;
    }

    /** As {@link org.apache.lucene.search.similarities.BM25Similarity} has it. */
    private double idf(long frequency) {
        return Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
    }
}
