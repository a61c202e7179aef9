package quintet.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import quintet.local.letters.LetterBox;

/** {@code dead-letters drop}: deletes them. */
@Command(
        name = "drop",
        description = "Deletes dead letters for good. What they are about may stay unfinished.",
        footer = "Exit codes: 0 done, 1 failed or no such letter, 2 wrong usage, 3 not running.",
        mixinStandardHelpOptions = true)
final class DropLettersCommand implements Callable<Integer> {
    @Mixin
    private final LetterChanges changes = new LetterChanges();

    @Option(names = "--yes", description = "Needed where letters are chosen by --queue or --document alone.")
    private boolean yes;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        changes.selection().requireNamed();
        if (!changes.selection().isExplicit() && !yes && spec != null) {
            throw new ParameterException(spec.commandLine(), "Say --yes to drop all letters that this chooses");
        }
        return changes.apply(LetterBox::drop, "dropped");
    }
}
