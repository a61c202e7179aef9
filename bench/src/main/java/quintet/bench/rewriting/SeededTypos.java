package quintet.bench.rewriting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Spoils one word of a query: two neighbours swapped, or a letter left out, doubled or replaced; never the first. */
final class SeededTypos {
    private static final Pattern WORD = Pattern.compile("\\p{L}{5,}");
    private static final int WAYS = 4;
    private static final int LETTERS = 26;

    private SeededTypos() {}

    /** A spoilt query, the word as it is spoilt, and as it was. */
    record Typo(String query, String word, String was) {}

    /** Returns the query with one word of at least five letters spoilt, the same for the same seed; empty if it has none. */
    static Optional<Typo> in(String query, long seed) {
        List<MatchResult> words = new ArrayList<>(WORD.matcher(query).results().toList());
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Random random = new Random(seed);
        MatchResult chosen = words.get(random.nextInt(words.size()));
        String word = chosen.group();
        String spoilt = word;
        // Swapping or replacing equal letters changes nothing.
        while (spoilt.equals(word)) {
            spoilt = spoil(word, 1 + random.nextInt(word.length() - 2), random);
        }
        return Optional.of(
                new Typo(query.substring(0, chosen.start()) + spoilt + query.substring(chosen.end()), spoilt, word));
    }

    private static String spoil(String word, int at, Random random) {
        String before = word.substring(0, at);
        char letter = word.charAt(at);
        String behind = word.substring(at + 1);
        return switch (random.nextInt(WAYS)) {
            case 0 -> before + behind.charAt(0) + letter + behind.substring(1);
            case 1 -> before + behind;
            case 2 -> before + letter + letter + behind;
            default -> before + (char) ('a' + random.nextInt(LETTERS)) + behind;
        };
    }
}
