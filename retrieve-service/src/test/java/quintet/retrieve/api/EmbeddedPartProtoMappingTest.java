package quintet.retrieve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import quintet.embed.v1.ChunksEmbedded;
import quintet.failure.Failure;
import quintet.ingest.v1.Chunk;
import quintet.ingest.v1.ChunkContext;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.DocumentInfo;
import quintet.retrieve.model.ArrivedPart;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;

class EmbeddedPartProtoMappingTest {
    private static ByteString vectors(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    private static ChunksEmbedded.Builder event() {
        return ChunksEmbedded.newBuilder()
                .setPart(ChunksCreated.newBuilder()
                        .setCollection("hr")
                        .setDocumentId("handbook")
                        .setVersion(3)
                        .setPart(1)
                        .setPartCount(2)
                        .setChunkCount(3)
                        .setInfo(DocumentInfo.newBuilder().setFilename("h.pdf").putMetadata("author", "Kim"))
                        .addChunks(Chunk.newBuilder()
                                .setChunkId("c1")
                                .setOrdinal(1)
                                .setText("one")
                                .setStart(5)
                                .setEnd(8)
                                .setPage(2)
                                .setPageEnd(3)
                                .addSectionPath("Benefits")
                                .setTokenCount(1))
                        .addChunks(Chunk.newBuilder()
                                .setChunkId("c2")
                                .setOrdinal(2)
                                .setText("two")
                                .setEnd(3)))
                .setModel("bge")
                .setRevision("abc")
                .setDimension(2)
                .setVectors(vectors(1, 0, 0.6f, 0.8f));
    }

    private static void refuses(UnaryOperator<ChunksEmbedded.Builder> change, String reason, String sentence) {
        ChunksEmbedded event = change.apply(event()).build();
        assertThatThrownBy(() -> EmbeddedPartProtoMapping.toModel(event))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure.message()).contains(sentence);
                    assertThat(failure.kind().retryable()).isFalse();
                });
    }

    private static UnaryOperator<ChunksEmbedded.Builder> part(UnaryOperator<ChunksCreated.Builder> change) {
        return event -> event.setPart(change.apply(event.getPart().toBuilder()));
    }

    @Test
    void takesEverythingOver() {
        ArrivedPart arrived = EmbeddedPartProtoMapping.toModel(event().build());
        DocumentPart part = arrived.embedded();
        assertThat(arrived.unchanged()).isEmpty();
        assertThat(part.ref()).hasToString("hr/handbook@3");
        assertThat(part.partCount()).isEqualTo(2);
        assertThat(part.info().metadata()).containsEntry("author", "Kim");
        assertThat(part.passages()).hasSize(2);
        assertThat(part.passages().get(0).passage().sectionPath()).containsExactly("Benefits");
        assertThat(part.passages().get(0).passage().pageEnd()).isEqualTo(3);
        assertThat(part.passages().get(1).vector()).isEqualTo(new UnitVector(0.6f, 0.8f));
    }

    @Test
    void takesWhatIsReusedWithoutAVector() {
        ArrivedPart arrived = EmbeddedPartProtoMapping.toModel(reusing().build());
        assertThat(arrived.embedded().passages()).singleElement().satisfies(each -> {
            assertThat(each.passage().text()).isEqualTo("two");
            assertThat(each.vector()).isEqualTo(new UnitVector(0.6f, 0.8f));
            assertThat(each.key()).isEqualTo(new VectorKey("bb".repeat(32)));
        });
        assertThat(arrived.unchanged()).singleElement().satisfies(each -> {
            assertThat(each.passage().text()).isEqualTo("one");
            assertThat(each.key()).isEqualTo(new VectorKey("aa".repeat(32)));
        });
    }

    @Test
    void refusesReuseThatContradictsItself() {
        refuses(_ -> reusing().setVectors(vectors(1, 0, 0.6f, 0.8f)), "INVALID_PART", "16 bytes, must have 8");
        refuses(_ -> reusing().setReused(0, 2), "INVALID_PART", "reused is [2]");
        refuses(_ -> reusing().setReused(0, -1), "INVALID_PART", "reused is [-1]");
        refuses(_ -> reusing().addReused(0), "INVALID_PART", "reused is [0, 0]");
        refuses(_ -> reusing().clearVectorKeys(), "INVALID_PART", "without a key");
        refuses(_ -> reusing().addVectorKeys(key("cc")), "INVALID_PART", "3 vector keys for 2 chunks");
        refuses(_ -> reusing().setVectorKeys(0, ByteString.EMPTY), "INVALID_PART", "64 hexadecimal digits");
    }

    private static ChunksEmbedded.Builder reusing() {
        return event().setVectors(vectors(0.6f, 0.8f))
                .addVectorKeys(key("aa"))
                .addVectorKeys(key("bb"))
                .addReused(0);
    }

    private static ByteString key(String digits) {
        return ByteString.fromHex(digits.repeat(32));
    }

    @Test
    void refusesWhatContradictsItself() {
        refuses(event -> event.setVectors(vectors(1, 0)), "INVALID_PART", "vectors have 8 bytes, must have 16");
        refuses(event -> event.setVectors(vectors(1, 1, 0, 1)), "INVALID_PART", "must be 1");
        refuses(event -> event.setVectors(vectors(Float.NaN, 0, 0, 1)), "INVALID_PART", "NaN");
        refuses(event -> event.setDimension(100_000), "INVALID_PART", "dimension is 100000");
        refuses(event -> event.setModel(""), "INVALID_PART", "model");
        refuses(part(part -> part.setPart(2)), "INVALID_PART", "part is 2 of 2");
        refuses(part(part -> part.setChunkCount(1)), "INVALID_PART", "2 chunks");
        refuses(part(part -> part.setChunks(0, part.getChunks(0).toBuilder().setText(" "))), "INVALID_PART", "blank");
        refuses(part(part -> part.setCollection("../etc")), "INVALID_REFERENCE", "../etc");
        refuses(part(part -> part.setDocumentId("a/b")), "INVALID_REFERENCE", "a/b");
        refuses(part(part -> part.setVersion(0)), "INVALID_REFERENCE", "version is 0");
    }

    @Test
    void keepsWhatIsReadInPlaceOfAChunk() {
        ChunksEmbedded.Builder event = event();
        event.getPartBuilder()
                .getChunksBuilder(0)
                .setContext(ChunkContext.newBuilder()
                        .setText("and one more")
                        .setStart(1)
                        .setEnd(13)
                        .setPage(2)
                        .setPageEnd(4));
        List<EmbeddedPassage> passages =
                EmbeddedPartProtoMapping.toModel(event.build()).embedded().passages();
        assertThat(passages.get(0).passage().shown().text()).isEqualTo("and one more");
        assertThat(passages.get(0).passage().shown().pageEnd()).isEqualTo(4);
        assertThat(passages.get(1).passage().shown()).isEqualTo(passages.get(1).passage());
    }

    @Test
    void refusesAContextThatAChunkLiesOutsideOf() {
        refuses(
                event -> {
                    event.getPartBuilder()
                            .getChunksBuilder(0)
                            .setContext(ChunkContext.newBuilder()
                                    .setText("x")
                                    .setStart(6)
                                    .setEnd(7));
                    return event;
                },
                "INVALID_PART",
                "lies outside its context of 6 to 7");
    }
}
