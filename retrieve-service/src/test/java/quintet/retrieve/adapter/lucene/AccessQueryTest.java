package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;

class AccessQueryTest {
    private static final CollectionName OURS = new CollectionName("acme.handbook");
    private static final CollectionName THEIRS = new CollectionName("acme-2.handbook");
    private static final CollectionName DEFAULT = new CollectionName("handbook");

    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private IndexWriter writer;

    @BeforeEach
    void open() throws IOException {
        writer = new IndexWriter(directory, new IndexWriterConfig());
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
    }

    private void add(CollectionName collection, String... groups) throws IOException {
        Document document = old();
        AccessTerms.of(collection, List.of(groups))
                .forEach(term -> document.add(new StringField(AccessTerms.FIELD, term, Field.Store.NO)));
        assertThat(writer.addDocument(document)).isNotNegative();
    }

    /** A passage as releases wrote it that knew neither tenants nor groups. */
    private static Document old() {
        Document document = new Document();
        document.add(new StringField(PassageDocuments.KIND, PassageDocuments.KIND_PASSAGE, Field.Store.NO));
        return document;
    }

    private static CollectionAccess access(CollectionName collection, String... groups) {
        return new CollectionAccess(collection, false, Set.of(groups));
    }

    /** The numbers of the passages, in the order in which they were added. */
    private List<Integer> visible(CollectionAccess access) throws IOException {
        assertThat(writer.commit()).isNotEqualTo(-2);
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            Query query = AccessQuery.of(access, reader);
            List<Integer> found = new java.util.ArrayList<>();
            for (ScoreDoc hit : new IndexSearcher(reader).search(query, 100).scoreDocs) {
                found.add(hit.doc);
            }
            return found.stream().sorted().toList();
        }
    }

    @Test
    void showsWhatIsEverybodysAndWhatIsOfACallersGroups() throws IOException {
        add(OURS);
        add(OURS, "hr");
        add(OURS, "legal", "hr");
        add(OURS, "dev");
        assertThat(visible(access(OURS))).containsExactly(0);
        assertThat(visible(access(OURS, "hr"))).containsExactly(0, 1, 2);
        assertThat(visible(access(OURS, "legal", "dev"))).containsExactly(0, 2, 3);
        assertThat(visible(access(OURS, "h", "hrx", "everybody"))).containsExactly(0);
        assertThat(visible(CollectionAccess.toAllOf(OURS))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void showsNothingOfAnotherTenantEvenInTheSameFolder() throws IOException {
        add(OURS);
        add(THEIRS);
        add(OURS, "hr");
        add(THEIRS, "hr");
        add(DEFAULT);
        add(DEFAULT, "hr");
        assertThat(visible(access(OURS, "hr"))).containsExactly(0, 2);
        assertThat(visible(CollectionAccess.toAllOf(OURS))).containsExactly(0, 2);
        assertThat(visible(CollectionAccess.toAllOf(THEIRS))).containsExactly(1, 3);
        assertThat(visible(CollectionAccess.toAllOf(DEFAULT))).containsExactly(4, 5);
        assertThat(visible(access(DEFAULT))).containsExactly(4);
    }

    @Test
    void takesPassagesOfEarlierReleasesForEverybodysOfTheDefaultTenantOnly() throws IOException {
        assertThat(writer.addDocument(old())).isNotNegative();
        assertThat(visible(access(DEFAULT))).containsExactly(0);
        assertThat(visible(access(OURS))).isEmpty();
        add(DEFAULT, "hr");
        add(DEFAULT);
        add(OURS);
        assertThat(visible(access(DEFAULT))).containsExactly(0, 2);
        assertThat(visible(access(DEFAULT, "hr"))).containsExactly(0, 1, 2);
        assertThat(visible(CollectionAccess.toAllOf(OURS))).containsExactly(3);
    }

    @Test
    void costsNothingWhereEverythingIsEverybodys() throws IOException {
        add(OURS);
        add(OURS);
        assertThat(writer.commit()).isNotEqualTo(-2);
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            assertThat(AccessQuery.of(access(OURS), reader)).isInstanceOf(MatchAllDocsQuery.class);
            assertThat(AccessQuery.of(access(THEIRS), reader)).isNotInstanceOf(MatchAllDocsQuery.class);
        }
    }
}
