package quintet.local.cli;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.client.ApiException;
import quintet.local.client.Reconciliation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code reconcile}: compares what is stored with what searches find, and repairs it. */
@Command(
        name = "reconcile",
        description = "Compares what is stored with what searches find, document by document, and repairs what differs."
                + " Repairs take their usual way: ask again to see that nothing is left.",
        footer = "Exit codes: 0 compared, whatever was found; 1 failed, or a collection could not be compared;"
                + " 2 wrong usage; 3 not running.",
        mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private final DoorOption door = new DoorOption();

    @Option(names = "--collection", paramLabel = "NAME", description = "Only this collection. Default: all.")
    private @Nullable String collection;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "Leave alone what has changed since. Default: the service's, two minutes.")
    private @Nullable Integer grace;

    @Option(
            names = "--stuck-after",
            paramLabel = "SECONDS",
            description = "Take for lost what has been on its way for so long while no queue holds anything."
                    + " Default: the service's, ten minutes.")
    private @Nullable Integer stuckAfter;

    @Option(
            names = "--bury-unknown",
            description = "Also delete from the index collections that the registry has never heard of.")
    private boolean buryUnknown;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws ApiException, InterruptedException {
        Optional<URI> url = door.find();
        if (url.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        JsonNode report = new Reconciliation(url.get()).run(parameters());
        if (json) {
            terminal.println(JsonMapper.shared()
                    .writer()
                    .with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(report));
        } else {
            print(report);
        }
        boolean whole = report.path("collections").valueStream().noneMatch(each -> each.has("problem"));
        return whole ? ExitCode.OK : ExitCode.FAILED;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (collection != null) {
            parameters.put("collection", collection);
        }
        if (grace != null) {
            parameters.put("graceSeconds", grace.toString());
        }
        if (stuckAfter != null) {
            parameters.put("stuckAfterSeconds", stuckAfter.toString());
        }
        if (buryUnknown) {
            parameters.put("buryUnknown", "true");
        }
        return parameters;
    }

    private void print(JsonNode report) {
        for (JsonNode each : report.path("collections")) {
            terminal.println("%s: %d stored, %d in the index, %d differ, %d repaired%s"
                    .formatted(
                            each.path("collection").asString(""),
                            each.path("registered").asLong(),
                            each.path("indexed").asLong(),
                            each.path("findings").asLong(),
                            each.path("healed").asLong(),
                            each.has("problem")
                                    ? "; not compared to its end: "
                                            + each.path("problem").asString("")
                                    : ""));
        }
        for (JsonNode finding : report.path("findings")) {
            terminal.println("  %s/%s@%d  %s  %s"
                    .formatted(
                            finding.path("collection").asString(""),
                            finding.path("documentId").asString(""),
                            finding.path("version").asLong(),
                            finding.path("drift").asString(""),
                            finding.path("outcome").asString("")));
        }
        terminal.println(
                report.path("findingCount").asLong() == 0
                        ? "Nothing differs."
                        : "%d of %d repaired."
                                .formatted(
                                        report.path("healedCount").asLong(),
                                        report.path("findingCount").asLong()));
    }
}
