package quintet.generate.model;

import java.time.Duration;

/**
 * How fast a model server wrote an answer.
 *
 * @param queued time that the prompt waited for its turn before it was sent
 * @param firstToken time from sending the prompt to the first token
 * @param betweenTokens mean time between two tokens; zero if there were fewer than two
 * @param tokensPerSecond tokens of the answer by second, from sending the prompt to the last token
 */
public record Pace(Duration queued, Duration firstToken, Duration betweenTokens, double tokensPerSecond) {
    /** Refuses what can not be measured. */
    public Pace {
        if (queued.isNegative() || firstToken.isNegative() || betweenTokens.isNegative()) {
            throw new IllegalArgumentException("%s, %s or %s is negative".formatted(queued, firstToken, betweenTokens));
        }
        if (!(tokensPerSecond >= 0 && tokensPerSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tokensPerSecond is " + tokensPerSecond);
        }
    }
}
