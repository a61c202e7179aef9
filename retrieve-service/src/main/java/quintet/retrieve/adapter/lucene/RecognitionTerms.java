package quintet.retrieve.adapter.lucene;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import quintet.retrieve.model.Abbreviation;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.PlainWord;
import quintet.retrieve.model.Recognised;

/**
 * What a query is looked up in before it is searched, as terms of each passage, so that commits, deletions and filters hold for
 * them as for everything else. In one field the passage's words as they are written; in another one texts of several words
 * and what they lead to: {@code kind, words \u0001 what they lead to}. Passages of earlier releases have none of both.
 */
final class RecognitionTerms {
    /** Words of four letters and more, in lower case. */
    static final String VOCABULARY = "vocabulary";

    static final String PHRASES = "phrases";

    /** Before the short form of an abbreviation in lower case; leads to the short and to the long form. */
    static final char SHORT_FORM = 'a';

    /** Before the words of a long form; leads to the same. */
    static final char LONG_FORM = 'l';

    /** Before the words of a value; leads to the field and to the value. */
    static final char VALUE = 'v';

    /** Between words and what they lead to, and between the parts of that. */
    static final char THEN = '\u0001';

    /** Fewest letters of a word that is corrected: of shorter ones too many are one letter apart. */
    static final int MIN_WORD = 4;

    private static final int MAX_WORD = 40;
    private static final int MAX_VALUE = 200;

    private RecognitionTerms() {}

    static List<IndexableField> of(DocumentInfo info, Passage passage) {
        List<IndexableField> fields = new ArrayList<>();
        Set<String> words = new LinkedHashSet<>();
        addWords(words, passage.text());
        addWords(words, info.title());
        addWords(words, info.filename());
        passage.sectionPath().forEach(heading -> addWords(words, heading));
        words.forEach(word -> fields.add(new StringField(VOCABULARY, word, Field.Store.NO)));
        phrases(info, passage).forEach(term -> fields.add(new StringField(PHRASES, term, Field.Store.NO)));
        return fields;
    }

    /** Returns whether a word is one that could be misspelt: letters of an alphabet, neither few nor very many. */
    static boolean isSpelt(String word) {
        return word.length() >= MIN_WORD
                && word.length() <= MAX_WORD
                && word.codePoints().allMatch(c -> Character.isLetter(c) && !Character.isIdeographic(c));
    }

    private static void addWords(Set<String> words, String text) {
        for (PlainWord word : PlainWord.of(text)) {
            if (isSpelt(word.lower())) {
                words.add(word.lower());
            }
        }
    }

    private static Set<String> phrases(DocumentInfo info, Passage passage) {
        Set<String> terms = new LinkedHashSet<>();
        for (Abbreviation each : Abbreviation.in(passage.text())) {
            String both = THEN + each.shortForm() + THEN + each.longForm();
            terms.add(SHORT_FORM + PlainWord.normalised(each.shortForm()) + both);
            terms.add(LONG_FORM + PlainWord.normalised(each.longForm()) + both);
        }
        for (String field : Recognised.VALUE_FIELDS) {
            String value = value(info, field);
            if (!value.isEmpty() && value.length() <= MAX_VALUE) {
                terms.add(VALUE + PlainWord.normalised(value) + THEN + field + THEN + value);
            }
        }
        return terms;
    }

    private static String value(DocumentInfo info, String field) {
        return switch (field) {
            case "title" -> info.title();
            case "filename" -> info.filename();
            default -> info.metadata().getOrDefault(field, "");
        };
    }

    /** Returns the parts of what a term leads to. */
    static List<String> parts(String term) {
        return List.of(term.split(String.valueOf(THEN), -1)).subList(1, 3);
    }
}
