package quintet.retrieve.adapter.lucene;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.StoredPassage;

/**
 * What lies in the index: one Lucene document per passage, and one per document, its head, with the highest version. A
 * head outlives the passages of a deleted document, so that a late message can not bring them back.
 */
final class PassageDocuments {
    static final String KIND = "kind";
    static final String KIND_PASSAGE = "passage";
    static final String KIND_DOCUMENT = "document";
    static final String KIND_TOMBSTONE = "tombstone";
    static final String CHUNK_ID = "chunk";
    static final String ORDINAL = "ordinal";
    static final String TEXT = "text";
    static final String TITLE = "title";
    static final String SECTION = "section";
    static final String STORED = "stored";
    static final String VECTOR_KEY = "vectorKey";
    static final String HEAD = "head";

    private static final String DOCUMENT_ID = "doc";
    private static final String VERSION = "version";
    private static final String PASSAGE_COUNT = "passages";
    private static final String REFUSED = "refused";
    private static final String COMMITTED_AT = "committed";
    private static final Pattern FILENAME_EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");
    private static final Pattern FILENAME_SEPARATORS = Pattern.compile("[._\\-]+");

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Returns the field of vectors; Lucene fixes the dimension of a field for good, so each dimension has its own. */
    static String vectorField(int dimension) {
        return "vector_" + dimension;
    }

    /** Returns the term that finds the passages of a document. */
    static Term passagesOf(String documentId) {
        return new Term(DOCUMENT_ID, documentId);
    }

    /** Returns the term that finds the head of a document. */
    static Term headOf(String documentId) {
        return new Term(HEAD, documentId);
    }

    Document passage(DocumentPart part, EmbeddedPassage embedded) {
        DocumentInfo info = part.info();
        Passage passage = embedded.passage();
        Document document = new Document();
        document.add(new StringField(KIND, KIND_PASSAGE, Field.Store.NO));
        document.add(new StringField(DOCUMENT_ID, part.ref().documentId(), Field.Store.NO));
        document.add(new SortedDocValuesField(CHUNK_ID, new BytesRef(passage.chunkId())));
        document.add(new KnnFloatVectorField(
                vectorField(part.model().dimension()),
                embedded.vector().toArray(),
                VectorSimilarityFunction.DOT_PRODUCT));
        if (embedded.key() != null) {
            byte[] key = HexFormat.of().parseHex(embedded.key().sha256());
            document.add(new BinaryDocValuesField(VECTOR_KEY, new BytesRef(key)));
        }
        document.add(new NumericDocValuesField(ORDINAL, passage.ordinal()));
        Language language = PassageLanguage.of(info.language(), passage.text());
        document.add(new LanguageField(TEXT, passage.text(), language));
        document.add(new LanguageField(TITLE, title(info), language));
        document.add(new LanguageField(SECTION, section(passage), language));
        FilterTerms.of(part.ref().documentId(), info)
                .forEach(term -> document.add(new StringField(FilterTerms.FIELD, term, Field.Store.NO)));
        RecognitionTerms.of(info, passage).forEach(document::add);
        AccessTerms.of(part.ref().collection(), info.groups())
                .forEach(term -> document.add(new StringField(AccessTerms.FIELD, term, Field.Store.NO)));
        document.add(new StoredField(STORED, bytes(part, passage)));
        return document;
    }

    /** Returns what is searched as the title of a passage. */
    static String title(DocumentInfo info) {
        return info.title() + " " + words(info.filename());
    }

    /** Returns what is searched as the headings of a passage. */
    static String section(Passage passage) {
        return String.join(" ", passage.sectionPath());
    }

    Document head(String documentId, DocumentHead head) {
        Document document = new Document();
        document.add(new StringField(KIND, head.deleted() ? KIND_TOMBSTONE : KIND_DOCUMENT, Field.Store.YES));
        document.add(new StringField(HEAD, documentId, Field.Store.NO));
        document.add(new StoredField(VERSION, head.version()));
        document.add(new StoredField(PASSAGE_COUNT, head.passageCount()));
        document.add(new StoredField(REFUSED, head.refused()));
        document.add(new StoredField(COMMITTED_AT, head.committedAt().toEpochMilli()));
        return document;
    }

    DocumentHead readHead(Document document) {
        return new DocumentHead(
                document.getField(VERSION).numericValue().longValue(),
                KIND_TOMBSTONE.equals(document.get(KIND)),
                document.getField(PASSAGE_COUNT).numericValue().intValue(),
                number(document, REFUSED),
                Instant.ofEpochMilli(number(document, COMMITTED_AT)));
    }

    /** Reads a field that indexes of earlier releases do not have. */
    private static long number(Document document, String field) {
        IndexableField stored = document.getField(field);
        return stored == null ? 0 : stored.numericValue().longValue();
    }

    StoredPassage readPassage(Document document) throws IOException {
        BytesRef stored = document.getBinaryValue(STORED);
        return json.readValue(stored.bytes, stored.offset, stored.length, StoredPassage.class);
    }

    private byte[] bytes(DocumentPart part, Passage passage) {
        try {
            return json.writeValueAsBytes(
                    new StoredPassage(part.ref().documentId(), part.ref().version(), part.info(), passage));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a file name: {@code employee_handbook.pdf} is one word to the tokenizer. */
    private static String words(String filename) {
        return FILENAME_SEPARATORS
                .matcher(FILENAME_EXTENSION.matcher(filename).replaceFirst(""))
                .replaceAll(" ");
    }
}
