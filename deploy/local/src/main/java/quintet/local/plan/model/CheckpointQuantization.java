package quintet.local.plan.model;

import java.util.Locale;
import quintet.failure.Failure;
import quintet.local.plan.model.Quantization.Method;
import tools.jackson.databind.JsonNode;

/** Reads the {@code quantization_config} of a checkpoint that was quantized before it was published. */
final class CheckpointQuantization {
    private static final int GROUP = 128;

    private CheckpointQuantization() {}

    static Quantization of(ConfigFields config) {
        JsonNode told = config.child("quantization_config");
        if (!told.isObject()) {
            return Quantization.NONE;
        }
        String method = told.path("quant_method").asString("").toLowerCase(Locale.ROOT);
        int bits = told.path("bits").asInt(told.path("w_bit").asInt(4));
        int group = told.path("group_size").asInt(told.path("q_group_size").asInt(GROUP));
        return switch (method) {
            case "fp8", "fbgemm_fp8" -> Quantization.of(Method.FP8).inCheckpointToo();
            case "awq", "awq_marlin" -> grouped(config, Method.AWQ, bits, group);
            case "gptq", "gptq_marlin" -> grouped(config, Method.GPTQ, bits, group);
            case "mxfp4" -> Quantization.of(Method.MXFP4).inCheckpointToo();
            case "compressed-tensors" -> compressed(config, told);
            default -> throw unknown(config, "quant_method " + method);
        };
    }

    private static Quantization grouped(ConfigFields config, Method method, int bits, int group) {
        if (bits != 4 && bits != 8) {
            throw unknown(config, method.word() + " with " + bits + " bits");
        }
        return Quantization.grouped(method, bits, group, true);
    }

    /** The first group of layers speaks for all, as in the checkpoints that llm-compressor writes. */
    private static Quantization compressed(ConfigFields config, JsonNode told) {
        for (JsonNode layers : told.path("config_groups")) {
            JsonNode weights = layers.path("weights");
            int bits = weights.path("num_bits").asInt(0);
            String type = weights.path("type").asString("");
            if (bits == 8 && type.equals("float")) {
                return Quantization.of(Method.FP8).inCheckpointToo();
            }
            if (bits == 8 && type.equals("int")) {
                return Quantization.of(Method.INT8).inCheckpointToo();
            }
            if (bits == 4 && type.equals("int")) {
                int group = weights.path("group_size").asInt(GROUP);
                return Quantization.grouped(Method.GPTQ, bits, group, true);
            }
            throw unknown(config, "compressed-tensors with " + bits + " bits of type " + type);
        }
        throw unknown(config, "compressed-tensors without config_groups");
    }

    private static Failure unknown(ConfigFields config, String what) {
        return Failure.invalidInput(
                "UNKNOWN_QUANTIZATION",
                "quantization_config of %s is %s; known are fp8, fbgemm_fp8, awq, gptq, mxfp4 and compressed-tensors of 4 or 8 bits",
                config.source(),
                what);
    }
}
