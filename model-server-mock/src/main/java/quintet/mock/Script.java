package quintet.mock;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How one completion goes.
 *
 * @param tokens what is said, a chunk each
 * @param stamped whether each token is replaced by the times at which it left and at which the request arrived, see {@link Stamp}
 * @param firstToken time from being given a slot to the first token
 * @param between time between two tokens; what is late is not made up for
 * @param finishReason OpenAI's, such as {@code stop}
 * @param fault what goes wrong
 */
public record Script(
        List<String> tokens, boolean stamped, Duration firstToken, Duration between, String finishReason, Fault fault) {
    /** Copies the tokens; refuses negative times. */
    public Script {
        tokens = List.copyOf(tokens);
        if (firstToken.isNegative() || between.isNegative()) {
            throw new IllegalArgumentException(
                    "firstToken is %s and between is %s, must not be negative".formatted(firstToken, between));
        }
    }

    /** Returns a script that says {@code tokens} as fast as it can. */
    public static Script of(List<String> tokens) {
        return new Script(tokens, false, Duration.ZERO, Duration.ZERO, "stop", new Fault.None());
    }

    /** Returns a script that says a word so many times. */
    public static Script words(int tokens) {
        return of(Collections.nCopies(tokens, "word "));
    }

    /** Returns it with another pace. */
    public Script paced(Duration first, Duration next) {
        return new Script(tokens, stamped, first, next, finishReason, fault);
    }

    /** Returns it with stamps for tokens. */
    public Script withStamps() {
        return new Script(tokens, true, firstToken, between, finishReason, fault);
    }

    /** Returns it with another end. */
    public Script finishing(String reason) {
        return new Script(tokens, stamped, firstToken, between, reason, fault);
    }

    /** Returns it with a fault. */
    public Script failing(Fault what) {
        return new Script(tokens, stamped, firstToken, between, finishReason, what);
    }
}
