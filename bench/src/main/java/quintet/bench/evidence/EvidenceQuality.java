package quintet.bench.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import quintet.bench.metric.Share;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.failure.Failure;
import quintet.generate.model.Claim;
import quintet.generate.model.Passage;
import quintet.generate.pipeline.evidence.BenchedChecker;
import quintet.generate.pipeline.evidence.ClaimComparison;
import quintet.generate.port.PassageReranker;

/**
 * Flags the sentences of mtRAG's reference answers: held against their own passages, where few should be flagged, against those of
 * another conversation of the same collection, and with one number or name replaced, where all should be.
 */
public final class EvidenceQuality {
    private final Path reference;
    private final Path cache;
    private final long seed;
    private final Progress progress;

    /** Prepares to measure {@code reference.jsonl} of mtRAG. */
    public EvidenceQuality(Path reference, Path cache, long seed, Progress progress) {
        this.reference = reference;
        this.cache = cache;
        this.seed = seed;
        this.progress = progress;
    }

    private static final class Flagged {
        final Share own = new Share();
        final Share foreign = new Share();
        final Share number = new Share();
        final Share name = new Share();
    }

    /** Measures and prints. */
    public void run(ObjectNode figures) throws IOException {
        List<AnsweredQuestion> questions = AnsweredQuestion.read(reference);
        Flagged both = new Flagged();
        Flagged words = new Flagged();
        try (InProcessReranker reranker = new InProcessReranker(cache)) {
            measure(questions, new BenchedChecker(reranker), both);
        }
        measure(questions, new BenchedChecker(new Silent()), words);
        MarkdownTable table = new MarkdownTable("sentences", "how many", "flagged", "flagged by words alone");
        row(table, figures, "against their own passages (should not be)", both.own, words.own);
        row(table, figures, "against another conversation's passages", both.foreign, words.foreign);
        row(table, figures, "with another number", both.number, words.number);
        row(table, figures, "with another name", both.name, words.name);
        System.out.println(table);
    }

    private static void row(MarkdownTable table, ObjectNode figures, String what, Share both, Share words) {
        table.row(what, String.valueOf(both.count()), "%.3f".formatted(both.value()), "%.3f".formatted(words.value()));
        figures.put(what, both.value()).put(what + ", words alone", words.value());
    }

    private void measure(List<AnsweredQuestion> questions, BenchedChecker checker, Flagged flagged) {
        Random random = new Random(seed);
        Falsified falsified =
                new Falsified(questions.stream().map(AnsweredQuestion::answer).toList(), random);
        int done = 0;
        for (AnsweredQuestion question : questions) {
            List<AnsweredQuestion> others = questions.stream()
                    .filter(other -> other.collection().equals(question.collection())
                            && !other.conversation().equals(question.conversation()))
                    .toList();
            AnsweredQuestion other = others.get(random.nextInt(others.size()));
            ClaimComparison own = new ClaimComparison(question.sources(), question.asked());
            ClaimComparison foreign = new ClaimComparison(other.sources(), question.asked());
            String given = String.join("\n", question.passages()) + question.asked();
            for (Claim claim : question.claims()) {
                flagged.own.add(checker.flags(claim, own));
                flagged.foreign.add(checker.flags(claim, foreign));
                falsified.number(claim, given).ifPresent(wrong -> flagged.number.add(checker.flags(wrong, own)));
                falsified.name(claim, given).ifPresent(wrong -> flagged.name.add(checker.flags(wrong, own)));
            }
            progress.show("answers", ++done, questions.size());
        }
    }

    /** A cross-encoder that is not there. */
    private static final class Silent implements PassageReranker {
        @Override
        public Uni<List<Passage>> rerank(String query, List<Passage> passages, Duration budget) {
            return Uni.createFrom().failure(absent());
        }

        @Override
        public Uni<List<Float>> relevances(String sentence, List<String> texts, Duration budget) {
            return Uni.createFrom().failure(absent());
        }

        private static Failure absent() {
            return Failure.unavailable("RERANK_UNAVAILABLE", "there is no cross-encoder", null);
        }
    }
}
