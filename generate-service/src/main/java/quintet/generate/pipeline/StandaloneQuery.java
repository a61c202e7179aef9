package quintet.generate.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import quintet.generate.model.Question;
import quintet.generate.model.Role;
import quintet.generate.model.Terms;
import quintet.generate.model.Turn;

/**
 * Makes a follow-up searchable by itself, by a plain rule: a question that points back ("and what does it cost?") or says very
 * little is searched together with the question before it.
 */
final class StandaloneQuery {
    /** A follow-up with fewer terms than this says too little to be searched alone. */
    private static final int FEW_TERMS = 3;

    private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}']+");

    private static final Set<String> POINTING = Set.of(
            "it", "its", "they", "them", "their", "theirs", "this", "that", "these", "those", "he", "him", "his", "she",
            "her", "there", "one", "ones", "former", "latter", "same", "else", "more");

    private static final Set<String> CONTINUING = Set.of("and", "but", "or", "so", "then", "also");

    private StandaloneQuery() {}

    /** Returns what to search for; at most {@value QuestionRules#MAX_QUESTION_CHARACTERS} characters. */
    static String of(Question question) {
        List<Turn> asked = question.history().stream()
                .filter(turn -> turn.role() == Role.USER && !turn.content().isBlank())
                .toList();
        if (asked.isEmpty() || !pointsBack(question.text())) {
            return question.text();
        }
        String before = asked.getLast().content().strip();
        int room = QuestionRules.MAX_QUESTION_CHARACTERS - question.text().length() - 1;
        if (room <= 0) {
            return question.text();
        }
        int length = Math.min(before.length(), room);
        boolean splitsPair = length < before.length() && Character.isHighSurrogate(before.charAt(length - 1));
        return before.substring(0, splitsPair ? length - 1 : length) + " " + question.text();
    }

    private static boolean pointsBack(String text) {
        List<String> words = List.of(WORD.split(text.strip().toLowerCase(Locale.ROOT)));
        return CONTINUING.contains(words.getFirst())
                || words.stream().anyMatch(POINTING::contains)
                || Terms.of(text).size() < FEW_TERMS;
    }
}
