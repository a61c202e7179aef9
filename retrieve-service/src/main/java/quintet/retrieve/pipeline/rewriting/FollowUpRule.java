package quintet.retrieve.pipeline.rewriting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import quintet.retrieve.model.PlainWord;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;

/**
 * Makes a follow-up searchable by itself, by a plain rule: a question that points back ("and what does it cost?") or says very
 * little gets the words that carry the meaning of the question before it, and, if that one points back itself, of those before
 * it. English only.
 */
final class FollowUpRule {
    /** A question with fewer words of its own says too little to be searched alone. */
    private static final int FEW_WORDS = 3;

    /** Questions that are looked back at. */
    private static final int MAX_QUESTIONS = 3;

    /** Words that are added, at most. */
    private static final int MAX_WORDS = 24;

    private static final Set<String> POINTING = Set.of(
            "it", "its", "they", "them", "their", "theirs", "this", "that", "these", "those", "he", "him", "his", "she",
            "her", "there", "one", "ones", "former", "latter", "same", "else", "more", "other", "others", "another");

    private static final Set<String> CONTINUING = Set.of("and", "but", "or", "so", "then", "also");

    private FollowUpRule() {}

    /** Returns what to search for: the text itself unless it is a follow-up. */
    static String standalone(List<Turn> history, String text) {
        if (!pointsBack(text)) {
            return text;
        }
        List<String> asked = history.stream()
                .filter(turn -> turn.speaker() == Speaker.USER && !turn.text().isBlank())
                .map(Turn::text)
                .toList();
        Set<String> known = new LinkedHashSet<>(contentWords(text));
        List<String> added = new ArrayList<>();
        for (int i = asked.size() - 1; i >= Math.max(0, asked.size() - MAX_QUESTIONS); i--) {
            List<String> words = new ArrayList<>();
            for (PlainWord word : PlainWord.of(asked.get(i))) {
                if (added.size() + words.size() < MAX_WORDS
                        && QuestionWords.carriesMeaning(word.lower())
                        && known.add(word.lower())) {
                    words.add(asked.get(i).substring(word.start(), word.end()));
                }
            }
            added.addAll(0, words);
            if (!pointsBack(asked.get(i))) {
                break;
            }
        }
        return added.isEmpty() ? text : String.join(" ", added) + " " + text;
    }

    private static boolean pointsBack(String text) {
        List<String> words = PlainWord.of(text).stream().map(PlainWord::lower).toList();
        return (!words.isEmpty() && CONTINUING.contains(words.getFirst()))
                || words.stream().anyMatch(POINTING::contains)
                || contentWords(text).size() < FEW_WORDS;
    }

    private static List<String> contentWords(String text) {
        return PlainWord.of(text).stream()
                .map(PlainWord::lower)
                .filter(QuestionWords::carriesMeaning)
                .distinct()
                .toList();
    }
}
