package quintet.generate.adapter.extractive;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Completion;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Passage;
import quintet.generate.model.Source;
import quintet.generate.model.Terms;
import quintet.generate.model.Usage;
import quintet.generate.port.ChatModel;

/**
 * {@link ChatModel} without a language model: the answer is the best sentences of the passages, word for word, each with the number
 * of its source. It says so plainly when the passages do not seem to hold an answer. Takes about a millisecond, on any thread.
 */
@ApplicationScoped
class ExtractiveChatModel implements ChatModel {
    private static final String NAME = "extractive";
    private static final String NOTHING_FOUND = "There are no passages about this question in the collection.";
    private static final String NO_ANSWER =
            "The passages do not seem to hold an answer to this question. The nearest ones are listed as sources.";

    /** Two sentences that share more of their terms than this say the same. */
    private static final double SAME = 0.7;

    /** A further sentence has to be nearly as good as the best. */
    private static final double FURTHER = 0.8;

    private static final Comparator<ScoredSentence> BEST_FIRST =
            Comparator.comparingDouble(ScoredSentence::score).reversed();

    private final int maxSentences;
    private final double sourceShare;
    private final double minRelevance;
    private final double minCoverage;
    private final double irrelevantCoverage;

    ExtractiveChatModel(ExtractiveConfig config) {
        this.maxSentences = config.maxSentences();
        this.sourceShare = config.sourceShare();
        this.minRelevance = config.minRelevance();
        this.minCoverage = config.minCoverage();
        this.irrelevantCoverage = config.irrelevantCoverage();
    }

    @Override
    public AnswerMode mode() {
        return AnswerMode.EXTRACTIVE;
    }

    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Multi<Completion> complete(Task task) {
        return Multi.createFrom().iterable(() -> compose(task).iterator());
    }

    private List<Completion> compose(Task task) {
        if (task.sources().isEmpty()) {
            return noAnswer(NOTHING_FOUND);
        }
        SentenceScorer scorer = new SentenceScorer(task.question(), task.sources());
        if (!holdsAnswer(task.sources(), scorer)) {
            return noAnswer(NO_ANSWER);
        }
        List<ScoredSentence> chosen = choose(task.sources(), scorer);
        if (chosen.isEmpty()) {
            return noAnswer(NO_ANSWER);
        }
        List<Completion> answer = new ArrayList<>();
        for (ScoredSentence sentence : chosen) {
            String text = sentence.sentence().inline();
            int number = sentence.source().number();
            answer.add(new Completion.Delta("%s%s [%d]".formatted(answer.isEmpty() ? "" : " ", text, number)));
        }
        answer.add(new Completion.Finished(FinishReason.STOP, Usage.NONE));
        return answer;
    }

    /** Relevance decides where it is clear; where it is low or nobody judged it, the words of the question have to be there. */
    private boolean holdsAnswer(List<Source> sources, SentenceScorer scorer) {
        OptionalDouble relevance = sources.stream()
                .flatMap(source -> source.passage().relevance().stream())
                .mapToDouble(Float::doubleValue)
                .max();
        if (relevance.orElse(0) >= minRelevance) {
            return true;
        }
        double needed = relevance.isPresent() ? irrelevantCoverage : minCoverage;
        return sources.stream().anyMatch(source -> scorer.coverage(source) >= needed);
    }

    /**
     * Chooses the best sentence of each good source that adds a page, then further ones that are nearly as good, never the same twice;
     * in the order of the sources and, within one, of the text. Where no sentence qualifies it is the best piece there is.
     */
    private List<ScoredSentence> choose(List<Source> sources, SentenceScorer scorer) {
        double best = sources.stream()
                .mapToDouble(source -> source.passage().score())
                .max()
                .orElse(0);
        List<ScoredSentence> candidates = scorer.sentences().stream()
                .filter(sentence -> sentence.source().passage().score() >= sourceShare * best)
                .filter(sentence -> SentenceScorer.isComplete(sentence.source().passage(), sentence.sentence()))
                .filter(scorer::isAbout)
                .sorted(BEST_FIRST)
                .toList();
        List<ScoredSentence> chosen = new ArrayList<>();
        for (Source source : sources) {
            if (addsPage(source.passage(), chosen)) {
                candidates.stream()
                        .filter(sentence -> sentence.source().equals(source))
                        .filter(sentence -> isNew(sentence, chosen))
                        .findFirst()
                        .filter(_ -> chosen.size() < maxSentences)
                        .ifPresent(chosen::add);
            }
        }
        double bar = chosen.stream().mapToDouble(ScoredSentence::score).max().orElse(0) * FURTHER;
        for (ScoredSentence sentence : candidates) {
            if (chosen.size() < maxSentences && sentence.score() >= bar && isNew(sentence, chosen)) {
                chosen.add(sentence);
            }
        }
        if (chosen.isEmpty()) {
            scorer.sentences().stream().min(BEST_FIRST).ifPresent(chosen::add);
        }
        chosen.sort(Comparator.comparingInt((ScoredSentence s) -> s.source().number())
                .thenComparingInt(s -> s.sentence().start()));
        return chosen;
    }

    /** Neighbouring passages of one page say much the same; another page may hold what is missing. */
    private static boolean addsPage(Passage passage, List<ScoredSentence> chosen) {
        return passage.page() == 0
                || chosen.stream()
                        .map(sentence -> sentence.source().passage())
                        .noneMatch(p -> p.documentId().equals(passage.documentId())
                                && p.page() <= passage.page()
                                && passage.pageEnd() <= p.pageEnd());
    }

    private static boolean isNew(ScoredSentence sentence, List<ScoredSentence> chosen) {
        return chosen.stream().noneMatch(c -> Terms.similarity(c.terms(), sentence.terms()) > SAME);
    }

    private static List<Completion> noAnswer(String text) {
        return List.of(new Completion.Delta(text), new Completion.Finished(FinishReason.NO_ANSWER, Usage.NONE));
    }
}
