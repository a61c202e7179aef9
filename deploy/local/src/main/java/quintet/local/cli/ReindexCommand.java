package quintet.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quintet.local.client.ApiException;
import quintet.local.client.Reindexes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code reindex}: builds a collection anew beside itself, and decides what becomes of it. */
@Command(
        name = "reindex",
        description =
                "Builds a collection anew beside the one that answers, with another chunking or kind of index, and"
                        + " compares the two on the questions that are stored. The new one goes live if it holds the bound. Nothing is"
                        + " lost meanwhile, and until --finish one can go back.",
        footer =
                "Exit codes: 0 done, or with --wait live; 1 failed, or with --wait held; 2 wrong usage; 3 not running.",
        mixinStandardHelpOptions = true)
final class ReindexCommand implements Callable<Integer> {
    private static final long POLL_MS = 500;
    private static final Set<String> MOVING = Set.of("BUILDING", "COMPARING", "SWITCHING", "ROLLING_BACK");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "Collection to build anew.")
    private String collection = "";

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private final Decision decision = new Decision();

    /** What becomes of the re-index that there is. */
    static final class Decision {
        @Option(names = "--status", description = "Show how far it is and how the two compare.")
        private boolean status;

        @Option(names = "--compare", description = "Compare again, on the questions that are stored now.")
        private boolean compare;

        @Option(names = "--switch", description = "Let the new one go live, whatever the comparison said.")
        private boolean switchOver;

        @Option(names = "--rollback", description = "Let the old one go live again.")
        private boolean rollback;

        @Option(names = "--retry", description = "Process documents again that failed in the new one.")
        private boolean retry;

        @Option(names = "--finish", description = "Delete the old one.")
        private boolean finish;

        @Option(names = "--discard", description = "Delete the new one.")
        private boolean discard;

        @Option(
                names = "--questions",
                paramLabel = "FILE",
                description = "Store what re-indexes are compared on: {\"questions\": [{\"query\": \"…\", \"relevant\":"
                        + " {\"<document id>\": <grade>}}]}.")
        private @Nullable Path questions;

        private @Nullable String action() {
            return compare
                    ? "compare"
                    : switchOver ? "switch" : rollback ? "rollback" : retry ? "retry" : finish ? "finish" : null;
        }
    }

    @Option(
            names = "--chunking",
            paramLabel = "STRATEGY[,NAME=N...]",
            description = "How documents are cut, such as recursive,maxTokens=128. Default: as now.")
    private @Nullable String chunking;

    @Option(
            names = "--index",
            paramLabel = "KIND[,NAME=N...]",
            description = "How vectors are searched, such as hnsw,m=32. Default: as the service is configured.")
    private @Nullable String index;

    @Option(
            names = "--go-live",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description =
                    "auto (if it holds the bound), always or never (somebody decides). Default: ${DEFAULT-VALUE}.")
    private String goLive = "auto";

    @Option(
            names = "--max-ndcg-loss",
            paramLabel = "LOSS",
            description = "What mean nDCG@10 may fall by, 0 to 1. Default: the service's, 0.01.")
    private @Nullable Double maxNdcgLoss;

    @Option(
            names = "--min-overlap",
            paramLabel = "SHARE",
            description = "What mean overlap@10 must reach, 0 to 1. Default: the service's, 0.")
    private @Nullable Double minOverlap;

    @Option(names = "--wait", description = "Wait until it is live, or does not go on by itself, with progress.")
    private boolean wait;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws ApiException, IOException, InterruptedException {
        String order = order();
        Optional<URI> url = door.find();
        if (url.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        Reindexes reindexes = new Reindexes(url.get(), collection);
        if (decision.questions != null) {
            terminal.println("%d questions stored".formatted(reindexes.ask(Files.readString(decision.questions))));
            return ExitCode.OK;
        }
        JsonNode reindex;
        if (decision.status) {
            reindex = reindexes.get();
        } else if (decision.discard) {
            reindex = reindexes.discard();
        } else if (decision.action() != null) {
            reindex = reindexes.decide(decision.action());
        } else {
            reindex = reindexes.begin(order);
        }
        if (wait) {
            reindex = await(reindexes, reindex);
        }
        ReindexLines.of(reindex).forEach(terminal::println);
        String state = reindex.path("state").asString("");
        return wait && Set.of("HELD", "FAILED").contains(state) ? ExitCode.FAILED : ExitCode.OK;
    }

    private JsonNode await(Reindexes reindexes, JsonNode begun) throws ApiException, InterruptedException {
        Gauge gauge = new Gauge(terminal);
        JsonNode reindex = begun;
        while (MOVING.contains(reindex.path("state").asString(""))) {
            gauge.show(ReindexLines.progress(reindex));
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            reindex = reindexes.get();
        }
        gauge.finish(ReindexLines.progress(reindex));
        return reindex;
    }

    private String order() {
        ObjectNode order = JsonMapper.shared().createObjectNode().put("switch", goLive);
        if (chunking != null) {
            order.set("chunking", named("--chunking", "strategy", chunking, null));
        }
        if (index != null) {
            order.set("index", named("--index", "kind", index, "parameters"));
        }
        if (maxNdcgLoss != null) {
            order.put("maxNdcgLoss", maxNdcgLoss);
        }
        if (minOverlap != null) {
            order.put("minOverlap", minOverlap);
        }
        return order.toString();
    }

    /** Reads {@code hnsw,m=32} as a name and numbers, which are within an object of their own if that has a name. */
    private ObjectNode named(String option, String name, String value, @Nullable String within) {
        List<String> parts = Arrays.asList(value.split(",", -1));
        ObjectNode object = JsonMapper.shared().createObjectNode().put(name, parts.getFirst());
        ObjectNode numbers = within == null ? object : object.putObject(within);
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            try {
                numbers.put(part.substring(0, Math.max(0, equals)), Integer.parseInt(part.substring(equals + 1)));
            } catch (NumberFormatException e) {
                throw wrong("%s has '%s', must be NAME=NUMBER".formatted(option, part));
            }
        }
        return object;
    }

    private RuntimeException wrong(String message) {
        return spec == null
                ? new IllegalArgumentException(message)
                : new ParameterException(spec.commandLine(), message);
    }
}
