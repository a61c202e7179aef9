package quintet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prints what a search found, and what became of it. */
final class SearchPrinter {
    private static final int TEXT_LENGTH = 160;
    private static final String CHANGE = "%-9s  %5s  %5s  %7s  %7s  %s";

    private final Terminal terminal;

    SearchPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints the hits of an answer, best first. */
    void hits(JsonNode answer) {
        int rank = 0;
        for (JsonNode hit : answer.path("hits")) {
            rank++;
            terminal.println(terminal.bold("%2d  %s  %s".formatted(rank, score(hit.path("score")), name(hit))));
            terminal.println("    " + start(hit.path("text").asString("")));
        }
        if (rank == 0) {
            terminal.println(
                    answer.path("nothingRelevant").asBoolean(false)
                            ? "Nothing is relevant enough."
                            : "Nothing was found.");
        }
        terminal.println("");
    }

    /**
     * Prints what there is to say about an answer as a whole.
     *
     * @param replay how a replay is called, without the id
     */
    void end(JsonNode answer, String replay) {
        List<String> degraded = new ArrayList<>();
        answer.path("degraded").forEach(step -> degraded.add(step.asString("")));
        if (!degraded.isEmpty()) {
            terminal.println(terminal.yellow("Searched without: " + String.join(", ", degraded)));
        }
        terminal.println(terminal.dim(
                "%.1f ms".formatted(answer.path("timings").path("totalMs").asDouble(0))));
        String id = answer.path("searchId").asString("");
        if (!id.isEmpty()) {
            terminal.println(terminal.dim("later: " + replay + id));
        }
    }

    /** Prints a search then and now. */
    void replay(JsonNode replay) {
        JsonNode then = replay.path("then");
        terminal.println(terminal.bold("“%s”".formatted(then.path("query").asString("")))
                + terminal.dim("  searched " + then.path("searchedAt").asString("")));
        terminal.println(replay.path("sentence").asString(""));
        terminal.println("");
        terminal.println(terminal.dim(CHANGE.formatted("", "then", "now", "score", "score", "passage")));
        for (JsonNode hit : replay.path("hits")) {
            String outcome = hit.path("outcome").asString("");
            String line = CHANGE.formatted(
                            outcome,
                            rank(hit.path("rankThen")),
                            rank(hit.path("rankNow")),
                            score(hit.path("scoreThen")),
                            score(hit.path("scoreNow")),
                            outcome.equals("hidden")
                                    ? "no longer visible"
                                    : hit.path("chunkId").asString("") + version(hit))
                    .stripTrailing();
            terminal.println(coloured(outcome, line));
        }
        terminal.println("");
        index(then.path("index"), replay.path("indexNow"));
    }

    private String coloured(String outcome, String line) {
        return switch (outcome) {
            case "came" -> terminal.green(line);
            case "went", "replaced", "hidden" -> terminal.red(line);
            case "moved" -> terminal.yellow(line);
            default -> line;
        };
    }

    private static String version(JsonNode hit) {
        long then = hit.path("versionThen").asLong(0);
        long now = hit.path("versionNow").asLong(0);
        return then == 0 || now == 0 || then == now ? "" : "  version %d, now %d".formatted(then, now);
    }

    private void index(JsonNode then, JsonNode now) {
        for (String field : List.of("model", "revision", "kind", "version")) {
            String before = then.path(field).asString("");
            String after = now.path(field).asString("");
            if (!before.equals(after)) {
                terminal.println("%-9s %s → %s".formatted(field, before, after));
            }
        }
    }

    static String name(JsonNode hit) {
        String name = Stream.of("filename", "title", "documentId")
                .map(field -> hit.path(field).asString(""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
        int page = hit.path("page").asInt(0);
        return name + (page > 0 ? ", page " + page : "");
    }

    private static String start(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= TEXT_LENGTH ? line : line.substring(0, TEXT_LENGTH) + "…";
    }

    private static String rank(JsonNode rank) {
        return rank.isMissingNode() ? "-" : Integer.toString(rank.asInt());
    }

    static String score(JsonNode score) {
        return score.isMissingNode() || score.isNull() ? "-" : String.format(Locale.ROOT, "%.4f", score.asDouble());
    }
}
