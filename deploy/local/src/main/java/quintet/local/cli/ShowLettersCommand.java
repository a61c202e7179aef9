package quintet.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.broker.BrokerAddress;
import quintet.local.letters.Letter;
import quintet.local.letters.LetterBox;
import quintet.local.letters.LetterContent;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code dead-letters show}: what is in them. */
@Command(
        name = "show",
        description = "Shows dead letters with what they say, as JSON; long texts are cut.",
        footer = ExitCode.HELP,
        mixinStandardHelpOptions = true)
final class ShowLettersCommand implements Callable<Integer> {
    private static final int LIMIT = 100;

    @Mixin
    private final BrokerOption broker = new BrokerOption();

    @Mixin
    private final LetterSelection selection = new LetterSelection();

    @Option(names = "--json", description = "As one line of JSON; else it is indented.")
    private boolean json;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws IOException {
        selection.requireNamed();
        List<String> queues = selection.queues();
        Optional<BrokerAddress> address = broker.find();
        if (address.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        List<Map<String, Object>> shown = new ArrayList<>();
        try (LetterBox box = LetterBox.open(address.get())) {
            for (String queue : queues) {
                box.look(queue, (letter, body) -> {
                    if (selection.test(letter)) {
                        shown.add(describe(letter, body));
                    }
                    return shown.size() < LIMIT;
                });
            }
        }
        if (shown.isEmpty()) {
            System.err.println("There is no such dead letter. " + broker.command("dead-letters list") + " lists them.");
            return ExitCode.FAILED;
        }
        JsonMapper mapper = JsonMapper.shared();
        terminal.println(
                json
                        ? mapper.writeValueAsString(shown)
                        : mapper.writer()
                                .with(SerializationFeature.INDENT_OUTPUT)
                                .writeValueAsString(shown));
        return ExitCode.OK;
    }

    private static Map<String, Object> describe(Letter letter, byte[] body) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("letter", letter);
        LetterContent.of(letter.queue(), body).ifPresent(content -> {
            all.put("type", content.type());
            all.put("content", content.fields());
        });
        return all;
    }
}
