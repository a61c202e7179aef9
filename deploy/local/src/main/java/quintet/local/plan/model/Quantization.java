package quintet.local.plan.model;

import static quintet.local.plan.model.Checks.require;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import quintet.failure.Failure;

/**
 * How the weights of a checkpoint are kept. Embeddings, output heads, norms, biases and routers stay in 16 bits.
 *
 * @param bits of a weight with its share of scales and zero points
 * @param group weights that share a scale, of the method whose groups may not be cut by tensor parallelism; 0 where that doesn't matter
 * @param inCheckpoint whether the checkpoint itself says so
 */
public record Quantization(Method method, double bits, int group, boolean inCheckpoint) {
    /** Bits that scale and zero point of a group of 4-bit weights take. */
    private static final int GROUP_BITS = 16 + 4;

    private static final int USUAL_GROUP = 128;

    /** As it was trained. */
    public static final Quantization NONE = new Quantization(Method.NONE, 16, 0, false);

    /** The methods that are known. */
    public enum Method {
        /** 16-bit weights. */
        NONE,
        /** 8-bit floating point, weights and activations. */
        FP8,
        /** 8-bit integers, weights and activations. */
        INT8,
        /** 4-bit integers in groups (Lin et al. 2023), multiplied in 16 bits. */
        AWQ,
        /** 4- or 8-bit integers in groups (Frantar et al. 2022), multiplied in 16 bits. */
        GPTQ,
        /** 4-bit floating point in blocks of 32 (OCP Microscaling), of experts only. */
        MXFP4;

        /** As on the command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Quantization {
        require(bits > 0 && bits <= 32, "bits of a weight are %s, must be more than 0 and at most 32", bits);
    }

    public static Quantization of(Method method) {
        return switch (method) {
            case NONE -> NONE;
            case FP8, INT8 -> new Quantization(method, 8, 0, false);
            case AWQ, GPTQ -> grouped(method, 4, USUAL_GROUP, false);
            case MXFP4 -> new Quantization(method, 4 + 8.0 / 32, 0, false);
        };
    }

    public static Quantization grouped(Method method, int bits, int group, boolean inCheckpoint) {
        // A group of 0 or less stands for one scale a column.
        return new Quantization(
                method, group > 0 ? bits + (double) GROUP_BITS / group : bits, Math.max(0, group), inCheckpoint);
    }

    public Quantization inCheckpointToo() {
        return new Quantization(method, bits, group, true);
    }

    /** The same, of another checkpoint than the one that was read: how its groups lie is not known. */
    public Quantization ofReadyCheckpoint() {
        return new Quantization(method, bits, 0, true);
    }

    /** Returns the method of that name, or fails naming all. */
    public static Method method(String word) {
        return Arrays.stream(Method.values())
                .filter(method -> method.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Failure.invalidInput(
                        "UNKNOWN_QUANTIZATION",
                        "--quantization is %s, must be one of %s",
                        word,
                        Arrays.stream(Method.values()).map(Method::word).collect(Collectors.joining(", "))));
    }

    /** Bytes of a parameter of attention and feed-forward matrices. */
    public double bytesOfLinear() {
        return method == Method.MXFP4 ? 2 : bits / 8;
    }

    /** Bytes of a parameter of routed experts. */
    public double bytesOfExpert() {
        return bits / 8;
    }

    /** In words. */
    public String describe() {
        return switch (method) {
            case NONE -> "16-bit weights";
            case FP8, INT8 -> method.word() + " weights";
            case AWQ, GPTQ -> String.format(Locale.ROOT, "%s weights, %.2f bits with scales", method.word(), bits);
            case MXFP4 -> "mxfp4 experts, 4.25 bits with scales";
        };
    }
}
