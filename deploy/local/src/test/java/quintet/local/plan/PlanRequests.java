package quintet.local.plan;

import org.jspecify.annotations.Nullable;
import quintet.local.plan.model.CatalogueModel;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelCatalogue;
import quintet.local.plan.model.Quantization.Method;

/** Requests for tests: what is not told is as on the command line. */
record PlanRequests(PlanRequest request) {
    static final ModelCatalogue CATALOGUE = ModelCatalogue.load();
    static final GpuCatalogue GPUS = GpuCatalogue.load();

    static PlanRequests of(String model, String gpu) {
        CatalogueModel known = CATALOGUE.get(model);
        return new PlanRequests(new PlanRequest(
                known.name(),
                known.shape(),
                known,
                null,
                GPUS.get(gpu),
                Workload.of(8192, 64, 0, 0),
                null,
                KvCacheType.AUTO,
                "auto",
                0,
                8));
    }

    PlanRequests load(int context, int concurrency, int prompt, int output) {
        return with(
                Workload.of(context, concurrency, prompt, output),
                request.quantization(),
                request.cache(),
                request.speculation(),
                request.gpus());
    }

    PlanRequests concurrency(int concurrency) {
        return load(request.load().contextTokens(), concurrency, 0, 0);
    }

    PlanRequests quantization(Method method) {
        return with(request.load(), method, request.cache(), request.speculation(), request.gpus());
    }

    PlanRequests fp8Cache() {
        return with(request.load(), request.quantization(), KvCacheType.FP8, request.speculation(), request.gpus());
    }

    PlanRequests speculation(String words) {
        return with(request.load(), request.quantization(), request.cache(), words, request.gpus());
    }

    PlanRequests gpus(int gpus) {
        return with(request.load(), request.quantization(), request.cache(), request.speculation(), gpus);
    }

    PlanRequests checkpoint(String name) {
        return new PlanRequests(new PlanRequest(
                request.name(),
                request.shape(),
                request.known(),
                name,
                request.gpu(),
                request.load(),
                request.quantization(),
                request.cache(),
                request.speculation(),
                request.gpus(),
                request.gpusPerNode()));
    }

    Plan plan() {
        return new Planner(CATALOGUE).plan(request);
    }

    private PlanRequests with(
            Workload load, @Nullable Method quantization, KvCacheType cache, String speculation, int gpus) {
        return new PlanRequests(new PlanRequest(
                request.name(),
                request.shape(),
                request.known(),
                request.checkpoint(),
                request.gpu(),
                load,
                quantization,
                cache,
                speculation,
                gpus,
                request.gpusPerNode()));
    }
}
