package quintet.encoder.graph;

import java.util.Arrays;
import java.util.List;

/** A graph of one product of bytes: what is fed, as long as {@link #TERMS}, times as many of the largest signed byte. */
public final class LargestByteProducts {
    /** Terms of the one sum. */
    public static final int TERMS = 64;

    private LargestByteProducts() {}

    /** Returns the model: {@code rows}, unsigned bytes {@code [1, TERMS]}, to {@code sums}, {@code [1, 16]} in 32 bits. */
    public static byte[] model() {
        byte[] weights = new byte[TERMS * 16];
        Arrays.fill(weights, Byte.MAX_VALUE);
        GraphBuilder graph = new GraphBuilder();
        graph.input("rows", Tensor.Type.UINT8, "1", Integer.toString(TERMS));
        String sums = graph.node(
                "MatMulInteger",
                "sums",
                List.of(
                        "rows",
                        graph.constant("weights", Tensor.of(weights, TERMS, 16)),
                        graph.constant("row_zero", Tensor.ofUnsigned(0)),
                        graph.constant("weight_zero", Tensor.of(new byte[] {0}))));
        graph.output(sums, Tensor.Type.INT32, "1", "16");
        return graph.toModel("largest-byte-products");
    }
}
