package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.Abbreviation;
import quintet.retrieve.model.Correction;
import quintet.retrieve.model.KnownValue;
import quintet.retrieve.model.PlainWord;
import quintet.retrieve.model.Recognised;

/**
 * Looks up the words of a query in the terms of {@link RecognitionTerms}. Whatever is told of a passage, one must have it that
 * the filter lets through: a word is as good as unknown if only others have it.
 */
final class Recognition {
    /** Words of a query that are looked at. */
    private static final int MAX_WORDS = 64;
    /** Words of one text that is looked up, at most. */
    private static final int MAX_PHRASE = 8;
    /** What one text leads to, at most. */
    private static final int MAX_MEANINGS = 16;
    /** Corrections of a query: one with more unknown words is rather in another language. */
    private static final int MAX_CORRECTIONS = 3;
    /** Abbreviations in lower case are none when they have fewer letters: "it", "us". */
    private static final int MIN_LOWER_CASE = 3;

    private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

    private final IndexSearcher searcher;
    private final Query filter;
    private final WordQuery.Weights weights;
    private final Set<Language> languages;
    private final @Nullable Terms vocabulary;
    private final @Nullable Terms phrases;

    private Recognition(IndexSearcher searcher, Query filter, WordQuery.Weights weights) throws IOException {
        languages = Language.of(searcher.getIndexReader());
        this.searcher = searcher;
        this.filter = filter;
        this.weights = weights;
        vocabulary = MultiTerms.getTerms(searcher.getIndexReader(), RecognitionTerms.VOCABULARY);
        phrases = MultiTerms.getTerms(searcher.getIndexReader(), RecognitionTerms.PHRASES);
    }

    static Recognition of(IndexSearcher searcher, Query filter, WordQuery.Weights weights) throws IOException {
        return new Recognition(searcher, filter, weights);
    }

    Recognised in(String query) throws IOException {
        List<PlainWord> all = PlainWord.of(query);
        List<PlainWord> words = all.subList(0, Math.min(all.size(), MAX_WORDS));
        List<Abbreviation> abbreviations = new ArrayList<>();
        List<KnownValue> values = new ArrayList<>();
        if (phrases != null) {
            TermsEnum terms = phrases.iterator();
            for (int from = 0; from < words.size(); from++) {
                for (int to = from + 1; to <= Math.min(words.size(), from + MAX_PHRASE); to++) {
                    List<PlainWord> phrase = words.subList(from, to);
                    String text = query.substring(
                            phrase.getFirst().start(), phrase.getLast().end());
                    addAbbreviations(terms, phrase, text, abbreviations);
                    addValues(terms, phrase, text, values);
                }
            }
        }
        boolean namesYear =
                words.stream().anyMatch(word -> YEAR.matcher(word.lower()).matches());
        return new Recognised(corrections(query, words), abbreviations, values, namesYear ? dateFields() : Set.of());
    }

    private void addAbbreviations(TermsEnum terms, List<PlainWord> phrase, String text, List<Abbreviation> found)
            throws IOException {
        String words = PlainWord.joined(phrase);
        if (phrase.size() <= 2) {
            for (List<String> forms : meanings(terms, RecognitionTerms.SHORT_FORM, words)) {
                if (text.equals(forms.getFirst())
                        || (words.length() >= MIN_LOWER_CASE && !StopWords.isOf(languages, words))) {
                    add(found, forms);
                }
            }
        }
        if (phrase.size() >= 2) {
            for (List<String> forms : meanings(terms, RecognitionTerms.LONG_FORM, words)) {
                add(found, forms);
            }
        }
    }

    private static void add(List<Abbreviation> found, List<String> forms) {
        Abbreviation abbreviation = new Abbreviation(forms.getFirst(), forms.getLast());
        if (!found.contains(abbreviation)) {
            found.add(abbreviation);
        }
    }

    private void addValues(TermsEnum terms, List<PlainWord> phrase, String text, List<KnownValue> found)
            throws IOException {
        for (List<String> value : meanings(terms, RecognitionTerms.VALUE, PlainWord.joined(phrase))) {
            found.add(new KnownValue(value.getFirst(), value.getLast(), text));
        }
    }

    /** Returns what words lead to, the more frequent first. */
    private List<List<String>> meanings(TermsEnum terms, char kind, String words) throws IOException {
        BytesRef prefix = new BytesRef(kind + words + RecognitionTerms.THEN);
        List<String> found = new ArrayList<>();
        TermsEnum.SeekStatus status = terms.seekCeil(prefix);
        BytesRef term = status == TermsEnum.SeekStatus.END ? null : terms.term();
        for (int i = 0; i < MAX_MEANINGS && term != null && startsWith(term, prefix); i++) {
            found.add(term.utf8ToString());
            term = terms.next();
        }
        List<List<String>> meanings = new ArrayList<>();
        for (String each : found) {
            if (has(new TermQuery(new Term(RecognitionTerms.PHRASES, each)))) {
                meanings.add(RecognitionTerms.parts(each));
            }
        }
        return meanings;
    }

    private static boolean startsWith(BytesRef term, BytesRef prefix) {
        return StringHelper.startsWith(term, prefix);
    }

    private List<Correction> corrections(String query, List<PlainWord> words) throws IOException {
        if (vocabulary == null) {
            return List.of();
        }
        List<Correction> corrections = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (PlainWord word : words) {
            if (RecognitionTerms.isSpelt(word.lower()) && seen.add(word.lower()) && !isKnown(word.lower())) {
                Optional<String> near = new Spelling(vocabulary, this::hasWord).correct(word.lower());
                if (near.isEmpty()) {
                    continue;
                }
                if (corrections.size() == MAX_CORRECTIONS) {
                    return List.of();
                }
                corrections.add(new Correction(query.substring(word.start(), word.end()), near.get()));
            }
        }
        return corrections;
    }

    /** A word is known if a passage has it or, where it stands in the singular or another form, is found by it. */
    private boolean isKnown(String word) throws IOException {
        return StopWords.isOf(languages, word)
                || hasWord(word)
                || has(WordQuery.of(word, weights, languages, searcher.getIndexReader())
                        .query());
    }

    private boolean hasWord(String word) throws IOException {
        return has(new TermQuery(new Term(RecognitionTerms.VOCABULARY, word)));
    }

    private boolean has(Query query) throws IOException {
        Query allowed = new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(filter, Occur.FILTER)
                .build();
        return searcher.search(allowed, 1).scoreDocs.length > 0;
    }

    private Set<String> dateFields() throws IOException {
        Set<String> fields = new HashSet<>();
        for (String field : Recognised.DATE_FIELDS) {
            if (has(new TermQuery(new Term(FilterTerms.FIELD, FilterTerms.first(field, FilterTerms.PRESENT))))) {
                fields.add(field);
            }
        }
        return fields;
    }
}
