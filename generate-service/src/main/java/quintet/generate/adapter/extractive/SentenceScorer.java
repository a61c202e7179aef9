package quintet.generate.adapter.extractive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import quintet.generate.model.Passage;
import quintet.generate.model.Sentence;
import quintet.generate.model.SentenceSplitter;
import quintet.generate.model.Source;
import quintet.generate.model.Terms;

/**
 * Scores every sentence of the sources: how much of the question it holds (words weighted by their rarity among the sentences), how
 * good its passage is, and whether the reader sees the answer in it.
 */
final class SentenceScorer {
    private static final double WORDS = 0.5;
    private static final double PASSAGE = 0.25;
    private static final double READER = 0.25;

    /** A fragment or a sentence without its beginning answers only where there is nothing else. */
    private static final double INCOMPLETE = 0.35;

    /** A sentence with fewer terms says little by itself. */
    private static final int FEW_TERMS = 4;

    private static final double SHORT = 0.7;

    /** A sentence about "these" or "it" says little without the one before it, unless the reader is sure of it. */
    private static final Pattern DANGLING = Pattern.compile(
            "(?s)(These|Those|They|It|He|She|Such)\\b.*|(This|That)\\s+(is|was|can|will|may|means|includes?|would)\\b.*");

    private static final double WITHOUT_CONTEXT = 0.6;
    private static final double SURE = 0.5;

    /** Weight of a word that stands in the heading above a sentence and not in it. */
    private static final double HEADING = 0.3;

    private final Set<String> question;
    private final Map<String, Double> weights;
    private final double questionWeight;
    private final List<ScoredSentence> sentences;

    SentenceScorer(String question, List<Source> sources) {
        this.question = Terms.of(question);
        record Split(Source source, Sentence sentence, Set<String> terms, Set<String> heading) {}
        List<Split> all = new ArrayList<>();
        for (Source source : sources) {
            Set<String> heading = Terms.of(String.join(" ", source.passage().sectionPath()));
            for (Sentence sentence : SentenceSplitter.split(source.passage().text())) {
                Set<String> terms = Terms.of(sentence.text());
                all.add(new Split(source, sentence, terms, heading));
                heading = sentence.kind() == Sentence.Kind.FRAGMENT ? terms : heading;
            }
        }
        this.weights = Terms.inverseFrequencies(all.stream().map(Split::terms).toList());
        this.questionWeight = weight(this.question);
        double best = sources.stream()
                .mapToDouble(source -> source.passage().score())
                .max()
                .orElse(0);
        this.sentences = all.stream()
                .map(s -> new ScoredSentence(
                        s.source, s.sentence, score(s.source, s.sentence, share(s.terms, s.heading), best), s.terms))
                .toList();
    }

    /** Returns all sentences in the order of the sources. */
    List<ScoredSentence> sentences() {
        return sentences;
    }

    /** Returns how much of the question a source holds, with its headings and file name, 0 to 1. */
    double coverage(Source source) {
        Passage passage = source.passage();
        Set<String> held = new HashSet<>(Terms.of(passage.text()));
        held.addAll(Terms.of(String.join(" ", passage.sectionPath())));
        held.addAll(Terms.of(passage.title() + " " + passage.filename()));
        return share(held);
    }

    private double score(Source source, Sentence sentence, double words, double best) {
        Passage passage = source.passage();
        double rank = best > 0 ? passage.score() / best : 0;
        boolean read = isRead(passage, sentence);
        double score = WORDS * words
                + PASSAGE * rank
                + (read ? READER * passage.relevance().orElse(0f) : 0);
        boolean sure = read && passage.relevance().orElse(0f) >= SURE;
        return score
                * (isComplete(passage, sentence) ? 1 : INCOMPLETE)
                * (Terms.of(sentence.text()).size() < FEW_TERMS ? SHORT : 1)
                * (!sure && DANGLING.matcher(sentence.text()).matches() ? WITHOUT_CONTEXT : 1);
    }

    /** Returns whether the sentence says anything about the question: it has one of its words, or the reader's answer. */
    boolean isAbout(ScoredSentence scored) {
        return question.stream().anyMatch(scored.terms()::contains)
                || isRead(scored.source().passage(), scored.sentence());
    }

    private static boolean isRead(Passage passage, Sentence sentence) {
        return passage.answer()
                .filter(span -> span.start() < sentence.end() && span.end() > sentence.start())
                .isPresent();
    }

    /** Returns whether the sentence has its beginning and its end: a passage may begin and end in the middle of one. */
    static boolean isComplete(Passage passage, Sentence sentence) {
        return switch (sentence.kind()) {
            case FRAGMENT -> false;
            case SENTENCE -> !Character.isLowerCase(sentence.text().codePointAt(0));
            case LIST ->
                sentence.end() < passage.text().stripTrailing().length()
                        || sentence.text().strip().matches("(?s).*[.!?;)\\p{L}\\p{N}]");
        };
    }

    /** Returns how much of the question a sentence holds, what only its heading holds at a part of the weight. */
    private double share(Set<String> terms, Set<String> heading) {
        Set<String> both = new HashSet<>(terms);
        both.addAll(heading);
        return (1 - HEADING) * share(terms) + HEADING * share(both);
    }

    private double share(Collection<String> held) {
        return questionWeight == 0
                ? 0
                : weight(question.stream().filter(held::contains).toList()) / questionWeight;
    }

    /** Returns the summed rarity; a term that no sentence has is as rare as the rarest. */
    private double weight(Collection<String> terms) {
        double rarest = weights.values().stream().mapToDouble(w -> w).max().orElse(1);
        return terms.stream()
                .mapToDouble(term -> weights.getOrDefault(term, rarest))
                .sum();
    }
}
