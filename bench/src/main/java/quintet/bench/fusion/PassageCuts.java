package quintet.bench.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import quintet.bench.data.RetrievalSet;

/**
 * Passages of the size that ingest-service makes, about {@value #WORDS} words each and of about equal length in a document, cut
 * between sentences. Without its parser and its overlaps, so that nothing but texts is needed.
 */
final class PassageCuts {
    private static final int WORDS = 150;
    private static final double LARGEST = 1.25;

    /**
     * A passage.
     *
     * @param document position of its document in the set
     */
    record Cut(int document, String title, String text) {}

    private PassageCuts() {}

    static List<Cut> of(RetrievalSet set) {
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < set.documents().size(); i++) {
            RetrievalSet.Text document = set.documents().get(i);
            for (String text : cut(document.text())) {
                cuts.add(new Cut(i, document.title().strip(), text));
            }
        }
        return cuts;
    }

    private static List<String> cut(String text) {
        List<Sentence> sentences = sentences(text);
        int all = sentences.stream().mapToInt(Sentence::words).sum();
        double target = all / Math.max(1, Math.ceil((double) all / WORDS));
        List<String> passages = new ArrayList<>();
        List<String> passage = new ArrayList<>();
        int words = 0;
        for (Sentence sentence : sentences) {
            int with = words + sentence.words();
            boolean closerWithout = words + sentence.words() / 2.0 > target;
            if (words > 0 && (with > WORDS * LARGEST || closerWithout)) {
                passages.add(String.join(" ", passage));
                passage.clear();
                with = sentence.words();
            }
            passage.add(sentence.text());
            words = with;
        }
        if (words > 0) {
            passages.add(String.join(" ", passage));
        }
        return passages;
    }

    /** One of more than a passage's words is several. */
    private static List<Sentence> sentences(String text) {
        List<Sentence> sentences = new ArrayList<>();
        for (String sentence : text.strip().split("(?<=[.!?;\\n])\\s+", -1)) {
            List<String> words = List.of(sentence.strip().split("\\s+", -1));
            for (int from = 0; from < words.size(); from += WORDS) {
                sentences.add(Sentence.of(String.join(" ", words.subList(from, Math.min(words.size(), from + WORDS)))));
            }
        }
        return sentences;
    }

    /**
     * A sentence.
     *
     * @param words runs of letters and digits, at least 1: what stands between blanks may be a whole line of code
     */
    private record Sentence(String text, int words) {
        private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

        static Sentence of(String text) {
            return new Sentence(
                    text, Math.max(1, (int) WORD.matcher(text).results().count()));
        }
    }
}
