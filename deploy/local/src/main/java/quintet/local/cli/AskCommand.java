package quintet.local.cli;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quintet.local.client.Answers;
import quintet.local.client.ApiException;
import quintet.local.client.Searches;
import tools.jackson.databind.JsonNode;

/** {@code ask}: streams an answer and shows its evidence. */
@Command(
        name = "ask",
        description = "Answers a question from the documents of a collection, with evidence.",
        footer =
                "Exit codes: 0 answered; 1 failed; 2 wrong usage; 3 not running; 4 the documents don't hold an answer.",
        mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
    @Mixin
    private final DoorOption door = new DoorOption();

    @Parameters(arity = "1..*", paramLabel = "QUESTION", description = "In your own words.")
    private String[] words = {};

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Default: ${DEFAULT-VALUE}.")
    private String collection = "";

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Only documents such as 'year >= 2020 and author = \"Kim\"'.")
    private @Nullable String filter;

    @Option(
            names = "--explain",
            description = "Show what each stage of the search did, when it is repeated after the answer.")
    private boolean explain;

    @Option(names = "--json", description = "The whole answer as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Optional<URI> url = door.find();
        if (url.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        Answers answers = new Answers(url.get(), collection, filter);
        String question = String.join(" ", words);
        try {
            if (json) {
                return whole(answers, question);
            }
            AnswerPrinter printer = new AnswerPrinter(Terminal.standard());
            answers.stream(question, printer::accept);
            if (explain) {
                explain(url.get(), printer.searchId());
            }
            return printer.exitCode();
        } catch (ApiException e) {
            System.out.flush();
            System.err.println(e.getMessage());
            if (e.status() == 404) {
                System.err.println("Hand documents in first: " + door.command("ingest PATH"));
            }
            return ExitCode.FAILED;
        }
    }

    private void explain(URI url, String searchId) throws ApiException, InterruptedException {
        if (searchId.isEmpty()) {
            System.err.println("The search behind the answer was not kept, so there is nothing to explain");
            return;
        }
        JsonNode replay = new Searches(url, collection).replay(searchId, true);
        new ExplanationPrinter(Terminal.standard()).print(replay.path("now").path("explanation"));
    }

    private static int whole(Answers answers, String question) throws ApiException, InterruptedException {
        JsonNode answer = answers.ask(question);
        Terminal.standard().println(answer.toPrettyString());
        return answer.path("finishReason").asString("").equals("no_answer") ? ExitCode.NO_ANSWER : ExitCode.OK;
    }
}
