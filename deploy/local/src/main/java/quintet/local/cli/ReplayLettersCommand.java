package quintet.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quintet.local.letters.LetterBox;

/** {@code dead-letters replay}: has them tried again. */
@Command(
        name = "replay",
        description = "Puts dead letters back into the queues that they come from; their attempts begin anew.",
        footer = "Exit codes: 0 done, 1 failed or no such letter, 2 wrong usage, 3 not running.",
        mixinStandardHelpOptions = true)
final class ReplayLettersCommand implements Callable<Integer> {
    @Mixin
    private final LetterChanges changes = new LetterChanges();

    @Override
    public Integer call() throws IOException {
        changes.selection().requireNamed();
        return changes.apply(LetterBox::replay, "put back");
    }
}
