package quintet.local.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.local.plan.model.CatalogueModel;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelCatalogue;
import quintet.local.plan.model.Quantization;
import quintet.local.plan.model.Quantization.Method;

/**
 * Plans a model server: which quantization, what drafts, how many GPUs in which layout, and the arguments that say so.
 *
 * <p>Fails with INVALID_INPUT, naming the value and the bound, where a request makes no sense or does not fit.
 */
public final class Planner {
    private static final int OTHERS = 4;

    private final DrafterChoice drafters;

    /** Takes the models that drafts may be named from. */
    public Planner(ModelCatalogue catalogue) {
        this.drafters = new DrafterChoice(catalogue);
    }

    /** Plans. */
    public Plan plan(PlanRequest request) {
        requireFits(request);
        List<String> notes = new ArrayList<>();
        Optional<String> ready = readyCheckpoint(request);
        Quantization quantization = quantization(request, ready.isPresent(), notes);
        requireKernels(request, quantization, notes);
        Drafter drafter = drafters.choose(request);
        LayoutSearch search = search(request, quantization, drafter, drafter.tokens() == 0);
        List<Candidate> found = search.search(request.gpus());
        if (request.speculation().equalsIgnoreCase("auto")) {
            LayoutSearch stages = search(request, quantization, new Drafter.None(), true);
            List<Candidate> withStages = stages.search(request.gpus());
            if (pipelinePays(search, found, withStages)) {
                drafter = new Drafter.None();
                search = stages;
                found = withStages;
                notes.add("The layout has a pipeline, in which drafts can't be checked: speculation is left out.");
            }
        }
        if (found.isEmpty()) {
            throw search.nothingFits(request.gpus());
        }
        Candidate best = found.getFirst();
        boolean carries = search.carries(best);
        note(request, best, carries, notes);
        String served = ready.orElse(request.name());
        return new Plan(
                request,
                quantization,
                drafter,
                best,
                carries,
                LayoutSearch.others(found, OTHERS),
                ServerArguments.of(served, quantization, request.cache(), drafter, request.load(), best),
                notes);
    }

    /** Whether layers one after another do with fewer GPUs, or at all, what the layouts that drafts can be checked in do. */
    private static boolean pipelinePays(LayoutSearch search, List<Candidate> found, List<Candidate> withStages) {
        if (withStages.isEmpty() || withStages.getFirst().layout().pipelineParallel() == 1) {
            return false;
        }
        if (found.isEmpty()) {
            return true;
        }
        Candidate drafted = found.getFirst();
        Candidate staged = withStages.getFirst();
        return search.carries(staged) == search.carries(drafted)
                ? staged.layout().gpus() < drafted.layout().gpus()
                : search.carries(staged);
    }

    private static LayoutSearch search(
            PlanRequest request, Quantization quantization, Drafter drafter, boolean pipelines) {
        return new LayoutSearch(request.shape(), quantization, drafter, request, pipelines);
    }

    private static void requireFits(PlanRequest request) {
        int limit = request.shape().contextLimit();
        if (request.load().contextTokens() > limit) {
            throw Failure.invalidInput(
                    "CONTEXT_TOO_LONG",
                    "--context is %,d, must be at most %,d, which %s was made for (max_position_embeddings)",
                    request.load().contextTokens(),
                    limit,
                    request.name());
        }
    }

    /** What the server is to load in the place of the model: what the caller names, or a known one that is quantized as asked for. */
    private static Optional<String> readyCheckpoint(PlanRequest request) {
        Method asked = request.quantization();
        CatalogueModel known = request.known();
        if (request.checkpoint() != null) {
            return Optional.of(request.checkpoint());
        }
        return asked == null || known == null || request.shape().checkpoint().method() != Method.NONE
                ? Optional.empty()
                : known.checkpoint(asked);
    }

    private static Quantization quantization(PlanRequest request, boolean ready, List<String> notes) {
        Quantization told = request.shape().checkpoint();
        Method asked = request.quantization() == null ? told.method() : request.quantization();
        if (told.method() != Method.NONE) {
            if (asked != told.method()) {
                throw Failure.invalidInput(
                        "QUANTIZED_ALREADY",
                        "--quantization is %s, but the checkpoint is quantized with %s by its config.json: leave the option out",
                        asked.word(),
                        told.method().word());
            }
            return told;
        }
        if (asked == Method.NONE) {
            return Quantization.NONE;
        }
        Quantization wanted = Quantization.of(asked);
        if (ready) {
            return wanted.ofReadyCheckpoint();
        }
        notes.add(
                asked == Method.FP8
                        ? "The server quantizes the 16-bit checkpoint while it loads it."
                        : "No " + asked.word()
                                + " checkpoint of this model is known: the server needs one, name it with --checkpoint.");
        return wanted;
    }

    private static void requireKernels(PlanRequest request, Quantization quantization, List<String> notes) {
        Gpu gpu = request.gpu();
        if (request.cache() == KvCacheType.FP8 && !gpu.keepsFp8()) {
            throw Failure.invalidInput(
                    "NO_FP8_CACHE",
                    "--kv-cache-dtype is fp8, which needs compute capability 8.9 or later; an %s has %s",
                    gpu.title(),
                    gpu.computeCapability());
        }
        if (quantization.method() == Method.INT8 && !gpu.multipliesInt8()) {
            throw Failure.invalidInput(
                    "NO_INT8",
                    "--quantization is int8, for which vLLM has no kernels on an %s (compute capability %s): take fp8",
                    gpu.title(),
                    gpu.computeCapability());
        }
        if (quantization.method() == Method.FP8 && gpu.fp8Tflops() == 0) {
            notes.add(
                    "An " + gpu.title()
                            + " has no 8-bit floating point units: fp8 saves memory and bandwidth, prompts are as slow as in 16 bits.");
        }
    }

    private static void note(PlanRequest request, Candidate best, boolean carries, List<String> notes) {
        Layout layout = best.layout();
        if (!carries) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d sequences run at the same time, %,d were asked for: the others wait, or are refused before.",
                    (long) best.serving() * layout.servers(),
                    request.load().concurrency()));
        }
        if (layout.tensorParallel() > request.shape().attention().keyValueHeads()) {
            notes.add(
                    "There are fewer heads of keys and values than GPUs that share a layer: each GPU keeps a whole copy of what it needs, so that"
                            + " further GPUs leave no more room for sequences than their share of the weights.");
        }
        if (layout.tensorParallel() > 1 && !request.gpu().joins(layout.tensorParallel())) {
            notes.add("These GPUs have no NVLink among all that share a layer: each layer waits for PCIe.");
        }
        if (layout.servers() > 1) {
            notes.add("Servers beside each other keep a prefix cache each: send what shares a prefix to the same one.");
        }
        if (layout.servers() > 1 && layout.nodesOfServer() > 1) {
            notes.add(
                    "The kustomize values are those of one server of several machines; apply them once for each server, under names of their own.");
        }
    }
}
