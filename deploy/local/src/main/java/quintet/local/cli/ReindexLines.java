package quintet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A re-index in words. */
final class ReindexLines {
    private ReindexLines() {}

    /** Returns how far it is, in one line. */
    static String progress(JsonNode reindex) {
        JsonNode progress = reindex.path("progress");
        String head = "%s  %s"
                .formatted(
                        reindex.path("collection").asString(""),
                        reindex.path("state").asString(""));
        return progress.isMissingNode()
                ? head
                : "%s  %d of %d documents copied, %d found, %d on their way, %d failed"
                        .formatted(
                                head,
                                progress.path("copied").asLong(),
                                progress.path("documents").asLong(),
                                progress.path("ready").asLong(),
                                progress.path("pending").asLong(),
                                progress.path("failed").asLong());
    }

    /** Returns all that there is to know. */
    static List<String> of(JsonNode reindex) {
        List<String> lines = new ArrayList<>();
        lines.add(progress(reindex));
        JsonNode comparison = reindex.path("comparison");
        if (!comparison.isMissingNode()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  compared on %d questions: overlap@10 %.3f%s",
                    comparison.path("questions").asInt(),
                    comparison.path("overlap").asDouble(),
                    ndcg(
                            comparison,
                            "; mean nDCG@10 of the " + comparison.path("judged").asInt() + " judged")));
            for (JsonNode row : comparison.path("table")) {
                lines.add(String.format(
                        Locale.ROOT,
                        "    %.3f%s  %s",
                        row.path("overlap").asDouble(),
                        ndcg(row, "  nDCG@10"),
                        row.path("query").asString("")));
            }
        }
        for (JsonNode failure : reindex.path("progress").path("failures")) {
            lines.add("  failed: %s  %s"
                    .formatted(
                            failure.path("documentId").asString(""),
                            failure.path("reason").asString("")));
        }
        if (!reindex.path("message").asString("").isEmpty()) {
            lines.add("  " + reindex.path("message").asString("") + " ["
                    + reindex.path("reason").asString("") + "]");
        }
        String next = reindex.path("next")
                .valueStream()
                .map(action -> "--" + action.asString(""))
                .collect(Collectors.joining(", "));
        if (!next.isEmpty()) {
            lines.add("  next: " + next);
        }
        return lines;
    }

    private static String ndcg(JsonNode values, String before) {
        JsonNode old = values.path("ndcgBefore");
        return old.isMissingNode() || old.isNull()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s %.4f -> %.4f",
                        before,
                        old.asDouble(),
                        values.path("ndcgAfter").asDouble());
    }
}
