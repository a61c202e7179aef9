package quintet.local.plan;

import java.util.Locale;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelShape;
import quintet.local.plan.model.Quantization;

/** What drafts tokens for the model to check (Leviathan et al. 2023). */
public sealed interface Drafter {
    /** Tokens that are drafted for each step; 0 for none. */
    int tokens();

    /** Weights on one GPU, in bytes. */
    long weightBytes(int tensorParallel);

    /** Keys and values of a sequence on one GPU, in bytes. */
    long cacheBytes(long sequenceTokens, int tensorParallel, KvCacheType cache);

    /** The value of {@code --speculative-config}; empty for none. */
    String argument();

    /** In words. */
    String describe();

    /** Whether its heads can be shared out. */
    default boolean divides(int tensorParallel) {
        return true;
    }

    /** Nothing is drafted. */
    record None() implements Drafter {
        @Override
        public int tokens() {
            return 0;
        }

        @Override
        public long weightBytes(int tensorParallel) {
            return 0;
        }

        @Override
        public long cacheBytes(long sequenceTokens, int tensorParallel, KvCacheType cache) {
            return 0;
        }

        @Override
        public String argument() {
            return "";
        }

        @Override
        public String describe() {
            return "none";
        }
    }

    /** What followed the last words where they stood before, in prompt or answer (Saxena 2023, prompt lookup). */
    record Ngram(int tokens) implements Drafter {
        private static final int SHORTEST = 2;
        private static final int LONGEST = 5;

        @Override
        public long weightBytes(int tensorParallel) {
            return 0;
        }

        @Override
        public long cacheBytes(long sequenceTokens, int tensorParallel, KvCacheType cache) {
            return 0;
        }

        @Override
        public String argument() {
            return String.format(
                    Locale.ROOT,
                    "{\"method\":\"ngram\",\"num_speculative_tokens\":%d,\"prompt_lookup_min\":%d,\"prompt_lookup_max\":%d}",
                    tokens,
                    SHORTEST,
                    LONGEST);
        }

        @Override
        public String describe() {
            return "n-gram lookup";
        }
    }

    /** A layer that continues the model's own hidden states (Li et al. 2024, 2025); its size is estimated from the model's. */
    record Eagle(int tokens, String method, String name, ModelShape model) implements Drafter {
        /** Matrices from three layers' hidden states to one. */
        private static final long JOINED = 3;

        private static final int BYTES_OF_HALF = 2;

        @Override
        public long weightBytes(int tensorParallel) {
            long hidden = model.hiddenSize();
            long layer = 3 * hidden * model.widest() + 4 * hidden * hidden + JOINED * hidden * hidden;
            long head = hidden * model.vocabulary();
            return BYTES_OF_HALF * (layer + head) / tensorParallel;
        }

        @Override
        public long cacheBytes(long sequenceTokens, int tensorParallel, KvCacheType cache) {
            return model.attention().cachedElements(tensorParallel) * cache.bytes() * sequenceTokens;
        }

        @Override
        public String argument() {
            return String.format(
                    Locale.ROOT,
                    "{\"method\":\"%s\",\"model\":\"%s\",\"num_speculative_tokens\":%d}",
                    method,
                    name,
                    tokens);
        }

        @Override
        public String describe() {
            return method + " head " + name;
        }
    }

    /** A smaller model with the same vocabulary, in 16 bits or as its checkpoint says. */
    record Draft(int tokens, String name, ModelShape model) implements Drafter {
        @Override
        public long weightBytes(int tensorParallel) {
            return setup(tensorParallel, KvCacheType.AUTO).weightBytes();
        }

        @Override
        public long cacheBytes(long sequenceTokens, int tensorParallel, KvCacheType cache) {
            return setup(tensorParallel, cache).cacheBytes(sequenceTokens);
        }

        Setup setup(int tensorParallel, KvCacheType cache) {
            return new Setup(model, model.checkpoint(), cache, new Layout(tensorParallel, 1, 1, tensorParallel));
        }

        @Override
        public boolean divides(int tensorParallel) {
            return model.attention().divides(tensorParallel);
        }

        @Override
        public String argument() {
            return String.format(
                    Locale.ROOT,
                    "{\"method\":\"draft_model\",\"model\":\"%s\",\"num_speculative_tokens\":%d}",
                    name,
                    tokens);
        }

        @Override
        public String describe() {
            return "draft model " + name
                    + (model.checkpoint().method() == Quantization.Method.NONE
                            ? ""
                            : ", " + model.checkpoint().describe());
        }
    }
}
