package quintet.encoder.graph;

import java.util.List;
import java.util.Random;

/**
 * A graph of nothing but matrix products, of the shape that transformers have: how many operations a second a processor can do. Its
 * input is {@code rows [rows, in]}, unsigned bytes or single precision.
 *
 * @param rows tokens of a run
 * @param in width of the input
 * @param out width of the output
 * @param count products of one run
 */
public record MatrixProducts(int rows, int in, int out, int count) {
    /** Returns the operations of a run: a multiplication and an addition for each weight and row. */
    public long operations() {
        return 2L * rows * in * out * count;
    }

    /** Returns the graph of products of 8-bit integers with 32-bit sums, as an ONNX model. */
    public byte[] integers() {
        GraphBuilder graph = new GraphBuilder();
        graph.input("rows", Tensor.Type.UINT8, Integer.toString(rows), Integer.toString(in));
        for (int i = 0; i < count; i++) {
            byte[] weights = new byte[in * out];
            new Random(i).nextBytes(weights);
            String product = graph.node(
                    "MatMulInteger",
                    "product.%d".formatted(i),
                    List.of("rows", graph.constant("weight.%d".formatted(i), Tensor.of(weights, in, out))));
            graph.output(product, Tensor.Type.INT32, Integer.toString(rows), Integer.toString(out));
        }
        return graph.toModel("integer-products");
    }

    /** Returns the graph of products in single precision, as an ONNX model. */
    public byte[] floats() {
        GraphBuilder graph = new GraphBuilder();
        graph.input("rows", Tensor.Type.FLOAT, Integer.toString(rows), Integer.toString(in));
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            float[] weights = new float[in * out];
            for (int w = 0; w < weights.length; w++) {
                weights[w] = random.nextFloat() - 0.5f;
            }
            String product = graph.node(
                    "MatMul",
                    "product.%d".formatted(i),
                    List.of("rows", graph.constant("weight.%d".formatted(i), Tensor.of(weights, in, out))));
            graph.output(product, Tensor.Type.FLOAT, Integer.toString(rows), Integer.toString(out));
        }
        return graph.toModel("float-products");
    }
}
