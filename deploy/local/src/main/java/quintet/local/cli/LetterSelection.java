package quintet.local.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quintet.local.letters.Letter;
import quintet.local.letters.LetterContent;

/** Which letters a command is about. */
final class LetterSelection implements Predicate<Letter> {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Letters by their ids, as list shows them.")
    private List<String> ids = List.of();

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Only letters of this queue.")
    private @Nullable String queue;

    @Option(names = "--document", paramLabel = "COLLECTION/ID", description = "Only letters about this document.")
    private @Nullable String document;

    @Option(names = "--all", description = "All letters, or all that the other options leave.")
    private boolean all;

    /** Fails with wrong usage unless something is named: nothing is never everything. */
    void requireNamed() {
        if (ids.isEmpty() && queue == null && document == null && !all) {
            throw usage("Name letters by ID, --queue, --document or --all");
        }
    }

    /** Whether every letter was named on purpose. */
    boolean isExplicit() {
        return all || !ids.isEmpty();
    }

    List<String> ids() {
        return ids;
    }

    List<String> queues() {
        if (queue == null) {
            return LetterContent.queues();
        }
        if (!LetterContent.queues().contains(queue)) {
            throw usage("There is no queue \"" + queue + "\"; there are " + String.join(", ", LetterContent.queues()));
        }
        return List.of(queue);
    }

    @Override
    public boolean test(Letter letter) {
        return (ids.isEmpty() || Set.copyOf(ids).contains(letter.id()))
                && (document == null || letter.document().startsWith(document + "@"));
    }

    private RuntimeException usage(String message) {
        return command == null
                ? new IllegalArgumentException(message)
                : new ParameterException(command.commandLine(), message);
    }
}
