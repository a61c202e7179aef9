package quintet.modelserver.pipeline.sampling;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import quintet.modelserver.model.Sampling;
import quintet.modelserver.model.Tokens;

/**
 * Draws the tokens of one completion. A number is drawn for each token, whatever it is used for, so a completion depends on the seed
 * and the logits alone. Not thread-safe.
 *
 * <p>Penalties as in vLLM: repetition (Keskar et al. 2019, CTRL) for tokens of prompt and completion, presence and frequency (OpenAI)
 * for those of the completion. Then min-p, top-k and top-p (Holtzman et al. 2020, nucleus sampling) on the distribution at the
 * temperature, in this order.
 */
public final class Sampler {
    /** A token less likely than the likeliest by e to this power has no part in top-p; all of 256,000 together have 0.0003. */
    private static final double NEGLIGIBLE = 20.7;

    private final Sampling sampling;
    private final SplittableRandom random;
    private final Map<Integer, Integer> counts = new HashMap<>();

    /** For a completion of a prompt. */
    public Sampler(Sampling sampling, Tokens prompt) {
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
        if (sampling.penalizes()) {
            for (int i = 0; i < prompt.size(); i++) {
                counts.put(prompt.get(i), 0);
            }
        }
    }

    /**
     * Draws the next token.
     *
     * @param logits {@code [vocabulary]}, changed
     */
    public int sample(float[] logits) {
        if (sampling.penalizes()) {
            penalize(logits);
        }
        int token = sampling.greedy() ? likeliest(logits) : draw(logits, random.nextDouble());
        if (sampling.penalizes()) {
            counts.merge(token, 1, Integer::sum);
        }
        return token;
    }

    /** Returns the token with the highest logit, of equal ones the first. */
    public static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    private void penalize(float[] logits) {
        counts.forEach((token, count) -> {
            float logit = logits[token];
            double repeated = logit > 0 ? logit / sampling.repetitionPenalty() : logit * sampling.repetitionPenalty();
            double present = count > 0 ? sampling.presencePenalty() : 0;
            logits[token] = (float) (repeated - present - count * sampling.frequencyPenalty());
        });
    }

    private int draw(float[] logits, double number) {
        float highest = logits[likeliest(logits)];
        boolean sorted = sampling.topK() > 0 || sampling.topP() < 1;
        double least = Math.max(sorted ? -NEGLIGIBLE : Double.NEGATIVE_INFINITY, Math.log(sampling.minP()));
        double[] weights = new double[logits.length];
        int[] candidates = new int[logits.length];
        int count = 0;
        for (int token = 0; token < logits.length; token++) {
            double exponent = (logits[token] - highest) / sampling.temperature();
            if (exponent >= least) {
                weights[token] = Math.exp(exponent);
                candidates[count++] = token;
            }
        }
        if (sorted) {
            candidates = IntStream.of(candidates)
                    .limit(count)
                    .boxed()
                    .sorted((a, b) -> Double.compare(weights[b], weights[a]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            count = nucleus(candidates, weights, count);
        }
        return pick(candidates, weights, count, number);
    }

    /** Returns how many of the candidates, likeliest first, are left by top-k and top-p. */
    private int nucleus(int[] candidates, double[] weights, int count) {
        int kept = sampling.topK() > 0 ? Math.min(sampling.topK(), count) : count;
        double wanted = sampling.topP() * sum(candidates, weights, kept);
        double sum = 0;
        for (int i = 0; i < kept; i++) {
            sum += weights[candidates[i]];
            if (sum >= wanted) {
                return i + 1;
            }
        }
        return kept;
    }

    private static int pick(int[] candidates, double[] weights, int count, double number) {
        double left = number * sum(candidates, weights, count);
        for (int i = 0; i < count; i++) {
            left -= weights[candidates[i]];
            if (left < 0) {
                return candidates[i];
            }
        }
        return candidates[count - 1];
    }

    private static double sum(int[] candidates, double[] weights, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[candidates[i]];
        }
        return sum;
    }
}
