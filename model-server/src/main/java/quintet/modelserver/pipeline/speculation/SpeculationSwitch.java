package quintet.modelserver.pipeline.speculation;

/**
 * Decides for one completion how many tokens are guessed, from how the guesses fared. Not thread-safe.
 *
 * <p>Length: it doubles, up to the most, when a whole guess was right, and is otherwise one more than were right: what was true of the
 * last place is the best that is known of the next. Off: a moving average of the share of right tokens falls below the least at
 * which a guess pays; it is tried again after a pause in tokens, twice as long each time, up to {@value #LONGEST_PAUSE}, since
 * a text that was new so far may begin to quote.
 */
public final class SpeculationSwitch {
    /** Longest pause in tokens. */
    static final int LONGEST_PAUSE = 256;

    private static final int FIRST_PAUSE = 16;
    /** Weight of the last guess in the average. */
    private static final double WEIGHT = 0.25;
    /** Guesses before the average is believed. */
    private static final int TRIALS = 4;

    private final int most;
    private final double least;
    private int length;
    private double average = 1;
    private int trials;
    private int pause = FIRST_PAUSE;
    private int pausedFor;

    /**
     * Begins switched on.
     *
     * @param most longest guess in tokens, 0 for never
     * @param least share of right tokens below which guessing does not pay, 0 to 1
     */
    public SpeculationSwitch(int most, double least) {
        this.most = most;
        this.least = least;
        this.length = Math.min(most, 4);
    }

    /** Returns how many tokens to guess now; 0 while it does not pay. */
    public int length() {
        return pausedFor > 0 ? 0 : length;
    }

    /** Takes note of how a guess fared, and of the tokens that came. */
    public void observe(int drafted, int accepted, int tokens) {
        if (pausedFor > 0) {
            pausedFor = Math.max(0, pausedFor - tokens);
            return;
        }
        if (drafted == 0) {
            return;
        }
        length = accepted == drafted ? Math.min(most, 2 * Math.max(length, 1)) : Math.min(most, accepted + 1);
        double share = (double) accepted / drafted;
        average = trials == 0 ? share : average + WEIGHT * (share - average);
        if (++trials >= TRIALS && average < least) {
            pausedFor = pause;
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
            trials = 0;
        } else if (share >= least && trials >= TRIALS) {
            pause = FIRST_PAUSE;
        }
    }
}
