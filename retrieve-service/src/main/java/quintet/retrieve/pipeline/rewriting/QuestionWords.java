package quintet.retrieve.pipeline.rewriting;

import java.util.Set;

/** The English words that questions are made of, and that say nothing of what is asked. */
final class QuestionWords {
    private static final Set<String> EMPTY = Set.of(
            "a", "about", "after", "again", "all", "also", "am", "an", "and", "another", "any", "are", "as", "at", "be",
            "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "d", "did", "do",
            "does", "doing", "during", "each", "else", "few", "for", "from", "further", "get", "give", "had", "has",
            "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it",
            "its", "just", "know", "let", "ll", "many", "may", "me", "might", "more", "most", "much", "my", "need",
            "no", "nor", "not", "now", "of", "off", "ok", "okay", "on", "once", "one", "ones", "only", "or", "other",
            "others", "our", "out", "over", "own", "please", "re", "s", "same", "she", "should", "so", "some", "such",
            "sure", "t", "tell", "than", "thank", "thanks", "that", "the", "their", "theirs", "them", "then", "there",
            "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "us", "ve", "very",
            "want", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why",
            "will", "with", "would", "yes", "you", "your");

    private QuestionWords() {}

    /** Returns whether a word in lower case says something of what is asked. */
    static boolean carriesMeaning(String word) {
        return !EMPTY.contains(word);
    }
}
