package quintet.local.plan;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quintet.local.plan.model.ModelShape;

/** A plan for people: what it is, where the memory goes, what fits, how fast, and the commands. */
public final class PlanText {
    private static final double KIB = 1024;
    private static final double GIB = 1L << 30;
    private static final double PAYS_ALWAYS = 1.25;

    private final Plan plan;
    private final ModelShape model;
    private final Candidate best;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan) {
        this.plan = plan;
        this.model = plan.request().shape();
        this.best = plan.best();
    }

    /** The lines. */
    public static List<String> of(Plan plan) {
        PlanText text = new PlanText(plan);
        text.model();
        text.layout();
        text.memory();
        text.speed();
        text.notes();
        text.commands();
        return text.lines;
    }

    private void model() {
        add("%s on %s", plan.request().name(), plan.request().gpu().title());
        add(
                "  %,d parameters, %s%s",
                model.parameters().total(),
                plan.quantization().describe(),
                model.experts().dense()
                        ? ""
                        : "; %d of %d experts for each token"
                                .formatted(
                                        model.experts().perToken(),
                                        model.experts().count()));
        add("  %d layers, %s", model.layers(), model.attention().describe());
        if (!model.windows().describe().isEmpty()) {
            add("  %s", model.windows().describe());
        }
        int bytes = plan.request().cache().bytes();
        add(
                "  keys and values: %.1f KiB a token; a sequence of %,d tokens takes %.2f GiB",
                model.cacheBytesPerToken(bytes) / KIB,
                plan.request().load().contextTokens(),
                model.cacheBytesOfSequence(plan.request().load().contextTokens(), bytes) / GIB);
    }

    private void layout() {
        Layout layout = best.layout();
        add("");
        add(
                "Layout     %,d %s: %s%s",
                layout.gpus(),
                layout.gpus() == 1 ? "GPU" : "GPUs",
                layout.describe(),
                layout.nodesOfServer() > 1 ? ", each over %d machines".formatted(layout.nodesOfServer()) : "");
        Workload load = plan.request().load();
        add(
                "Fits       %s sequences of %,d tokens a server%s",
                atMost(best.sequencesOfLongest()),
                load.contextTokens(),
                load.sequenceTokens() == load.contextTokens()
                        ? String.format(
                                Locale.ROOT, " (prompt %,d, answer %,d)", load.promptTokens(), load.outputTokens())
                        : String.format(
                                Locale.ROOT,
                                ", %s of %,d (prompt %,d, answer %,d)",
                                atMost(best.sequencesOfUsual()),
                                load.sequenceTokens(),
                                load.promptTokens(),
                                load.outputTokens()));
        if (!plan.others().isEmpty()) {
            add("Others     GPUs  layout                                 at a time   tokens/s   next token");
            plan.others().forEach(this::other);
        }
    }

    private void other(Candidate candidate) {
        Layout layout = candidate.layout();
        add(
                "           %4d  %-38s %9d  %9.0f  %8.1f ms",
                layout.gpus(),
                layout.describe(),
                (long) candidate.serving() * layout.servers(),
                candidate.speed().tokensPerSecond(),
                candidate.speed().nextTokenFullMs());
    }

    private static String atMost(int sequences) {
        return sequences == LayoutSearch.MOST_SEQUENCES
                ? String.format(Locale.ROOT, "%,d or more", sequences)
                : String.format(Locale.ROOT, "%,d", sequences);
    }

    private void memory() {
        add("");
        add("Memory of each GPU%s", best.layout().pipelineParallel() > 1 ? " of the longest stage" : "");
        Setup setup = new Setup(model, plan.quantization(), plan.request().cache(), best.layout());
        int tokens = plan.request().load().sequenceTokens();
        long each = setup.cacheBytes(tokens)
                + plan.drafter()
                        .cacheBytes(
                                tokens,
                                best.layout().tensorParallel(),
                                plan.request().cache());
        MemoryBar.of(best.memory(), best.serving() * each).forEach(line -> add("  %s", line));
    }

    private void speed() {
        Speed speed = best.speed();
        add("");
        add(
                "Speed      limit of the data sheet for one sequence %.0f tokens/s, for prompts %,.0f tokens/s a server",
                speed.decodeLimitAlone(), speed.prefillLimit());
        add(
                "           estimated alone: first token after %.0f ms, then one every %.1f ms",
                speed.firstTokenAloneMs(), speed.nextTokenAloneMs());
        add(
                "           estimated full, %d a server: one every %.1f ms, %,.0f tokens/s and %.1f answers/s in all; steps wait for %s",
                speed.sequences(),
                speed.nextTokenFullMs(),
                speed.tokensPerSecond(),
                speed.requestsPerSecond(),
                speed.memoryBound() ? "memory" : "arithmetic");
        add("           all at once: the last has its first token after %.1f s", speed.firstTokenBurstMs() / 1000);
        if (speed.draftedTokens() > 0) {
            add(
                    "Drafts     %s, %d tokens a step: pays from %.2f tokens a step alone, from %.2f when full%s",
                    plan.drafter().describe(),
                    speed.draftedTokens(),
                    speed.breakEvenAlone(),
                    speed.breakEvenFull(),
                    speed.breakEvenFull() <= PAYS_ALWAYS ? "" : "; look at its acceptance under load");
        }
    }

    private void notes() {
        if (!plan.notes().isEmpty()) {
            add("");
            plan.notes().forEach(note -> add("Note       %s", note));
        }
    }

    private void commands() {
        List<List<String>> commands = plan.arguments().commands();
        for (int node = 0; node < commands.size(); node++) {
            add("");
            add("%s", title(node, commands.size()));
            lines.add(ServerArguments.shell(commands.get(node)).indent(2).stripTrailing());
        }
        add("");
        add("Kustomize  deploy/kustomize/overlays/NAME/kustomization.yaml");
        lines.add(KustomizeValues.of(plan).indent(2).stripTrailing());
    }

    private static String title(int node, int nodes) {
        if (nodes == 1) {
            return "Server";
        }
        return node == 0
                ? "Server, machine 1; put its address in the place of " + ServerArguments.FIRST_NODE
                : "Server, machine " + (node + 1);
    }

    @FormatMethod
    private void add(@FormatString String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments));
    }
}
