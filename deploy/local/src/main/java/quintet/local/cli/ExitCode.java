package quintet.local.cli;

/** What scripts can go by. */
final class ExitCode {
    static final int OK = 0;
    /** It did not work; the message says why. */
    static final int FAILED = 1;
    /** The command line makes no sense. */
    static final int USAGE = 2;
    /** Nothing is up. */
    static final int NOT_RUNNING = 3;
    /** The documents don't hold an answer. */
    static final int NO_ANSWER = 4;

    private ExitCode() {}

    /** For the foot of every command's help. */
    static final String HELP = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running.";
}
