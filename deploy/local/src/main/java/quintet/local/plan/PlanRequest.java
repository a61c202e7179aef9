package quintet.local.plan;

import static quintet.local.plan.model.Checks.require;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.local.plan.model.CatalogueModel;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelShape;
import quintet.local.plan.model.Quantization;

/**
 * What is to be planned.
 *
 * @param name what the server is to load: a repository or a folder
 * @param known the model's entry in the catalogue; null where it was read from a file
 * @param checkpoint what the server is to load instead, told by the caller; null for the model itself
 * @param quantization what was asked for; null for what the checkpoint says
 * @param speculation what drafts tokens: auto, none, ngram, eagle, eagle=NAME or draft=NAME
 * @param gpus how many there are; 0 for as many as needed
 * @param gpusPerNode GPUs of a machine
 */
public record PlanRequest(
        String name,
        ModelShape shape,
        @Nullable CatalogueModel known,
        @Nullable String checkpoint,
        Gpu gpu,
        Workload load,
        Quantization.@Nullable Method quantization,
        KvCacheType cache,
        String speculation,
        int gpus,
        int gpusPerNode) {
    private static final int MOST_GPUS = 4096;
    private static final int MOST_PER_NODE = 16;
    private static final Pattern NAME = Pattern.compile("[\\w./~-]{1,512}");

    public PlanRequest {
        requireName("The model's name", checkpoint == null ? name : checkpoint);
        require(gpus >= 0 && gpus <= MOST_GPUS, "--gpus is %d, must be 1 to %d", gpus, MOST_GPUS);
        require(
                gpusPerNode >= 1 && gpusPerNode <= MOST_PER_NODE,
                "--gpus-per-node is %d, must be 1 to %d",
                gpusPerNode,
                MOST_PER_NODE);
    }

    /** Names go into command lines, YAML and JSON as they are. */
    static void requireName(String what, String name) {
        require(
                NAME.matcher(name).matches() && !name.startsWith("-"),
                "%s is \"%s\", must be letters, digits and ._-/~; name another with --checkpoint",
                what,
                name);
    }
}
