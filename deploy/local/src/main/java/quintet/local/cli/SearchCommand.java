package quintet.local.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quintet.local.client.ApiException;
import quintet.local.client.Searches;
import tools.jackson.databind.JsonNode;

/** {@code search}: shows what a search finds, and why; or what became of an earlier one. */
@Command(
        name = "search",
        description = {
            "Finds passages of a collection, and shows with --explain how each of them came about.",
            "With --replay, repeats an earlier search and compares: ./quintet search COLLECTION --replay ID"
        },
        footer = "Exit codes: 0 found something, or replayed; 1 failed; 2 wrong usage; 3 not running; 4 found nothing.",
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DoorOption door = new DoorOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "COLLECTION",
            defaultValue = "default",
            description = "Collection to search. With --replay, default: ${DEFAULT-VALUE}.")
    private String collection = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "QUERY", description = "What to look for.")
    private List<String> words = List.of();

    @Option(
            names = "--explain",
            description = "Show what each stage did, with times, and each hit's rank and score on each list.")
    private boolean explain;

    @Option(names = "--replay", paramLabel = "ID", description = "Repeat the search that was answered with this id.")
    private @Nullable String replay;

    @Option(names = "--top-k", paramLabel = "N", defaultValue = "10", description = "Hits. Default: ${DEFAULT-VALUE}.")
    private int topK;

    @Option(names = "--mode", paramLabel = "MODE", description = "hybrid (default), dense or lexical.")
    private @Nullable String mode;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Only documents such as 'year >= 2020 and author = \"Kim\"'.")
    private @Nullable String filter;

    @Option(names = "--json", description = "The whole answer as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        String query = String.join(" ", words);
        check(query);
        Optional<URI> url = door.find();
        if (url.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        Searches searches = new Searches(url.get(), collection);
        try {
            return replay == null ? search(searches, query) : replayed(searches, replay);
        } catch (ApiException e) {
            System.err.println(e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private void check(String query) {
        if (spec == null) {
            return;
        }
        if (replay == null && query.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "Say where and what to search: ./quintet search COLLECTION \"QUERY\"");
        }
        if (replay != null && (!query.isBlank() || filter != null || mode != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--replay repeats a search as it was: it takes no QUERY, --filter and --mode");
        }
    }

    private int search(Searches searches, String query) throws ApiException, InterruptedException {
        JsonNode answer = searches.search(new Searches.Asked(query, topK, mode, filter, explain));
        Terminal terminal = Terminal.standard();
        if (json) {
            terminal.println(answer.toPrettyString());
        } else {
            SearchPrinter printer = new SearchPrinter(terminal);
            printer.hits(answer);
            if (answer.has("explanation")) {
                new ExplanationPrinter(terminal).print(answer.path("explanation"));
            }
            printer.end(answer, "./quintet search " + collection + " --replay ");
        }
        return answer.path("hits").isEmpty() ? ExitCode.NO_ANSWER : ExitCode.OK;
    }

    private int replayed(Searches searches, String id) throws ApiException, InterruptedException {
        JsonNode answer = searches.replay(id, explain);
        Terminal terminal = Terminal.standard();
        if (json) {
            terminal.println(answer.toPrettyString());
            return ExitCode.OK;
        }
        new SearchPrinter(terminal).replay(answer);
        JsonNode explanation = answer.path("now").path("explanation");
        if (!explanation.isMissingNode()) {
            new ExplanationPrinter(terminal).print(explanation);
        }
        return ExitCode.OK;
    }
}
