package quintet.retrieve.adapter.lucene;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.retrieve.model.AnalysedWord;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.QueryWords;
import quintet.retrieve.port.PassageWords;

/**
 * {@link PassageWords} by Lucene's analysis, with the weights of the index on disk. A word of another language than English has
 * the language's name behind it, so that stems that look alike don't meet.
 *
 * <p>Which languages a collection has is not known here, so a query is read in all of them; words that no passage has cost
 * nothing. Each form is as rare as it is in its own language.
 */
@ApplicationScoped
class LucenePassageWords implements PassageWords {
    /** No word has this character. */
    private static final char BEHIND_THE_WORD = '\u0001';

    private final WordQuery.Weights weights;

    LucenePassageWords(LuceneConfig config) {
        weights = new WordQuery.Weights(config.titleWeight(), config.sectionWeight());
    }

    @Override
    public Map<String, Float> ofPassage(DocumentInfo info, Passage passage) {
        Language language = PassageLanguage.of(info.language(), passage.text());
        Map<String, Float> words = new HashMap<>();
        add(words, passage.text(), language, 1);
        add(words, PassageDocuments.title(info), language, weights.title());
        add(words, PassageDocuments.section(passage), language, weights.section());
        return words;
    }

    private static void add(Map<String, Float> words, String text, Language language, float weight) {
        try {
            for (QueryReadings.Word word : QueryReadings.ofPassage(text, language)) {
                words.merge(term(word.form(), language), weight * word.weight(), Float::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String term(String form, Language language) {
        return language == Language.ENGLISH ? form : form + BEHIND_THE_WORD + language.name();
    }

    @Override
    public QueryWords ofQuery(LexicalQuery query) {
        Map<String, Float> words = new HashMap<>();
        boolean truncated = addQuery(words, query.text(), 1);
        query.also().stream()
                .limit(WordQuery.MAX_ALSO)
                .forEach(also -> addQuery(words, also.text(), (float) also.weight()));
        return new QueryWords(words, truncated || query.also().size() > WordQuery.MAX_ALSO);
    }

    @Override
    public List<AnalysedWord> explain(LexicalQuery query) {
        Map<Form, Set<String>> forms = new LinkedHashMap<>();
        read(forms, query.text(), 1);
        query.also().stream().limit(WordQuery.MAX_ALSO).forEach(also -> read(forms, also.text(), also.weight()));
        return forms.entrySet().stream()
                .limit(ListDetail.MAX_WORDS)
                .map(each -> new AnalysedWord(
                        each.getKey().form(),
                        List.copyOf(each.getValue()),
                        List.of(),
                        null,
                        each.getKey().weight()))
                .toList();
    }

    private record Form(String form, double weight) {}

    private static void read(Map<Form, Set<String>> forms, String text, double weight) {
        try {
            for (Language language : Language.values()) {
                for (QueryReadings.Word word : QueryReadings.of(text, language)) {
                    forms.computeIfAbsent(new Form(word.form(), weight * word.weight()), _ -> new LinkedHashSet<>())
                            .add(language.code());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether there were more words than count. */
    @CanIgnoreReturnValue
    private static boolean addQuery(Map<String, Float> words, String text, float weight) {
        boolean truncated = false;
        try {
            for (Language language : Language.values()) {
                List<QueryReadings.Word> reading = QueryReadings.of(text, language);
                reading.stream()
                        .limit(WordQuery.MAX_TERMS)
                        .forEach(word -> words.merge(term(word.form(), language), weight * word.weight(), Float::sum));
                truncated |= reading.size() > WordQuery.MAX_TERMS;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return truncated;
    }
}
