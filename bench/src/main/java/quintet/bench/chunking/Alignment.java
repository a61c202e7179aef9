package quintet.bench.chunking;

import java.text.Normalizer;
import java.util.Optional;
import quintet.bench.data.Span;

/**
 * Finds passages of a cleaned text in the text as it was. Both are compared by their letters and digits only, which cleaning
 * leaves alone while it joins lines and drops marks; spans are counted in them.
 */
final class Alignment {
    /** Enough letters to know a place by. */
    private static final int ANCHOR = 32;

    private final String letters;
    /** For each offset of the original, how many letters stand before it. */
    private final int[] before;

    Alignment(String original) {
        StringBuilder squeezed = new StringBuilder();
        before = new int[original.length() + 1];
        for (int i = 0; i < original.length(); i++) {
            before[i] = squeezed.length();
            squeeze(original.substring(i, i + 1), squeezed);
        }
        before[original.length()] = squeezed.length();
        letters = squeezed.toString();
    }

    /** Returns a span of the original, in letters. */
    Span ofOriginal(Span span) {
        return new Span(before[span.start()], before[span.end()]);
    }

    /**
     * Returns where a passage of the cleaned text stands, in letters: of several places the one nearest to where it is
     * expected. A passage in which cleaning left something out reaches from its first letters to its last.
     *
     * @param share how far into the text it begins, 0 to 1
     */
    Optional<Span> find(String passage, double share) {
        StringBuilder squeezed = new StringBuilder();
        squeeze(passage, squeezed);
        int expected = (int) (share * letters.length());
        int whole = nearest(squeezed.toString(), expected);
        if (whole >= 0) {
            return Optional.of(new Span(whole, whole + squeezed.length()));
        }
        if (squeezed.length() < 2 * ANCHOR) {
            return Optional.empty();
        }
        int first = nearest(squeezed.substring(0, ANCHOR), expected);
        String tail = squeezed.substring(squeezed.length() - ANCHOR);
        int last = first < 0 ? -1 : nearest(tail, first + squeezed.length() - ANCHOR);
        return last < first || first < 0 ? Optional.empty() : Optional.of(new Span(first, last + ANCHOR));
    }

    private int nearest(String part, int expected) {
        int after = letters.indexOf(part, Math.max(0, expected));
        int ahead = letters.lastIndexOf(part, expected);
        if (after < 0 || ahead < 0) {
            return Math.max(after, ahead);
        }
        return after - expected < expected - ahead ? after : ahead;
    }

    private static void squeeze(String text, StringBuilder to) {
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(to::appendCodePoint);
    }
}
