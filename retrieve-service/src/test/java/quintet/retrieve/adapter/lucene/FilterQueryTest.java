package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.FilterEvaluator;
import quintet.retrieve.RandomFilters;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.StoredPassage;

class FilterQueryTest {
    @TempDir
    Path folder;

    private final PassageDocuments documents = new PassageDocuments();

    /** A passage as it was before numbers and times had terms of their own. */
    private static void strip(Document passage) {
        List<IndexableField> plain = Arrays.stream(passage.getFields(FilterTerms.FIELD))
                .filter(field -> isPlain(field.binaryValue()))
                .toList();
        passage.removeFields(FilterTerms.FIELD);
        plain.forEach(passage::add);
    }

    /** Whether the marker, the first control character of a term, is that of a value as it is or of its hash. */
    private static boolean isPlain(BytesRef term) {
        int at = term.offset;
        while (term.bytes[at] < 0 || term.bytes[at] >= ' ') {
            at++;
        }
        return term.bytes[at] == FilterTerms.PLAIN || term.bytes[at] == FilterTerms.HASHED;
    }

    @Test
    void readsThePassagesOfEarlierReleasesAsTheyAre() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        RandomFilters random = new RandomFilters(new Random(seed));
        TreeMap<String, DocumentInfo> infos = new TreeMap<>();
        LuceneSettings settings = new LuceneSettings(LuceneFixture.config(folder, Map.of()));
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(
                        directory, settings.writerConfig(new ChosenCodec(settings.kind()), new RebuildMergePolicy()))) {
            for (int i = 0; i < 60; i++) {
                infos.put("d" + i, random.info("d" + i));
                DocumentPart part = whole(ref("d" + i, 1), infos.get("d" + i), "word");
                Document passage = documents.passage(part, part.passages().getFirst());
                if (i != 30) {
                    strip(passage);
                }
                writer.addDocument(passage);
            }
            writer.commit();
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                for (int i = 0; i < 400; i++) {
                    MetadataFilter filter = random.filter(1 + i % 3);
                    List<String> found = new ArrayList<>();
                    for (ScoreDoc hit : searcher.search(FilterQuery.of(filter, reader), 100).scoreDocs) {
                        StoredPassage stored =
                                documents.readPassage(reader.storedFields().document(hit.doc));
                        found.add(stored.documentId());
                    }
                    assertThat(found)
                            .as("seed %d, %s", seed, filter)
                            .containsExactlyInAnyOrderElementsOf(infos.keySet().stream()
                                    .filter(id -> FilterEvaluator.keeps(filter, id, infos.get(id)))
                                    .toList());
                }
            }
        }
    }
}
