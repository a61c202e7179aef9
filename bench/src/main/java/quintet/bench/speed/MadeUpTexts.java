package quintet.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import quintet.bench.data.RetrievalSet;

/** Texts of common words, each another: nothing is a duplicate and nothing comes from a cache. The same ones each time. */
final class MadeUpTexts {
    private static final long SEED = 20_260_101;
    private static final List<String> WORDS = List.of(
            "account",
            "agreement",
            "annual",
            "approval",
            "available",
            "balance",
            "benefit",
            "budget",
            "building",
            "calendar",
            "change",
            "company",
            "contract",
            "country",
            "customer",
            "decision",
            "delivery",
            "department",
            "document",
            "employee",
            "equipment",
            "expense",
            "family",
            "finance",
            "garden",
            "health",
            "holiday",
            "insurance",
            "interview",
            "invoice",
            "journey",
            "kitchen",
            "language",
            "leave",
            "library",
            "machine",
            "manager",
            "market",
            "meeting",
            "message",
            "minute",
            "month",
            "network",
            "notice",
            "number",
            "office",
            "order",
            "package",
            "paper",
            "partner",
            "payment",
            "period",
            "person",
            "policy",
            "position",
            "price",
            "problem",
            "process",
            "product",
            "program",
            "project",
            "property",
            "question",
            "quarter",
            "reason",
            "record",
            "region",
            "report",
            "request",
            "resource",
            "result",
            "review",
            "salary",
            "sample",
            "schedule",
            "school",
            "section",
            "security",
            "service",
            "signature",
            "society",
            "station",
            "storage",
            "student",
            "subject",
            "summer",
            "supply",
            "support",
            "system",
            "teacher",
            "ticket",
            "training",
            "travel",
            "value",
            "vehicle",
            "version",
            "village",
            "visitor",
            "weather",
            "window",
            "winter",
            "worker",
            "workshop");
    private static final int SENTENCE = 11;

    private MadeUpTexts() {}

    /**
     * Returns {@code count} texts.
     *
     * @param words length of each
     * @param series texts of two series are different
     */
    static List<RetrievalSet.Text> of(int count, int words, int series) {
        Random random = new Random(SEED + series);
        return IntStream.range(0, count)
                .mapToObj(i -> new RetrievalSet.Text("", "", text(words, random) + " Number " + series + "-" + i + "."))
                .toList();
    }

    private static String text(int words, Random random) {
        List<String> sentences = new ArrayList<>();
        for (int done = 0; done < words; done += SENTENCE) {
            List<String> sentence = new ArrayList<>();
            for (int i = 0; i < Math.min(SENTENCE, words - done); i++) {
                sentence.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            String joined = String.join(" ", sentence);
            sentences.add(Character.toUpperCase(joined.charAt(0)) + joined.substring(1) + ".");
        }
        return String.join(" ", sentences);
    }
}
