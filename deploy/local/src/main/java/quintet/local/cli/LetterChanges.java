package quintet.local.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.broker.BrokerAddress;
import quintet.local.letters.LetterBox;
import tools.jackson.databind.json.JsonMapper;

/** Which dead letters of which broker a command changes, queue by queue, and what it says of that. */
final class LetterChanges {
    @Mixin
    private final BrokerOption broker = new BrokerOption();

    @Mixin
    private final LetterSelection selection = new LetterSelection();

    @Option(names = "--json", description = "The number of each queue as one JSON object.")
    private boolean json;

    private final Terminal terminal = Terminal.standard();

    /** Changes the chosen letters of a queue and returns how many they were. */
    @FunctionalInterface
    interface Change {
        int apply(LetterBox box, String queue, LetterSelection selection) throws IOException;
    }

    LetterSelection selection() {
        return selection;
    }

    /**
     * Applies a change to each queue.
     *
     * @param done what has happened to a letter then
     * @return the exit code
     */
    int apply(Change change, String done) throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<String> queues = selection.queues();
        Optional<BrokerAddress> address = broker.find();
        if (address.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        try (LetterBox box = LetterBox.open(address.get())) {
            for (String queue : queues) {
                int count = change.apply(box, queue, selection);
                if (count > 0) {
                    counts.put(queue, count);
                }
            }
        }
        if (json) {
            terminal.println(JsonMapper.shared().writeValueAsString(counts));
        } else {
            counts.forEach((queue, count) -> terminal.println(queue + ": " + count + " " + done));
        }
        if (counts.isEmpty()) {
            System.err.println("There is no such dead letter. " + broker.command("dead-letters list") + " lists them.");
            return selection.ids().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
        return ExitCode.OK;
    }
}
