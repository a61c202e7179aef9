package quintet.encoder.graph;

import static quintet.encoder.graph.GraphBuilder.attribute;

import java.util.List;

/**
 * Products of unsigned 8-bit activations, with one scale and zero point a place that are fixed beforehand, and signed 8-bit weights with
 * a scale a column. As nothing is measured while the graph runs, a text's result does not depend on what else is in the batch.
 */
record IntegerProducts(SmoothQuant smoothed) implements Products {
    private static final int WEIGHT_MAX = 127;

    /** A scale a row: a quarter of the memory, and no value is off by more than 1/254 of the largest of its row. */
    @Override
    public String words(GraphBuilder graph, Tensor table, String ids) {
        int width = table.size(1);
        float[] values = table.floats();
        float[] scales = new float[table.size(0)];
        byte[] steps = new byte[values.length];
        for (int row = 0; row < scales.length; row++) {
            float greatest = 1e-8f;
            for (int i = row * width; i < (row + 1) * width; i++) {
                greatest = Math.max(greatest, Math.abs(values[i]));
            }
            scales[row] = greatest / WEIGHT_MAX;
            for (int i = row * width; i < (row + 1) * width; i++) {
                steps[i] = (byte) Math.rint(values[i] / scales[row]);
            }
        }
        String row = graph.gather("word_steps", Tensor.of(steps, scales.length, width), ids);
        String scale = graph.gather("word_scales", Tensor.of(scales, scales.length, 1), ids);
        String whole = graph.node("Cast", "word_rows.whole", List.of(row), attribute("to", Tensor.Type.FLOAT.number));
        return graph.node("Mul", "word_rows", List.of(whole, scale));
    }

    @Override
    public String prepare(GraphBuilder graph, int layer, Site site, String activations) {
        String place = site.of(layer);
        SmoothQuant.Range range = smoothed.range(layer, site);
        String divided = smoothed.divisors(layer, site)
                .map(divisors -> graph.node(
                        "Mul",
                        place + ".divided",
                        List.of(activations, graph.constant(place + ".factors", reciprocals(divisors)))))
                .orElse(activations);
        return graph.node(
                "QuantizeLinear",
                place + ".quantized",
                List.of(divided, scale(graph, place, range), zero(graph, place, range)));
    }

    @Override
    public String apply(GraphBuilder graph, int layer, Site site, String input, Linear linear, String name) {
        String place = site.of(layer);
        SmoothQuant.Range range = smoothed.range(layer, site);
        float[] scales = new float[linear.out()];
        byte[] weights = new byte[linear.in() * linear.out()];
        for (int column = 0; column < linear.out(); column++) {
            float greatest = 1e-8f;
            for (int row = 0; row < linear.in(); row++) {
                greatest = Math.max(greatest, Math.abs(linear.weight(row, column)));
            }
            scales[column] = greatest / WEIGHT_MAX;
            for (int row = 0; row < linear.in(); row++) {
                weights[row * linear.out() + column] = (byte) Math.rint(linear.weight(row, column) / scales[column]);
            }
        }
        return graph.node(
                "MatMulIntegerToFloat",
                name,
                List.of(
                        input,
                        graph.constant(name + ".weight", Tensor.of(weights, linear.in(), linear.out())),
                        scale(graph, place, range),
                        graph.constant(name + ".weight_scale", Tensor.of(scales, linear.out())),
                        zero(graph, place, range),
                        // Said although it is 0: ONNX Runtime's change to unsigned weights passes over a node without
                        // it.
                        graph.constant(name + ".weight_zero", Tensor.of(new byte[] {0})),
                        graph.constant(name + ".bias", linear.biases())));
    }

    private static String scale(GraphBuilder graph, String place, SmoothQuant.Range range) {
        return graph.constant(place + ".scale", Tensor.of(new float[] {range.scale()}));
    }

    private static String zero(GraphBuilder graph, String place, SmoothQuant.Range range) {
        return graph.constant(place + ".zero", Tensor.ofUnsigned(range.zeroPoint()));
    }

    private static Tensor reciprocals(float[] divisors) {
        float[] factors = new float[divisors.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = 1 / divisors[i];
        }
        return Tensor.of(factors, factors.length);
    }
}
