package quintet.generate.pipeline.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import quintet.generate.model.Claim;
import quintet.generate.model.Sentence;
import quintet.generate.model.SentenceSplitter;
import quintet.generate.model.Source;
import quintet.generate.model.Terms;

/**
 * Compares claims with the passages of an answer by their words. A claim that names sources rests on these, another one on any of
 * them. One per answer; safe for several threads.
 */
public final class ClaimComparison {
    /** Sentences that are worth a closer look. */
    private static final int MAX_NEAREST = 4;

    private final List<Source> sources;
    private final String asked;
    private final boolean capitals;
    private final Map<List<Integer>, Evidence> evidences = new ConcurrentHashMap<>();

    /**
     * Prepares to compare.
     *
     * @param asked the question and what was said before it: an answer may repeat its names
     */
    public ClaimComparison(List<Source> sources, String asked) {
        this.sources = List.copyOf(sources);
        this.asked = asked;
        capitals = Names.haveCapitals(
                sources.stream().map(source -> source.passage().text()).toList());
    }

    /**
     * What words say.
     *
     * @param coverage share of the claim's words that its passages have, 0 to 1
     * @param unknown names and numbers that neither they nor the question have
     * @param nearest sentences of the passages, most words in common first
     */
    public record Words(double coverage, List<String> unknown, List<Place> nearest) {}

    /** A sentence of a source, and the share of the claim's words that it has. */
    public record Place(Source source, Sentence sentence, double coverage) {}

    /** What claims with the same sources rest on. */
    private record Evidence(List<Read> sentences, Set<String> terms, Set<String> names) {}

    private record Read(Source source, Sentence sentence, Set<String> terms) {}

    /** Compares a claim. */
    public Words compare(Claim claim) {
        Evidence evidence = evidences.computeIfAbsent(claim.cited(), this::read);
        Set<String> terms = Terms.of(claim.text());
        List<Place> nearest = evidence.sentences().stream()
                .map(each -> new Place(each.source(), each.sentence(), Terms.coverage(terms, each.terms())))
                .filter(place -> place.coverage() > 0)
                // Of sentences with as many of its words the shorter one says it, and the others say more besides.
                .sorted(Comparator.comparingDouble((Place place) -> -place.coverage())
                        .thenComparingInt(place -> place.sentence().text().length()))
                .limit(MAX_NEAREST)
                .toList();
        return new Words(
                Terms.coverage(terms, evidence.terms()),
                Names.unknown(claim.text(), evidence.names(), capitals),
                nearest);
    }

    private Evidence read(List<Integer> cited) {
        List<Source> restsOn = cited.isEmpty()
                ? sources
                : sources.stream()
                        .filter(source -> cited.contains(source.number()))
                        .toList();
        List<Read> sentences = new ArrayList<>();
        Set<String> terms = new HashSet<>();
        List<String> texts = new ArrayList<>(List.of(asked));
        for (Source source : restsOn) {
            for (Sentence sentence : SentenceSplitter.split(source.passage().text())) {
                Set<String> of = Terms.of(sentence.text());
                sentences.add(new Read(source, sentence, of));
                terms.addAll(of);
            }
            texts.add(source.passage().text());
            // A passage is cited under its title and headings, which say what it is about.
            texts.add(source.passage().title());
            texts.addAll(source.passage().sectionPath());
            terms.addAll(Terms.of(source.passage().title()));
            source.passage().sectionPath().forEach(heading -> terms.addAll(Terms.of(heading)));
        }
        return new Evidence(sentences, terms, Names.words(texts));
    }
}
