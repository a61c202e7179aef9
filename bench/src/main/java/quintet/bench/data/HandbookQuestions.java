package quintet.bench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The questions about the sample handbook that come with the benchmark; where they are from stands beside them. */
public final class HandbookQuestions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CITATION = Pattern.compile("\\[([^\\]#]+)#page=(\\d+)]");

    private HandbookQuestions() {}

    /** Returns the 201 questions that settings are chosen on, each with a right answer. */
    public static List<PageQuestion> development() {
        return lines("qa_201.jsonl")
                .map(line -> new PageQuestion(
                        line.path("question").asText(),
                        CITATION.matcher(line.path("truth").asText())
                                .results()
                                .map(match -> new PageQuestion.Page(match.group(1), Integer.parseInt(match.group(2))))
                                .toList(),
                        "",
                        CITATION.matcher(line.path("truth").asText()).replaceAll("")))
                .toList();
    }

    /** Returns further questions in other words, each with a phrase of the right sentence. */
    public static List<PageQuestion> heldOut() {
        return lines("held_out.jsonl")
                .map(line -> new PageQuestion(
                        line.path("question").asText(),
                        List.of(new PageQuestion.Page(
                                line.path("file").asText(), line.path("page").asInt())),
                        line.path("phrase").asText(),
                        ""))
                .toList();
    }

    /** Returns questions that the handbook does not answer. */
    public static List<String> unanswerable() {
        return lines("unanswerable.jsonl")
                .map(line -> line.path("question").asText())
                .toList();
    }

    private static Stream<JsonNode> lines(String name) {
        InputStream resource = Objects.requireNonNull(
                HandbookQuestions.class.getResourceAsStream("/hr-handbook/" + name), () -> name + " is missing");
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).map(HandbookQuestions::parse).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
