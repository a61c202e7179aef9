package quintet.local.plan.model;

import static quintet.local.plan.model.Checks.require;

/**
 * The routed experts of a mixture (Shazeer et al. 2017). All are in memory; a token goes through a few.
 *
 * @param count experts of a layer; 1 for a dense model
 * @param perToken experts that a token goes through, 1 to {@code count}
 */
public record Experts(int count, int perToken) {
    static final Experts DENSE = new Experts(1, 1);

    public Experts {
        require(count >= 1, "there are %d experts, must be at least 1", count);
        require(perToken >= 1 && perToken <= count, "experts per token are %d, must be 1 to %d", perToken, count);
    }

    public boolean dense() {
        return count == 1;
    }

    /** Share of the experts' parameters that one token is multiplied with. */
    public double computed() {
        return (double) perToken / count;
    }

    /**
     * Share of the experts that a step reads: {@code 1 - (1 - k/E)^tokens}, the expected share that is hit when each token draws
     * {@code k} of {@code E} independently. A single token reads {@code k/E}, a large batch all.
     */
    public double read(double tokens) {
        return dense() ? 1 : 1 - Math.pow(1 - computed(), tokens);
    }
}
