package quintet.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.suite.OwnSuite;

/** Resident memory of each process, as {@code status} tells it, after the other measurements. */
final class Memory {
    private Memory() {}

    static ObjectNode measure(OwnSuite suite, PrintStream out) {
        MarkdownTable table = new MarkdownTable("process", "resident MB");
        ObjectNode figures = Json.object();
        JsonNode status = suite.status();
        add(table, figures, "launcher with door", status.path("launcher"));
        status.path("parts")
                .forEach(part -> add(table, figures, part.path("name").asText(), part));
        add(table, figures, "together", status);
        out.println(table);
        return figures;
    }

    /** A part inside the launcher has no memory of its own. */
    private static void add(MarkdownTable table, ObjectNode figures, String name, JsonNode process) {
        long bytes = process.path("memoryBytes").asLong();
        if (bytes > 0) {
            table.row(name, String.format(Locale.ROOT, "%.0f", bytes / 1e6));
            figures.put(name, bytes);
        }
    }
}
