package quintet.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.failure.Failure;
import quintet.local.plan.GpuCatalogue;
import quintet.local.plan.Plan;
import quintet.local.plan.PlanJson;
import quintet.local.plan.PlanRequest;
import quintet.local.plan.PlanText;
import quintet.local.plan.Planner;
import quintet.local.plan.Workload;
import quintet.local.plan.model.CatalogueModel;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelCatalogue;
import quintet.local.plan.model.ModelReader;
import quintet.local.plan.model.Quantization;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code plan}: which GPUs a model server needs, and how to start it. */
@Command(
        name = "plan",
        description =
                "Plans a model server: memory, parallelism, speed, the arguments of vllm serve and the values for deploy/kustomize. It only"
                        + " computes: nothing is downloaded, no GPU is needed.",
        footer =
                "Exit codes: 0 planned and the load is carried; 1 planned, but not for all of the load, or it does not fit; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE|NAME",
            description = "A model's config.json, or the name of a well-known one, such as llama-3.1-8b.")
    private String model = "";

    @Option(
            names = "--gpu",
            required = true,
            paramLabel = "GPU",
            description = "Kind of GPU: h100, h200, b200, a100, l40s, l4, a10, ...; an unknown one lists all.")
    private String gpu = "";

    @Option(
            names = "--context",
            defaultValue = "8192",
            paramLabel = "TOKENS",
            description = "Longest sequence, prompt and answer together. Default: ${DEFAULT-VALUE}.")
    private int context;

    @Option(
            names = "--concurrency",
            defaultValue = "64",
            paramLabel = "N",
            description = "Sequences at the same time. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--prompt-tokens",
            defaultValue = "0",
            paramLabel = "TOKENS",
            description = "Prompt of a usual sequence. Default: what --context leaves beside the answer.")
    private int promptTokens;

    @Option(
            names = "--output-tokens",
            defaultValue = "0",
            paramLabel = "TOKENS",
            description = "Answer of a usual sequence. Default: 512, at most a quarter of --context.")
    private int outputTokens;

    @Option(
            names = "--quantization",
            paramLabel = "METHOD",
            description = "fp8, int8, awq, gptq, mxfp4 or none. Default: what config.json says.")
    private @Nullable String quantization;

    @Option(
            names = "--kv-cache-dtype",
            defaultValue = "auto",
            paramLabel = "TYPE",
            description = "auto (16 bits) or fp8. Default: ${DEFAULT-VALUE}.")
    private String cache = "auto";

    @Option(
            names = "--speculative",
            defaultValue = "auto",
            paramLabel = "METHOD",
            description =
                    "ngram, eagle, eagle=NAME, draft=FILE|NAME or none. Default: ngram, where the layout allows it.")
    private String speculative = "auto";

    @Option(
            names = "--gpus",
            defaultValue = "0",
            paramLabel = "N",
            description = "How many GPUs there are. Default: as few as carry the load.")
    private int gpus;

    @Option(
            names = "--gpus-per-node",
            defaultValue = "8",
            paramLabel = "N",
            description = "GPUs of a machine. Default: ${DEFAULT-VALUE}.")
    private int gpusPerNode;

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "Repository or folder that the server is to load, where it is another than the model's.")
    private @Nullable String checkpoint;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            Plan plan = plan();
            if (json) {
                System.out.println(JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(PlanJson.of(plan)));
            } else {
                PlanText.of(plan).forEach(System.out::println);
            }
            return plan.carries() ? ExitCode.OK : ExitCode.FAILED;
        } catch (Failure failure) {
            System.err.println(failure.getMessage());
            return failure.reason().equals("DOES_NOT_FIT") ? ExitCode.FAILED : ExitCode.USAGE;
        }
    }

    private Plan plan() {
        ModelCatalogue catalogue = ModelCatalogue.load();
        Path file = Path.of(model);
        Path config = Files.isDirectory(file) ? file.resolve("config.json") : file;
        boolean isFile = Files.isRegularFile(config);
        CatalogueModel known = isFile ? null : catalogue.get(model);
        return new Planner(catalogue)
                .plan(new PlanRequest(
                        known == null ? folderOf(config) : known.name(),
                        known == null ? ModelReader.read(config) : known.shape(),
                        known,
                        checkpoint,
                        GpuCatalogue.load().get(gpu),
                        Workload.of(context, concurrency, promptTokens, outputTokens),
                        quantization == null ? null : Quantization.method(quantization),
                        KvCacheType.of(cache),
                        speculative,
                        gpus,
                        gpusPerNode));
    }

    private static String folderOf(Path config) {
        return String.valueOf(config.toAbsolutePath().normalize().getParent());
    }
}
