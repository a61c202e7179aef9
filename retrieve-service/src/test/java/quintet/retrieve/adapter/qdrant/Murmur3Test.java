package quintet.retrieve.adapter.qdrant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur3Test {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "test, ba6bd213",
        "'Hello, world!', c0363e43",
        "The quick brown fox jumps over the lazy dog, 2e4ff723",
    })
    void hashesAsTheReferenceDoes(String text, String hash) {
        assertThat(Integer.toHexString(Murmur3.hash(text.getBytes(UTF_8)))).isEqualTo(hash);
    }
}
