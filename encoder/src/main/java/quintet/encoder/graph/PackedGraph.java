package quintet.encoder.graph;

import static quintet.encoder.graph.GraphBuilder.attribute;

import java.util.List;
import java.util.Locale;
import quintet.encoder.graph.Transformer.Layer;
import quintet.encoder.graph.Transformer.Norm;

/**
 * Writes a transformer as a graph over packed tokens: the texts of a batch lie one behind the other, without padding, in all but
 * attention, which is the only step where a token sees others.
 *
 * <p>Inputs: {@code input_ids} and {@code position_ids} {@code [tokens]}, also {@code token_type_ids} for a model of pairs;
 * {@code padded} {@code [batch, length]}, the row of each token of each text, any row behind a text's end; {@code packed}
 * {@code [tokens]}, the other way round; {@code lengths} {@code [batch]} in tokens; {@code first} {@code [batch]}, the row where each
 * text begins; {@code text} {@code [tokens]}, the text of each row. Those that a head does not need are left out.
 */
final class PackedGraph {
    static final String BATCH = "batch";
    static final String TOKENS = "tokens";

    private final Transformer transformer;
    private final Products products;
    private final GraphBuilder graph = new GraphBuilder();

    private PackedGraph(Transformer transformer, Products products) {
        this.transformer = transformer;
        this.products = products;
    }

    /** Returns the bytes of an ONNX model. */
    static byte[] write(String name, Transformer transformer, Products products, OutputHead head) {
        return new PackedGraph(transformer, products).write(name, head);
    }

    private byte[] write(String name, OutputHead head) {
        String rows = embeddings(head);
        graph.input("padded", Tensor.Type.INT64, BATCH, "length");
        graph.input("lengths", Tensor.Type.INT32, BATCH);
        int last = transformer.layers().size() - 1;
        for (int i = 0; i < last; i++) {
            rows = layer(i, rows);
        }
        if (head.needsFirstRowsOnly()) {
            graph.input("first", Tensor.Type.INT64, BATCH);
            rows = lastLayerOfFirstRows(last, rows);
        } else {
            rows = layer(last, rows);
        }
        if (last > 0 || !head.needsFirstRowsOnly()) {
            graph.input("packed", Tensor.Type.INT64, TOKENS);
        }
        head.write(graph, rows, transformer.hidden());
        return graph.toModel(name);
    }

    private String embeddings(OutputHead head) {
        graph.input("input_ids", Tensor.Type.INT64, TOKENS);
        graph.input("position_ids", Tensor.Type.INT64, TOKENS);
        String words = products.words(graph, transformer.words(), "input_ids");
        String places;
        if (head.readsPairs()) {
            graph.input("token_type_ids", Tensor.Type.INT64, TOKENS);
            String positions = graph.gather("positions", transformer.positions(), "position_ids");
            places = graph.node(
                    "Add",
                    "positions_and_types",
                    List.of(positions, graph.gather("types", transformer.types(), "token_type_ids")));
        } else {
            places = graph.gather("positions", positionsOfFirstType(), "position_ids");
        }
        return normalize("embedded", words, places, transformer.norm());
    }

    private String layer(int i, String rows) {
        String name = "layer.%d".formatted(i);
        String input = products.prepare(graph, i, Site.QKV, rows);
        String mixed = attention(
                name, padded(i, input, Part.QUERIES), padded(i, input, Part.KEYS), padded(i, input, Part.VALUES));
        String packed = graph.node("Gather", name + ".packed", List.of(mixed, "packed"), attribute("axis", 0));
        return feedForward(i, packed, rows);
    }

    /** The last layer of a model whose result is read from the first token alone: other tokens are keys and values only. */
    private String lastLayerOfFirstRows(int i, String rows) {
        String name = "layer.%d".formatted(i);
        String input = products.prepare(graph, i, Site.QKV, rows);
        String firstInput = graph.node("Gather", name + ".first", List.of(input, "first"), attribute("axis", 0));
        String queries = product(i, firstInput, Part.QUERIES);
        String query = graph.node(
                "Reshape",
                name + ".first_queries",
                List.of(queries, graph.vector("one_row_each", -1, 1, transformer.hidden())));
        String mixed = attention(name, query, padded(i, input, Part.KEYS), padded(i, input, Part.VALUES));
        String residual = graph.node("Gather", name + ".residual", List.of(rows, "first"), attribute("axis", 0));
        return feedForward(i, mixed, residual);
    }

    /** What attention is made of, in the order in which their weights lie side by side. */
    private enum Part {
        QUERIES(0),
        KEYS(1),
        VALUES(2);

        private final int place;

        Part(int place) {
            this.place = place;
        }

        String in(int layer) {
            return "layer.%d.%s".formatted(layer, name().toLowerCase(Locale.ROOT));
        }
    }

    /** One part for each token of each text, {@code [batch, length, hidden]}. */
    private String padded(int i, String input, Part part) {
        String rows = product(i, input, part);
        return graph.node("Gather", part.in(i) + ".padded", List.of(rows, "padded"), attribute("axis", 0));
    }

    private String product(int i, String input, Part part) {
        int from = part.place * transformer.hidden();
        Linear linear = transformer.layers().get(i).qkv().columns(from, from + transformer.hidden());
        return products.apply(graph, i, Site.QKV, input, linear, part.in(i) + ".product");
    }

    private String attention(String name, String queries, String keys, String values) {
        String mixed = graph.node(
                "MultiHeadAttention",
                name + ".attention",
                List.of(queries, keys, values, "", "lengths"),
                attribute("num_heads", transformer.heads()),
                attribute("scale", transformer.attentionScale()));
        return graph.node(
                "Reshape", name + ".mixed", List.of(mixed, graph.vector("rows_of_hidden", -1, transformer.hidden())));
    }

    private String feedForward(int i, String mixed, String residual) {
        Layer layer = transformer.layers().get(i);
        String name = "layer.%d".formatted(i);
        String output = linear(i, Site.OUTPUT, mixed, layer.output());
        String attended = normalize(name + ".attended", output, residual, layer.attentionNorm());
        String up = linear(i, Site.UP, attended, layer.up());
        String activated = graph.node("Gelu", name + ".gelu", List.of(up));
        String down = linear(i, Site.DOWN, activated, layer.down());
        return normalize(name + ".rows", down, attended, layer.outputNorm());
    }

    private String linear(int i, Site site, String rows, Linear linear) {
        String input = products.prepare(graph, i, site, rows);
        return products.apply(graph, i, site, input, linear, site.of(i) + ".product");
    }

    private String normalize(String name, String rows, String residual, Norm norm) {
        return graph.node(
                "SkipLayerNormalization",
                name,
                List.of(
                        rows,
                        residual,
                        graph.constant(name + ".gain", norm.gain()),
                        graph.constant(name + ".bias", norm.bias())),
                attribute("epsilon", transformer.epsilon()));
    }

    private Tensor positionsOfFirstType() {
        float[] positions = transformer.positions().floats();
        float[] types = transformer.types().floats();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += types[i % transformer.hidden()];
        }
        return Tensor.of(positions, transformer.positions().shape());
    }
}
