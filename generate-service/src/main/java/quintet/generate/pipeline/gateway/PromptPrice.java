package quintet.generate.pipeline.gateway;

import java.util.List;
import quintet.generate.model.Message;

/**
 * The price of a prompt in tokens, before it is sent. A first guess by its characters is corrected by what the servers count
 * afterwards. Thread-safe.
 */
final class PromptPrice {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int TOKENS_PER_MESSAGE = 4;

    /** Weight of the newest count in the correction. */
    private static final double ALPHA = 0.1;

    private static final double LEAST = 0.25;
    private static final double MOST = 4;

    private volatile double correction = 1;

    /** Returns the price of a prompt in tokens, at least 1. */
    long of(List<Message> prompt) {
        return Math.max(1, Math.round(guess(prompt) * correction));
    }

    /** Learns from what a server counted; 0 is no count. */
    void counted(List<Message> prompt, int tokens) {
        if (tokens > 0) {
            double ratio = Math.clamp(tokens / (double) guess(prompt), LEAST, MOST);
            synchronized (this) {
                correction += ALPHA * (ratio - correction);
            }
        }
    }

    /** Four characters of ASCII are about a token, two of other alphabets, and an ideograph is one by itself. */
    private static long guess(List<Message> prompt) {
        long quarters = 0;
        for (Message message : prompt) {
            String text = message.content();
            quarters += TOKENS_PER_MESSAGE * CHARACTERS_PER_TOKEN;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                quarters += c < 0x80 ? 1 : c < 0x2e80 ? 2 : CHARACTERS_PER_TOKEN;
            }
        }
        return Math.max(1, quarters / CHARACTERS_PER_TOKEN);
    }
}
