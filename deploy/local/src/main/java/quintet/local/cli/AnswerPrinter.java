package quintet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import quintet.local.client.AnswerEvent;
import tools.jackson.databind.JsonNode;

/** Prints an answer while it comes, then its evidence: file, page and the sentence with the answer marked in it. */
final class AnswerPrinter {
    private final Terminal terminal;
    private final SortedMap<Integer, JsonNode> sources = new TreeMap<>();
    private final List<JsonNode> citations = new ArrayList<>();
    private int exitCode = ExitCode.FAILED;
    private String searchId = "";

    AnswerPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    int exitCode() {
        return exitCode;
    }

    /** Id of the search behind the answer; empty if it is not kept. */
    String searchId() {
        return searchId;
    }

    void accept(AnswerEvent event) {
        JsonNode data = event.data();
        switch (event.name()) {
            case "sources" -> {
                searchId = data.path("searchId").asString("");
                data.path("sources")
                        .forEach(source -> sources.put(source.path("number").asInt(), source));
            }
            case "token" -> terminal.print(data.path("text").asString(""));
            case "citation" -> citations.add(data);
            case "done" -> done(data);
            case "failed" -> {
                terminal.println("");
                System.err.println(data.path("message").asString("The answer failed") + " ["
                        + data.path("reason").asString("") + "]");
            }
            default -> {
                // A newer server may tell more.
            }
        }
    }

    private void done(JsonNode data) {
        boolean answered = !data.path("finishReason").asString("").equals("no_answer");
        exitCode = answered ? ExitCode.OK : ExitCode.NO_ANSWER;
        terminal.println("\n");
        citations.stream().distinct().forEach(this::print);
        if (!answered && !sources.isEmpty()) {
            sources.values()
                    .forEach(source ->
                            terminal.println(name(source, source.path("page").asInt(0))));
            terminal.println("");
        }
        List<String> degraded = new ArrayList<>();
        data.path("degraded").forEach(step -> degraded.add(left(step.asString(""))));
        if (!degraded.isEmpty()) {
            terminal.println(terminal.yellow("Answered without: " + String.join(", ", degraded)));
        }
        terminal.println(terminal.dim("%s in %.0f ms"
                .formatted(
                        data.path("mode").asString("").equals("extractive")
                                ? "extracted from the documents"
                                : "written by " + data.path("model").asString(""),
                        data.path("timings").path("totalMs").asDouble(0))));
    }

    /** Returns what an answer went without, in words. */
    private static String left(String step) {
        return switch (step) {
            case "dense" -> "a search by meaning";
            case "rerank" -> "re-ranking";
            case "passages" -> "half of the passages, the model server is busy";
            case "extractive" -> "the model server, which is down or busy";
            default -> step;
        };
    }

    private void print(JsonNode citation) {
        int number = citation.path("number").asInt();
        JsonNode source = sources.getOrDefault(number, citation);
        terminal.println(name(source, citation.path("page").asInt(0)));
        terminal.println("    " + marked(citation).replaceAll("\\s*\\R\\s*", " "));
        terminal.println("");
    }

    private String name(JsonNode source, int page) {
        String name = Stream.of("filename", "title", "documentId")
                .map(field -> source.path(field).asString(""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
        return terminal.bold("[" + source.path("number").asInt() + "] " + name + (page > 0 ? ", page " + page : ""));
    }

    /** The sentence; offsets of the answer are in the source's text, as those of the sentence are. */
    private String marked(JsonNode citation) {
        String sentence = citation.path("sentence").asString("");
        int start =
                citation.path("answerStart").asInt(-1) - citation.path("start").asInt(0);
        int end = citation.path("answerEnd").asInt(-1) - citation.path("start").asInt(0);
        return start < 0 || end <= start || end > sentence.length()
                ? sentence
                : sentence.substring(0, start)
                        + terminal.highlight(sentence.substring(start, end))
                        + sentence.substring(end);
    }
}
