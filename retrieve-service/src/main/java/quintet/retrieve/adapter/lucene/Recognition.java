package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
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
    /** Words of a short form, at most. */
    private static final int MAX_SHORT_FORM = 2;
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
            KnownTexts texts = new KnownTexts(phrases.iterator(), query, words);
            for (int from = 0; from < words.size(); from++) {
                addAbbreviations(texts, from, abbreviations);
                addValues(texts, from, values);
            }
        }
        boolean namesYear =
                words.stream().anyMatch(word -> YEAR.matcher(word.lower()).matches());
        return new Recognised(corrections(query, words), abbreviations, values, namesYear ? dateFields() : Set.of());
    }

    private void addAbbreviations(KnownTexts texts, int from, List<Abbreviation> found) throws IOException {
        for (KnownTexts.Known known : texts.startingAt(from, RecognitionTerms.SHORT_FORM, MAX_SHORT_FORM)) {
            for (List<String> forms : meanings(known)) {
                if (known.asWritten().equals(forms.getFirst())
                        || (known.words().length() >= MIN_LOWER_CASE && !StopWords.isOf(languages, known.words()))) {
                    add(found, forms);
                }
            }
        }
        for (KnownTexts.Known known : texts.startingAt(from, RecognitionTerms.LONG_FORM, KnownTexts.MAX_WORDS)) {
            for (List<String> forms : meanings(known)) {
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

    private void addValues(KnownTexts texts, int from, List<KnownValue> found) throws IOException {
        for (KnownTexts.Known known : texts.startingAt(from, RecognitionTerms.VALUE, KnownTexts.MAX_WORDS)) {
            for (List<String> value : meanings(known)) {
                found.add(new KnownValue(value.getFirst(), value.getLast(), known.asWritten()));
            }
        }
    }

    /** Returns what a text leads to in passages that may be told of. */
    private List<List<String>> meanings(KnownTexts.Known known) throws IOException {
        List<List<String>> meanings = new ArrayList<>();
        for (String term : known.terms()) {
            if (has(new Term(RecognitionTerms.PHRASES, term))) {
                meanings.add(RecognitionTerms.parts(term));
            }
        }
        return meanings;
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
        return has(new Term(RecognitionTerms.VOCABULARY, word));
    }

    /** A word that is frequent is found in the first passages that are looked at. */
    private boolean has(Term term) throws IOException {
        if (!(filter instanceof MatchAllDocsQuery)) {
            return has(new TermQuery(term));
        }
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            PostingsEnum passages = leaf.reader().postings(term, PostingsEnum.NONE);
            if (passages != null && anyIsLive(passages, leaf)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Query query) throws IOException {
        Query allowed = new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(filter, Occur.FILTER)
                .build();
        Weight weight = searcher.createWeight(searcher.rewrite(allowed), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null && anyIsLive(scorer.iterator(), leaf)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyIsLive(DocIdSetIterator passages, LeafReaderContext leaf) throws IOException {
        Bits live = leaf.reader().getLiveDocs();
        int passage = passages.nextDoc();
        while (passage != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(passage)) {
            passage = passages.nextDoc();
        }
        return passage != DocIdSetIterator.NO_MORE_DOCS;
    }

    private Set<String> dateFields() throws IOException {
        Set<String> fields = new HashSet<>();
        for (String field : Recognised.DATE_FIELDS) {
            if (has(new Term(FilterTerms.FIELD, FilterTerms.first(field, FilterTerms.PRESENT)))) {
                fields.add(field);
            }
        }
        return fields;
    }
}
