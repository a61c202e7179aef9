package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;

/**
 * The nearest word of a vocabulary: fewest edits, then most passages. An edit is a letter left out, put in, replaced or swapped with
 * its neighbour (Damerau); Lucene walks the dictionary with a Levenshtein automaton (Schulz and Mihov 2002). The first letter
 * is taken to be right, which it mostly is (Pollock and Zamora 1984).
 *
 * @param vocabulary all words
 * @param allowed which of them may be told
 */
record Spelling(Terms vocabulary, Allowed allowed) {
    /** Words of this many letters and more may be two edits away. */
    private static final int TWO_EDITS = 7;

    /** The first letter, which is not corrected. */
    private static final int PREFIX = 1;

    /** Nearest words that are asked for before the word is given up. */
    private static final int MAX_TRIES = 8;

    /** Which words may be told. */
    interface Allowed {
        boolean test(String word) throws IOException;
    }

    private record Near(String word, int passages) {}

    Optional<String> correct(String word) throws IOException {
        for (int edits = 1; edits <= (word.length() < TWO_EDITS ? 1 : 2); edits++) {
            for (Near near : within(word, edits)) {
                if (allowed.test(near.word())) {
                    return Optional.of(near.word());
                }
            }
        }
        return Optional.empty();
    }

    private List<Near> within(String word, int edits) throws IOException {
        int[] letters = word.codePoints().toArray();
        LevenshteinAutomata levenshtein = new LevenshteinAutomata(
                Arrays.copyOfRange(letters, PREFIX, letters.length), Character.MAX_CODE_POINT, true);
        Automaton automaton = Objects.requireNonNull(levenshtein.toAutomaton(edits, new String(letters, 0, PREFIX)));
        // A FuzzyQuery would make an automaton of each smaller number of edits too, to weigh the words; making them is
        // what costs.
        TermsEnum terms = new CompiledAutomaton(automaton, true, false).getTermsEnum(vocabulary);
        List<Near> near = new ArrayList<>();
        for (BytesRef term = terms.next(); term != null; term = terms.next()) {
            near.add(new Near(term.utf8ToString(), terms.docFreq()));
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::passages).reversed().thenComparing(Near::word))
                .limit(MAX_TRIES)
                .toList();
    }
}
