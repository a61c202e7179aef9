package quintet.modelserver.model;

/**
 * How a token is drawn from what the model thinks of it.
 *
 * @param temperature 0 for the likeliest token always; 1 for the model's own distribution
 * @param topP only the likeliest tokens that together have this probability, above 0 and up to 1
 * @param topK only so many of the likeliest tokens; 0 for all
 * @param minP only tokens with at least this part of the likeliest one's probability, 0 to 1
 * @param seed of the random numbers; the same seed draws the same tokens from the same logits
 * @param repetitionPenalty divides the positive and multiplies the negative logits of tokens seen in prompt or completion; 1 for none
 * @param presencePenalty taken from the logits of tokens in the completion, -2 to 2
 * @param frequencyPenalty taken from them for each time, -2 to 2
 */
public record Sampling(
        double temperature,
        double topP,
        int topK,
        double minP,
        long seed,
        double repetitionPenalty,
        double presencePenalty,
        double frequencyPenalty) {
    /** The likeliest token, always. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 0, 1, 0, 0);

    public Sampling {
        check(temperature >= 0 && temperature <= 10, "temperature is %s, must be 0 to 10", temperature);
        check(topP > 0 && topP <= 1, "top_p is %s, must be above 0 and up to 1", topP);
        check(topK >= 0, "top_k is %s, must be 0 (all) or more", topK);
        check(minP >= 0 && minP <= 1, "min_p is %s, must be 0 to 1", minP);
        check(
                repetitionPenalty > 0 && repetitionPenalty <= 10,
                "repetition_penalty is %s, must be above 0 and up to 10",
                repetitionPenalty);
        check(Math.abs(presencePenalty) <= 2, "presence_penalty is %s, must be -2 to 2", presencePenalty);
        check(Math.abs(frequencyPenalty) <= 2, "frequency_penalty is %s, must be -2 to 2", frequencyPenalty);
    }

    /** Drawn with a temperature from all tokens. */
    public static Sampling random(double temperature, long seed) {
        return new Sampling(temperature, 1, 0, 0, seed, 1, 0, 0);
    }

    /** Whether the likeliest token is always taken. */
    public boolean greedy() {
        return temperature == 0;
    }

    /** Whether tokens that were there already are disfavoured. */
    public boolean penalizes() {
        return repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0;
    }

    private static void check(boolean holds, String message, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(value));
        }
    }
}
