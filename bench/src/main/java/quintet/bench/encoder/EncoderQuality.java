package quintet.bench.encoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Ndcg;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;

/** nDCG@10 of exact search over whole documents, cut to the model's window, with each model's vectors. */
final class EncoderQuality {
    private static final int K = 10;

    private final List<VectorSource> models;
    private final Progress progress;

    EncoderQuality(List<VectorSource> models, Progress progress) {
        this.models = List.copyOf(models);
        this.progress = progress;
    }

    MarkdownTable measure(List<RetrievalSet> sets, ObjectNode figures) {
        List<String> titles = new ArrayList<>(List.of("nDCG@10"));
        models.forEach(model -> titles.add(model.name()));
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        double[] sums = new double[models.size()];
        for (RetrievalSet set : sets) {
            List<String> row = new ArrayList<>(List.of(set.name()));
            for (int i = 0; i < models.size(); i++) {
                String model = models.get(i).name();
                double value = ndcg(models.get(i), set);
                sums[i] += value / sets.size();
                row.add(format(value));
                figures.withObject("/" + set.name()).put(model, value);
                progress.say("  %s with %s: %s".formatted(set.name(), model, format(value)));
            }
            table.row(row.toArray(String[]::new));
        }
        List<String> mean = new ArrayList<>(List.of("mean"));
        for (double sum : sums) {
            mean.add(format(sum));
        }
        table.row(mean.toArray(String[]::new));
        return table;
    }

    private static double ndcg(VectorSource model, RetrievalSet set) {
        List<float[]> documents = model.passages(
                set.documents().stream().map(document -> document.text()).toList());
        List<float[]> queries =
                model.queries(set.queries().stream().map(query -> query.text()).toList());
        double sum = 0;
        for (int q = 0; q < queries.size(); q++) {
            float[] query = queries.get(q);
            double[] scores = documents.stream()
                    .mapToDouble(document -> dot(query, document))
                    .toArray();
            List<String> ranking = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                    .limit(K)
                    .map(i -> set.documents().get(i).id())
                    .toList();
            sum += Ndcg.at(K, ranking, set.queries().get(q).grades());
        }
        return sum / queries.size();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
