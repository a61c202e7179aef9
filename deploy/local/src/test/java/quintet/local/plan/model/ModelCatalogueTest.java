package quintet.local.plan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCatalogueTest {
    private static final ModelCatalogue CATALOGUE = ModelCatalogue.load();

    static List<CatalogueModel> models() {
        return CATALOGUE.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void countsWhatTheIndexOfTheCheckpointCounts(CatalogueModel model) {
        assertThat(model.shape().parameters().total()).isEqualTo(model.parameters());
    }

    @ParameterizedTest
    @CsvSource({
        "Llama-3.1-8B-Instruct, 8030261248",
        "llama-3.1-70b, 70553706496",
        "qwen2.5-7b, 7615616512",
        "mistral-7b-v0.1, 7241732096",
        "mixtral-8x7b, 46702792704",
        "gemma-3-4b, 4300079472",
        "deepseek-ai/DeepSeek-V3, 671026419200",
        "gpt-oss-120b, 116829156672"
    })
    void knowsPublishedTotals(String name, long parameters) {
        assertThat(CATALOGUE.get(name).shape().parameters().total()).isEqualTo(parameters);
    }

    @Test
    void computesWithTheShareOfTheExpertsThatATokenGoesThrough() {
        // The papers say 12.9 and 37 billion; DeepSeek's counts the embedding too.
        assertThat(computed("mixtral-8x7b")).isBetween(12.6e9, 12.9e9);
        assertThat(computed("deepseek-v3")).isBetween(36.0e9, 37.6e9);
        assertThat(computed("gpt-oss-20b")).isBetween(2.8e9, 3.7e9);
    }

    @Test
    void everyNameStandsForOneModel() {
        Set<String> names = new HashSet<>();
        for (CatalogueModel model : models()) {
            assertThat(names.add(model.name().toLowerCase(Locale.ROOT))).isTrue();
            model.aliases().forEach(alias -> {
                assertThat(names.add(alias.toLowerCase(Locale.ROOT))).as(alias).isTrue();
                assertThat(CATALOGUE.get(alias.toUpperCase(Locale.ROOT))).isEqualTo(model);
            });
            assertThat(model.source()).startsWith("https://huggingface.co/" + model.name());
        }
    }

    @Test
    void namesAllThatAreKnown() {
        assertThatThrownBy(() -> CATALOGUE.get("llama-9"))
                .hasMessageContaining("llama-9")
                .hasMessageContaining("config.json")
                .hasMessageContaining("llama-3.1-8b, ")
                .hasMessageContaining("phi-4");
    }

    private static double computed(String name) {
        ModelShape shape = CATALOGUE.get(name).shape();
        return shape.parameters().computed(shape.experts());
    }
}
