package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import quintet.retrieve.model.PlainWord;

/**
 * Texts within a query that {@link RecognitionTerms} lead somewhere. A look is a seek in every segment, so a text is made longer
 * only while a known one begins like it: most words of a query cost one look of a kind.
 */
final class KnownTexts {
    /** Words of one text that is looked up, at most. */
    static final int MAX_WORDS = 8;

    /** What one text leads to, at most. */
    private static final int MAX_MEANINGS = 16;

    private final TermsEnum terms;
    private final String query;
    private final List<PlainWord> words;

    KnownTexts(TermsEnum terms, String query, List<PlainWord> words) {
        this.terms = terms;
        this.query = query;
        this.words = words;
    }

    /**
     * A text that leads somewhere.
     *
     * @param words of the text, as they are looked up
     * @param asWritten the text in the query
     * @param terms that say what it leads to, at least one
     */
    record Known(String words, String asWritten, List<String> terms) {}

    /** Returns the known texts of a kind that start at a word, shorter ones first. */
    List<Known> startingAt(int from, char kind, int maxWords) throws IOException {
        List<Known> known = new ArrayList<>();
        for (int to = from + 1; to <= Math.min(words.size(), from + maxWords); to++) {
            String text = PlainWord.joined(words.subList(from, to));
            BytesRef start = new BytesRef(kind + text);
            // What it leads to comes first: the separator is below every character of a word.
            BytesRef term = terms.seekCeil(start) == TermsEnum.SeekStatus.END ? null : terms.term();
            if (term == null || !StringHelper.startsWith(term, start)) {
                break;
            }
            BytesRef whole = new BytesRef(kind + text + RecognitionTerms.THEN);
            List<String> found = new ArrayList<>();
            while (term != null && StringHelper.startsWith(term, whole) && found.size() < MAX_MEANINGS) {
                found.add(term.utf8ToString());
                term = terms.next();
            }
            if (!found.isEmpty()) {
                String asWritten = query.substring(
                        words.get(from).start(), words.get(to - 1).end());
                known.add(new Known(text, asWritten, found));
            }
        }
        return known;
    }
}
