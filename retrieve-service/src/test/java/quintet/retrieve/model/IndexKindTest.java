package quintet.retrieve.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class IndexKindTest {
    @ParameterizedTest
    @FieldSource("quintet.retrieve.model.IndexKind#NAMES")
    void readsWhatItWrote(String name) {
        IndexKind kind = IndexKind.of(name, Map.of());
        assertThat(kind.name()).isEqualTo(name);
        assertThat(IndexKind.parse(kind.text())).isEqualTo(kind);
    }

    @Test
    void tellsTheIndexFromTheSearch() {
        IndexKind one = IndexKind.of("hnsw", Map.of("ef", 50));
        IndexKind other = IndexKind.of("hnsw", Map.of("ef", 60));
        assertThat(one).isNotEqualTo(other);
        assertThat(one.structure()).isEqualTo(other.structure()).isEqualTo("hnsw m=16 efConstruction=100 bits=32");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hnsw                 | m              | 1       | m is 1, must be 2 to 512
                    hnsw                 | efConstruction | 3201    | efConstruction is 3201, must be 1 to 3200
                    hnsw                 | ef             | 0       | ef is 0, must be 1 to 10000
                    hnsw                 | bits           | 16      | bits is 16, must be one of 32, 8, 4, 2, 1
                    hnsw                 | trees          | 3       | hnsw has no parameter trees, must be among [m, efConstruction, bits, ef, rescore]
                    random-projection    | trees          | 129     | trees is 129, must be 1 to 128
                    random-projection    | leafSize       | 3       | leafSize is 3, must be 4 to 4096
                    lsh                  | bits           | 21      | bits is 21, must be 1 to 20
                    lsh                  | tables         | 0       | tables is 0, must be 1 to 128
                    product-quantization | subspaces      | 513     | subspaces is 513, must be 1 to 512
                    product-quantization | rescore        | 0       | rescore is 0, must be 1 to 100
                    ivf                  | lists          | 1       | kind is 'ivf', must be one of exact, hnsw, random-projection, lsh, product-quantization
                    """)
    void namesValueAndBound(String name, String parameter, int value, String message) {
        assertThatThrownBy(() -> IndexKind.of(name, Map.of(parameter, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
