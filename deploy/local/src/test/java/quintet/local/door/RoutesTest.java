package quintet.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.local.part.Service;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/collections/default/documents, INGEST",
        "/v1/collections/default/documents/a.pdf, INGEST",
        "/v1/collections/default/documents/a.pdf/content, INGEST",
        "/v1/collections/default/documents/search, INGEST",
        "/v1/collections/default/documents/delete, INGEST",
        "/v1/collections/default/documents/a.pdf/receipt, INGEST",
        "/v1/collections/default/events, INGEST",
        "/v1/collections/default/retry, INGEST",
        "/v1/collections/default, INGEST",
        "/v1/reconcile, INGEST",
        "/v1/collections/hr/reindex, INGEST",
        "/v1/collections/hr/reindex/rollback, INGEST",
        "/v1/collections/hr/questions, INGEST",
        "/v1/embeddings, EMBED",
        "/v1/collections/default/search, RETRIEVE",
        "/v1/collections/default/index, RETRIEVE",
        "/v1/collections/default/searches/3f9a1c07-0193a5b2c7d4-8e21f0a96b35, RETRIEVE",
        "/v1/collections/default/searches/3f9a1c07-0193a5b2c7d4-8e21f0a96b35/replay, RETRIEVE",
        "/v1/rerank, RERANK",
        "/v1/compress, RERANK",
        "/v1/answers, GENERATE",
        "/v1/chat/completions, GENERATE",
        "/v1/models, GENERATE",
        "/, GENERATE",
        "/style.css, GENERATE",
        "/v1/collections, INGEST",
        "/v1/collections/, INGEST",
        "/v1/collections/default, INGEST",
        "/v1/collections/default/events, INGEST",
        "/v1/collections/default/retry, INGEST",
        "/v1/collectionsx, GENERATE",
        "/search, GENERATE",
        "/quintet, GENERATE",
    })
    void routesByPath(String path, Service service) {
        assertThat(Routes.find(path)).isEqualTo(new Route.To(service));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q", "/q/health/ready", "/q/metrics", "/%71/health", "/q/"})
    void hidesWhatIsForOperators(String path) {
        assertThat(Routes.find(path)).isEqualTo(new Route.Hidden());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//q/health",
                "/v1/../q/health",
                "/v1/%2e%2e/q/health",
                "/./q/health",
                "/v1%2f..%2fq",
                "/v1\\q",
                "/%",
                "http://elsewhere/q/health",
                "*",
                "/v1/.."
            })
    void refusesWhatCanBeReadInTwoWays(String path) {
        assertThat(Routes.find(path)).isInstanceOf(Route.Ambiguous.class);
    }

    @Test
    void leavesDotsInNamesAlone() {
        assertThat(Routes.find("/v1/collections/a/documents/..x")).isEqualTo(new Route.To(Service.INGEST));
    }
}
