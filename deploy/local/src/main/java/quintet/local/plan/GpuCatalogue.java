package quintet.local.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import quintet.failure.Failure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The GPUs known by name. */
public final class GpuCatalogue {
    private static final String RESOURCE = "/quintet/local/plan/gpus.json";

    private final List<Gpu> gpus;

    private GpuCatalogue(List<Gpu> gpus) {
        this.gpus = List.copyOf(gpus);
    }

    /** Reads the resource. */
    public static GpuCatalogue load() {
        try (InputStream in = GpuCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            return new GpuCatalogue(JsonMapper.shared()
                    .readTree(in)
                    .path("gpus")
                    .valueStream()
                    .map(GpuCatalogue::gpu)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, in the order of the resource. */
    public List<Gpu> gpus() {
        return gpus;
    }

    /** Returns the GPU of that name, or fails naming all. */
    public Gpu get(String name) {
        return gpus.stream()
                .filter(gpu -> gpu.name().equalsIgnoreCase(name)
                        || gpu.aliases().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .orElseThrow(() -> Failure.invalidInput(
                        "UNKNOWN_GPU",
                        "There is no GPU %s; known are %s",
                        name,
                        gpus.stream().map(Gpu::name).collect(Collectors.joining(", "))));
    }

    private static Gpu gpu(JsonNode node) {
        return new Gpu(
                node.path("name").asString(),
                node.path("aliases").valueStream().map(JsonNode::asString).toList(),
                node.path("title").asString(),
                node.path("memoryGib").asDouble(),
                node.path("bandwidthGBps").asDouble(),
                node.path("bf16Tflops").asDouble(),
                node.path("fp8Tflops").asDouble(),
                node.path("int8Tops").asDouble(),
                node.path("nvlinkGBps").asDouble(),
                node.path("nvlinkGpus").asInt(),
                node.path("pcieGBps").asDouble(),
                Double.parseDouble(node.path("computeCapability").asString()),
                node.path("source").asString());
    }
}
