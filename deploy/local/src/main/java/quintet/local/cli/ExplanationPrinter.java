package quintet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Prints what each stage of a search did, as tables. */
final class ExplanationPrinter {
    private static final String STAGE = "%-10s  %9s  %s";
    private static final String FIND = "%4s  %5s  %7s  %5s  %8s  %7s  %s";
    private static final String WORD = "%-24s  %8s  %7s  %s";
    private static final int MAX_LEFT_OUT = 20;

    private final Terminal terminal;

    ExplanationPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(JsonNode explanation) {
        facts(explanation);
        stages(explanation);
        steps(explanation.path("rewriting"));
        int number = 0;
        for (JsonNode query : explanation.path("queries")) {
            query(query, number, explanation);
            number++;
        }
        leftOut(explanation);
    }

    private void facts(JsonNode explanation) {
        JsonNode index = explanation.path("index");
        JsonNode access = explanation.path("access");
        String seen = access.path("everyGroup").asBoolean(false)
                ? "every group"
                : "what is everybody's and %d own groups"
                        .formatted(access.path("ownGroups").asInt(0));
        terminal.println("%s, version %s; sees %s"
                .formatted(
                        index.path("kind").asString("an index that does not tell its kind"),
                        index.path("version").asString("unknown"),
                        seen));
        terminal.println("");
    }

    private void stages(JsonNode explanation) {
        boolean several = explanation.path("queries").size() > 1;
        terminal.println(terminal.dim(STAGE.formatted("stage", "ms", "")));
        for (JsonNode stage : explanation.path("stages")) {
            int query = stage.path("query").asInt(-1);
            terminal.println(STAGE.formatted(
                    stage.path("name").asString("") + (several && query >= 0 ? " " + (query + 1) : ""),
                    String.format(Locale.ROOT, "%.3f", stage.path("tookUs").asLong() / 1000.0),
                    stage.path("sentence").asString("")));
        }
        terminal.println("");
    }

    private void steps(JsonNode steps) {
        for (JsonNode step : steps) {
            if (step.path("changed").asBoolean(false)) {
                terminal.println(step.path("name").asString("") + ": "
                        + step.path("sentence").asString(""));
            }
        }
    }

    private void query(JsonNode query, int number, JsonNode explanation) {
        terminal.println(terminal.bold("query %d (%s): %s"
                .formatted(
                        number + 1,
                        query.path("kind").asString(""),
                        query.path("text").asString(query.path("words").asString("")))));
        String filter = query.path("filter").asString("");
        if (!filter.isEmpty()) {
            terminal.println("filter: " + filter);
        }
        words(query.path("lexical").path("words"));
        terminal.println(terminal.dim(FIND.formatted("hit", "dense", "cosine", "words", "BM25", "fused", "passage")));
        for (JsonNode hit : explanation.path("hits")) {
            for (JsonNode find : hit.path("queries")) {
                if (find.path("query").asInt() == number) {
                    terminal.println(FIND.formatted(
                                    hit.path("rank").asInt(),
                                    rank(find.path("denseRank")),
                                    SearchPrinter.score(find.path("dense")),
                                    rank(find.path("lexicalRank")),
                                    SearchPrinter.score(find.path("lexical")),
                                    SearchPrinter.score(find.path("fused")),
                                    hit.path("chunkId").asString("") + moved(hit))
                            .stripTrailing());
                }
            }
        }
        terminal.println("");
    }

    private static String moved(JsonNode hit) {
        int ranked = hit.path("ranked").asInt();
        return ranked == hit.path("rank").asInt() ? "" : "  (was %d)".formatted(ranked);
    }

    private void words(JsonNode words) {
        if (words.isEmpty()) {
            return;
        }
        terminal.println(terminal.dim(WORD.formatted("word", "passages", "weight", "language and field")));
        for (JsonNode word : words) {
            List<String> where = new ArrayList<>();
            word.path("languages").forEach(language -> where.add(language.asString("")));
            word.path("fields").forEach(field -> where.add(field.asString("")));
            terminal.println(WORD.formatted(
                            word.path("form").asString(""),
                            rank(word.path("passages")),
                            String.format(
                                    Locale.ROOT, "%.2f", word.path("weight").asDouble()),
                            String.join(" ", where))
                    .stripTrailing());
        }
    }

    private void leftOut(JsonNode explanation) {
        int count = explanation.path("leftOutCount").asInt(0);
        if (count == 0) {
            return;
        }
        terminal.println(terminal.bold("left out: " + count));
        int shown = 0;
        for (JsonNode each : explanation.path("leftOut")) {
            if (shown++ < MAX_LEFT_OUT) {
                terminal.println("%4d  %-14s  %s  %s"
                        .formatted(
                                each.path("ranked").asInt(),
                                each.path("rule").asString(""),
                                each.path("chunkId").asString(""),
                                each.path("sentence").asString("")));
            }
        }
        if (count > MAX_LEFT_OUT) {
            terminal.println("and %d more".formatted(count - MAX_LEFT_OUT));
        }
        terminal.println("");
    }

    private static String rank(JsonNode rank) {
        return rank.isMissingNode() || rank.isNull() ? "-" : Long.toString(rank.asLong());
    }
}
