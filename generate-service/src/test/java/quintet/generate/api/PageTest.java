package quintet.generate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.generate.fake.FakeServices;

@QuarkusTest
@QuarkusTestResource(FakeServices.class)
class PageTest {
    private static final Path RESOURCES = Path.of("src/main/resources/META-INF/resources");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/assets/app.js", "/assets/app.css", "/assets/icon.svg"})
    void isServedWithAStrictPolicy(String path) throws Exception {
        HttpResponse<String> response =
                Http.client().send(Http.request(path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void loadsNothingFromElsewhereAndParsesNoDocumentAsHtml() throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(text)
                    .as(file.toString())
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
            Matcher address = Pattern.compile("https?://[^\\s\"')]+").matcher(text);
            assertThat(address.results().map(found -> found.group()).filter(a -> !a.startsWith("http://www.w3.org/")))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void hasEveryElementThatItsScriptsName() throws IOException {
        String page = Files.readString(RESOURCES.resolve("index.html"));
        for (Path file : files()) {
            Matcher id = Pattern.compile("byId\\(\"([^\"]+)\"\\)").matcher(Files.readString(file));
            while (id.find()) {
                assertThat(page).as(file.toString()).contains("id=\"%s\"".formatted(id.group(1)));
            }
        }
    }

    @Test
    void isReadyWithoutTheServicesBehindIt() {
        assertThat(Http.get("/q/health/ready").json().path("status").asText()).isEqualTo("UP");
        assertThat(Http.get("/q/health/ready").body()).contains("\"model\": \"extractive\"");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
