package quintet.encoder.graph;

import java.util.ArrayList;
import java.util.List;
import quintet.encoder.graph.Transformer.Layer;
import quintet.encoder.graph.Transformer.Norm;
import quintet.encoder.model.ModelException;

/**
 * Finds the weights in the export of a Hugging Face {@code BertModel}: biases and normalizations by their names, matrices, which
 * exporters give numbers for names, by the bias that is added behind them.
 */
final class BertExport {
    private final OnnxFile file;
    private final String prefix;

    private BertExport(OnnxFile file) {
        this.file = file;
        String words = "embeddings.word_embeddings.weight";
        this.prefix = file.constants().keySet().stream()
                .filter(name -> name.endsWith(words))
                .findFirst()
                .map(name -> name.substring(0, name.length() - words.length()))
                .orElseThrow(() -> new ModelException("the model has no %s: it is no BERT".formatted(words)));
    }

    static Transformer read(OnnxFile file, int heads) {
        return new BertExport(file).read(heads);
    }

    private Transformer read(int heads) {
        List<Layer> layers = new ArrayList<>();
        while (file.constants().containsKey(layer(layers.size()) + "output.dense.bias")) {
            String name = layer(layers.size());
            layers.add(new Layer(
                    linear(name + "attention.self.query")
                            .and(linear(name + "attention.self.key"))
                            .and(linear(name + "attention.self.value")),
                    linear(name + "attention.output.dense"),
                    norm(name + "attention.output.LayerNorm"),
                    linear(name + "intermediate.dense"),
                    linear(name + "output.dense"),
                    norm(name + "output.LayerNorm")));
        }
        Tensor words = file.constant(prefix + "embeddings.word_embeddings.weight");
        return new Transformer(
                words,
                file.constant(prefix + "embeddings.position_embeddings.weight"),
                file.constant(prefix + "embeddings.token_type_embeddings.weight"),
                norm(prefix + "embeddings.LayerNorm"),
                layers,
                heads,
                (float) (1 / Math.sqrt((double) words.size(1) / heads)),
                1e-12f);
    }

    private String layer(int number) {
        return "%sencoder.layer.%d.".formatted(prefix, number);
    }

    private Linear linear(String name) {
        String bias = name + ".bias";
        return new Linear(file.weightsBefore(bias), file.constant(bias));
    }

    private Norm norm(String name) {
        return new Norm(file.constant(name + ".weight"), file.constant(name + ".bias"));
    }
}
