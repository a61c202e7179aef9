package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class ScoreBoundTest {
    private static final BM25Similarity BM25 = new BM25Similarity(1.5f, 0.75f);

    private static IndexSearcher index(List<String> texts) throws IOException {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(
                directory, new IndexWriterConfig(PassageAnalyzer.ofAllWords(Language.ENGLISH)).setSimilarity(BM25))) {
            for (String text : texts) {
                Document document = new Document();
                document.add(new TextField(PassageDocuments.TEXT, text, Field.Store.NO));
                document.add(new TextField(PassageDocuments.TITLE, text.split(" ", -1)[0], Field.Store.NO));
                document.add(new TextField(PassageDocuments.SECTION, "", Field.Store.NO));
                var _ = writer.addDocument(document);
            }
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
        searcher.setSimilarity(BM25);
        return searcher;
    }

    private static double bound(String query, IndexSearcher searcher) throws IOException {
        return ScoreBound.of(WordQuery.of(query, new WordQuery.Weights(2, 1)).query(), searcher);
    }

    @Test
    void isTheSumOfTheWordsInverseDocumentFrequencies() throws IOException {
        IndexSearcher searcher = index(List.of("red apples", "green apples", "blue plums", "plain words"));
        double one = Math.log(1 + 3.5 / 1.5);
        double two = Math.log(1 + 2.5 / 2.5);
        double none = Math.log(1 + 4.5 / 0.5);
        assertThat(bound("red apples", searcher)).isCloseTo(one + two, within(1e-9));
        assertThat(bound("apples apples", searcher)).isCloseTo(2 * two, within(1e-9));
        assertThat(bound("zebra", searcher)).isCloseTo(none, within(1e-9));
        assertThat(bound("...", searcher)).isZero();
        assertThat(bound("apples", index(List.of()))).isZero();
    }

    @Test
    void followsTheStructureOfAQuery() throws IOException {
        IndexSearcher searcher = index(List.of("red apples", "green apples"));
        Query red = new TermQuery(new Term(PassageDocuments.TEXT, "red"));
        Query apples = new TermQuery(new Term(PassageDocuments.TEXT, "appl"));
        double rare = ScoreBound.of(red, searcher);
        double frequent = ScoreBound.of(apples, searcher);
        assertThat(rare).isGreaterThan(frequent);
        assertThat(ScoreBound.of(new BoostQuery(red, 0.5f), searcher)).isCloseTo(rare / 2, within(1e-9));
        assertThat(ScoreBound.of(new DisjunctionMaxQuery(List.of(red, apples), 0), searcher))
                .isEqualTo(rare);
        assertThat(ScoreBound.of(
                        new BooleanQuery.Builder()
                                .add(red, Occur.FILTER)
                                .add(apples, Occur.SHOULD)
                                .build(),
                        searcher))
                .isEqualTo(frequent);
    }

    @Test
    void noScoreReachesIt() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> texts = IntStream.range(0, 200)
                .mapToObj(_ -> IntStream.range(0, 1 + random.nextInt(40))
                        .mapToObj(_ -> "w" + (int) (30 * Math.pow(random.nextDouble(), 3)))
                        .collect(Collectors.joining(" ")))
                .toList();
        IndexSearcher searcher = index(texts);
        for (int i = 0; i < 50; i++) {
            String words = texts.get(random.nextInt(texts.size()));
            Query query = WordQuery.of(words, new WordQuery.Weights(2, 1)).query();
            double bound = ScoreBound.of(query, searcher);
            for (ScoreDoc found : searcher.search(query, 10).scoreDocs) {
                assertThat((double) found.score).as(words).isLessThan(bound * (1 + 1e-5));
            }
        }
    }
}
