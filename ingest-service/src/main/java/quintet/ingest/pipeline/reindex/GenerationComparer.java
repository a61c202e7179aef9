package quintet.ingest.pipeline.reindex;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.GenerationComparison;
import quintet.ingest.model.GenerationComparison.Row;
import quintet.ingest.model.Question;
import quintet.ingest.model.Reindex;
import quintet.ingest.port.IndexGenerations;
import quintet.ingest.port.QuestionStore;

/** Asks two generations the questions that are stored for their collection. Blocking. */
@ApplicationScoped
class GenerationComparer {
    private static final int SHOWN_CHARACTERS = 200;
    private static final String DENSE = "dense";

    private final QuestionStore questions;
    private final IndexGenerations index;

    GenerationComparer(QuestionStore questions, IndexGenerations index) {
        this.questions = questions;
        this.index = index;
    }

    /**
     * Compares.
     *
     * @param degraded whether searches by words alone will do; else the comparison fails with UNAVAILABLE, reason
     *     EMBEDDING_UNAVAILABLE
     */
    GenerationComparison compare(Reindex reindex, boolean degraded) {
        List<Row> table = new ArrayList<>();
        Set<String> without = new TreeSet<>();
        for (Question question : questions.list(reindex.collection())) {
            List<String> before = find(reindex.oldGeneration(), question, degraded, without);
            List<String> after = find(reindex.newGeneration(), question, degraded, without);
            boolean judged = !question.relevant().isEmpty();
            table.add(new Row(
                    shortened(question.query()),
                    judged ? RankingMeasures.ndcg(before, question.relevant()) : null,
                    judged ? RankingMeasures.ndcg(after, question.relevant()) : null,
                    RankingMeasures.overlap(before, after)));
        }
        return new GenerationComparison(
                table.size(),
                (int) table.stream().filter(row -> row.ndcgBefore() != null).count(),
                mean(table.stream().map(Row::ndcgBefore)),
                mean(table.stream().map(Row::ndcgAfter)),
                table.stream().mapToDouble(Row::overlap).average().orElse(0),
                List.copyOf(without),
                table);
    }

    private List<String> find(String generation, Question question, boolean degraded, Set<String> without) {
        IndexGenerations.Found found = index.find(generation, question.query(), GenerationComparison.DEPTH);
        if (found.degraded().contains(DENSE)) {
            if (!degraded) {
                throw Failure.unavailable(
                        "EMBEDDING_UNAVAILABLE",
                        "a question could be searched by words alone: the model does not answer, or is another one than the"
                                + " generation's",
                        null);
            }
            without.add(DENSE);
        }
        return found.documentIds();
    }

    private static @Nullable Double mean(Stream<@Nullable Double> values) {
        double[] judged =
                values.filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
        return judged.length == 0 ? null : Arrays.stream(judged).average().orElseThrow();
    }

    private static String shortened(String query) {
        return query.length() <= SHOWN_CHARACTERS ? query : query.substring(0, SHOWN_CHARACTERS);
    }
}
