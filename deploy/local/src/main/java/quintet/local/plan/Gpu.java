package quintet.local.plan;

import static quintet.local.plan.model.Checks.require;

import java.util.List;
import quintet.local.plan.model.Quantization;

/**
 * A kind of GPU, by its data sheet.
 *
 * @param memoryGib as the driver shows it, in GiB
 * @param bandwidthGbps of its memory, in GB/s
 * @param bf16Tflops dense, in TFLOPS
 * @param fp8Tflops dense; 0 where there is no such unit
 * @param int8Tops dense; 0 where there is no such unit
 * @param nvlinkGbps to its neighbours, both directions together, in GB/s; 0 where there is none
 * @param nvlinkGpus how many GPUs NVLink joins
 * @param pcieGbps both directions together, in GB/s
 * @param computeCapability of CUDA
 * @param source where the figures are from
 */
public record Gpu(
        String name,
        List<String> aliases,
        String title,
        double memoryGib,
        double bandwidthGbps,
        double bf16Tflops,
        double fp8Tflops,
        double int8Tops,
        double nvlinkGbps,
        int nvlinkGpus,
        double pcieGbps,
        double computeCapability,
        String source) {
    private static final double GIB = 1L << 30;
    private static final double FP8_SINCE = 8.9;
    private static final double INT8_BEFORE = 10.0;
    /** From here on GPUs have room for the larger steps that vLLM takes on them by default. */
    private static final double LARGE_GIB = 70;

    public Gpu {
        aliases = List.copyOf(aliases);
        require(memoryGib > 0 && bandwidthGbps > 0 && bf16Tflops > 0, "%s has no memory, bandwidth or TFLOPS", name);
        require(fp8Tflops >= 0 && int8Tops >= 0 && nvlinkGbps >= 0 && pcieGbps > 0, "%s has negative figures", name);
        require(nvlinkGpus >= 1, "nvlinkGpus of %s is %d, must be at least 1", name, nvlinkGpus);
    }

    long memoryBytes() {
        return Math.round(memoryGib * GIB);
    }

    boolean large() {
        return memoryGib >= LARGE_GIB;
    }

    /** Whether keys and values can be kept in 8-bit floating point. */
    boolean keepsFp8() {
        return computeCapability >= FP8_SINCE;
    }

    /** Whether vLLM has kernels for 8-bit integers on it; there are none for Blackwell. */
    boolean multipliesInt8() {
        return int8Tops > 0 && computeCapability < INT8_BEFORE;
    }

    /** Operations a second of matrix products with weights that are kept so; 8-bit floats are widened where there is no unit. */
    double flops(Quantization.Method method) {
        double tera = switch (method) {
            case FP8 -> fp8Tflops > 0 ? fp8Tflops : bf16Tflops;
            case INT8 -> int8Tops;
            case NONE, AWQ, GPTQ, MXFP4 -> bf16Tflops;
        };
        return tera * 1e12;
    }

    boolean joins(int gpus) {
        return nvlinkGbps > 0 && gpus <= nvlinkGpus;
    }
}
