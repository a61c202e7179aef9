package quintet.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.broker.BrokerAddress;
import quintet.local.letters.Letter;
import quintet.local.letters.LetterBox;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code dead-letters list}: which messages were given up, and why. */
@Command(
        name = "list",
        description = "Lists dead letters, queue by queue, oldest first, and leaves them where they are.",
        footer = ExitCode.HELP,
        mixinStandardHelpOptions = true)
final class ListLettersCommand implements Callable<Integer> {
    private static final String ROW = "%-12s  %-25s  %-32s  %-20s  %8s  %-20s  %s";
    private static final int SECONDS_LENGTH = 19;
    private static final int MESSAGE_LENGTH = 100;

    @Mixin
    private final BrokerOption broker = new BrokerOption();

    @Mixin
    private final LetterSelection selection = new LetterSelection();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "List at most so many of each queue. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "As one JSON array.")
    private boolean json;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws IOException {
        List<String> queues = selection.queues();
        Optional<BrokerAddress> address = broker.find();
        if (address.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        List<Letter> letters = new ArrayList<>();
        try (LetterBox box = LetterBox.open(address.get())) {
            for (String queue : queues) {
                int before = letters.size();
                box.look(queue, (letter, _) -> {
                    if (selection.test(letter)) {
                        letters.add(letter);
                    }
                    return letters.size() - before < limit;
                });
            }
        }
        if (json) {
            terminal.println(JsonMapper.shared()
                    .writer()
                    .with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(letters));
        } else {
            print(letters);
        }
        return ExitCode.OK;
    }

    private void print(List<Letter> letters) {
        if (letters.isEmpty()) {
            terminal.println("There are no dead letters.");
            return;
        }
        terminal.println(
                terminal.dim(ROW.formatted("id", "queue", "document", "reason", "attempts", "last failure", "")));
        for (Letter letter : letters) {
            terminal.println(ROW.formatted(
                            letter.id(),
                            letter.queue(),
                            letter.document(),
                            letter.reason(),
                            letter.attempts(),
                            cut(letter.lastFailure(), SECONDS_LENGTH),
                            cut(letter.message(), MESSAGE_LENGTH))
                    .stripTrailing());
        }
        terminal.println("");
        terminal.println(broker.command("dead-letters show") + " ID shows one, " + broker.command("dead-letters replay")
                + " ID has it tried again.");
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
