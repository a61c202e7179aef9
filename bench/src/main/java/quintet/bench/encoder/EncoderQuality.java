package quintet.bench.encoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Ndcg;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.encoder.BiEncoder;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** nDCG@10 of exact search over whole documents, cut to the model's window, with each model's vectors. */
final class EncoderQuality {
    private static final int K = 10;

    private final Map<String, BiEncoder> models;
    private final Progress progress;

    EncoderQuality(Map<String, BiEncoder> models, Progress progress) {
        this.models = new LinkedHashMap<>(models);
        this.progress = progress;
    }

    MarkdownTable measure(List<RetrievalSet> sets, ObjectNode figures) {
        List<String> titles = new ArrayList<>(List.of("nDCG@10"));
        titles.addAll(models.keySet());
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        double[] sums = new double[models.size()];
        for (RetrievalSet set : sets) {
            List<String> row = new ArrayList<>(List.of(set.name()));
            int column = 0;
            for (Map.Entry<String, BiEncoder> model : models.entrySet()) {
                double value = ndcg(model.getValue(), set);
                sums[column++] += value / sets.size();
                row.add(format(value));
                figures.withObject("/" + set.name()).put(model.getKey(), value);
                progress.say("  %s with %s: %s".formatted(set.name(), model.getKey(), format(value)));
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

    private static double ndcg(BiEncoder encoder, RetrievalSet set) {
        List<float[]> documents = embed(
                encoder,
                set.documents().stream()
                        .map(document -> encoder.passage(cut(encoder, document.text(), 0)))
                        .toList());
        List<float[]> queries = embed(
                encoder,
                set.queries().stream()
                        .map(query -> encoder.query(cut(encoder, query.text(), 32)))
                        .toList());
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

    private static String cut(BiEncoder encoder, String text, int reserve) {
        TokenizedText tokens = encoder.tokenizer().tokenize(text);
        int most = encoder.descriptor().maxTokens() - 2 - reserve;
        return tokens.size() <= most ? text : text.substring(0, tokens.end(most - 1));
    }

    private static List<float[]> embed(BiEncoder encoder, List<TokenSequence> sequences) {
        return encoder.submit(sequences, Priority.BULK).stream()
                .map(CompletableFuture::join)
                .map(Timed::value)
                .toList();
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
