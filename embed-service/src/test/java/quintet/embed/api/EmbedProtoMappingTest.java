package quintet.embed.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.InputSide;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.embed.v1.Embedding;
import quintet.embed.v1.OutputType;

class EmbedProtoMappingTest {
    private static final EmbedResult RESULT = new EmbedResult(
            List.of(new quintet.embed.model.Embedding(new UnitVector(0.6f, -0.8f), 3, true)),
            new ModelRef("m", "r", 2),
            Duration.ZERO,
            Duration.ofMillis(1));

    @Test
    void readsWhatMayBeLeftOut() {
        assertThat(EmbedProtoMapping.toModel(request().build()))
                .isEqualTo(quintet.embed.model.EmbedRequest.of(List.of("a"), InputSide.QUERY));
        EmbedRequest full = request()
                .setModel("m")
                .setInstruction("find")
                .setDimensions(64)
                .setTruncate(true)
                .build();
        assertThat(EmbedProtoMapping.toModel(full))
                .isEqualTo(new quintet.embed.model.EmbedRequest(
                        List.of("a"),
                        InputSide.QUERY,
                        Optional.of("m"),
                        Optional.of("find"),
                        OptionalInt.of(64),
                        true));
    }

    @Test
    void writesValuesAsTheyAreWanted() {
        Embedding floats = write(request().build());
        assertThat(floats.getValuesList()).containsExactly(0.6f, -0.8f);
        assertThat(floats.getPacked()).isEmpty();
        assertThat(floats.getTruncated()).isTrue();
        Embedding int8 =
                write(request().setOutputType(OutputType.OUTPUT_TYPE_INT8).build());
        assertThat(int8.getValuesList()).isEmpty();
        assertThat(int8.getPacked().toByteArray()).containsExactly(95, -127);
        assertThat(int8.getScale()).isEqualTo(0.8f / 127);
        Embedding bits =
                write(request().setOutputType(OutputType.OUTPUT_TYPE_UBINARY).build());
        assertThat(bits.getPacked().toByteArray()).containsExactly(0b1000_0000);
    }

    @Test
    void refusesATypeThatIsNotThere() {
        EmbedRequest unknown = request().setOutputTypeValue(9).build();
        assertThatThrownBy(() -> EmbedProtoMapping.vectorType(unknown)).hasMessageContaining("output_type is 9");
    }

    private static Embedding write(EmbedRequest request) {
        EmbedResponse response = EmbedProtoMapping.toProto(RESULT, EmbedProtoMapping.vectorType(request));
        return response.getEmbeddings(0);
    }

    private static EmbedRequest.Builder request() {
        return EmbedRequest.newBuilder().addTexts("a").setSide(quintet.embed.v1.InputSide.INPUT_SIDE_QUERY);
    }
}
