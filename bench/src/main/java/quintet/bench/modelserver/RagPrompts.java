package quintet.bench.modelserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prompts as a question over documents has them: instructions that are the same for all, numbered passages, a question that takes up words
 * of one of them. The same ones each time.
 */
final class RagPrompts {
    /** The shared beginning. */
    static final String INSTRUCTIONS =
            "Answer the question from the numbered passages and from nothing else. Cite each sentence with the number of its passage in"
                    + " brackets, such as [2]. If the passages do not hold the answer, say so.";

    private static final long SEED = 20_260_101;
    private static final int SENTENCE = 12;
    private static final List<String> WORDS = List.of(
            "the",
            "annual",
            "allowance",
            "covers",
            "every",
            "employee",
            "after",
            "three",
            "months",
            "of",
            "service",
            "and",
            "claims",
            "are",
            "paid",
            "within",
            "ten",
            "working",
            "days",
            "when",
            "a",
            "receipt",
            "is",
            "attached",
            "to",
            "each",
            "request",
            "travel",
            "equipment",
            "training",
            "leave",
            "must",
            "be",
            "approved",
            "by",
            "manager",
            "before",
            "it",
            "begins",
            "in",
            "writing");

    private final int characters;
    private final int passages;

    /**
     * Prompts of a length.
     *
     * @param characters of all passages together
     * @param passages how many
     */
    RagPrompts(int characters, int passages) {
        this.characters = characters;
        this.passages = passages;
    }

    /** The user's message of a number. */
    String of(int number) {
        Random random = new Random(SEED + number);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < passages; i++) {
            texts.add(text(random, characters / passages));
        }
        String asked = texts.get(random.nextInt(passages));
        StringBuilder prompt = new StringBuilder();
        for (int i = 0; i < passages; i++) {
            prompt.append("[%d] %s%n%n".formatted(i + 1, texts.get(i)));
        }
        return prompt.append("Question ")
                .append(number)
                .append(": what is said about \"")
                .append(asked, 0, Math.min(60, asked.length()))
                .append("\"?")
                .toString();
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; text.length() < length; word++) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
            text.append(word % SENTENCE == SENTENCE - 1 ? ". " : " ");
        }
        return text.substring(0, length);
    }
}
