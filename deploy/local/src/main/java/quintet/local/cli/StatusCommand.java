package quintet.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.part.PartState;
import quintet.local.part.PartStatus;
import quintet.local.process.ResidentMemory;
import quintet.local.suite.DataFolder;
import quintet.local.suite.LauncherLog;
import quintet.local.suite.Leftovers;
import quintet.local.suite.SuiteStatus;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code status}: what every part is doing. */
@Command(
        name = "status",
        description = "Shows state, process, port, memory and restarts of every part.",
        footer = "Exit codes: 0 all ready; 1 running, but a part is not ready; 3 not running.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final String ROW = "%-9s  %-10s  %8s  %6s  %9s  %8s  %s";

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    private final Terminal terminal = Terminal.standard();

    /** A part and the memory of its process; empty for a part inside the launcher's. */
    private record Row(PartStatus part, OptionalLong memory) {}

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        Optional<SuiteStatus> running = SuiteStatus.ofRunning(folder);
        if (running.isEmpty()) {
            return notRunning(folder);
        }
        SuiteStatus status = running.get();
        OptionalLong own = ResidentMemory.of(status.launcher().pid());
        List<Row> rows = status.parts().stream()
                .map(part -> new Row(part, memory(part, status.launcher().pid())))
                .toList();
        long total = own.orElse(0)
                + rows.stream().mapToLong(row -> row.memory().orElse(0)).sum();
        if (json) {
            print(asJson(status, own, rows, total));
        } else {
            printTable(status, own, rows, total);
        }
        return rows.stream().allMatch(row -> row.part().state() == PartState.READY) ? ExitCode.OK : ExitCode.FAILED;
    }

    private int notRunning(DataFolder folder) {
        Map<String, ProcessHandle> left = Leftovers.of(folder).find();
        if (json) {
            print(Map.of("running", false, "data", folder.root().toString(), "left", List.copyOf(left.keySet())));
        } else {
            terminal.println("Quintet is not running with " + folder.root() + ". Start it with " + data.command("up"));
            if (!left.isEmpty()) {
                terminal.println("A launcher that was killed left " + String.join(", ", left.keySet()) + "; "
                        + data.command("down") + " stops them, and so does the next up.");
            }
        }
        return ExitCode.NOT_RUNNING;
    }

    private void printTable(SuiteStatus status, OptionalLong own, List<Row> rows, long total) {
        terminal.println("Quintet is " + status.phase().name().toLowerCase(Locale.ROOT) + " at "
                + terminal.bold(status.url().toString()) + ", data in "
                + data.folder().root());
        terminal.println("");
        terminal.println(terminal.dim(ROW.formatted("part", "state", "process", "port", "memory", "restarts", "")));
        terminal.println(
                ROW.formatted(LauncherLog.NAME, "", status.launcher().pid(), "", mib(own), "", "holds the door"));
        for (Row row : rows) {
            PartStatus part = row.part();
            boolean inLauncher = part.pid() == status.launcher().pid();
            terminal.println(ROW.formatted(
                            part.name(),
                            part.state().name().toLowerCase(Locale.ROOT),
                            inLauncher || part.pid() == 0 ? "" : part.pid(),
                            part.port() == 0 ? "" : part.port(),
                            mib(row.memory()),
                            part.restarts(),
                            part.detail())
                    .stripTrailing());
        }
        terminal.println("");
        terminal.println("%.2f GB of memory together".formatted(total / 1e9));
    }

    private static Map<String, Object> asJson(SuiteStatus status, OptionalLong own, List<Row> rows, long total) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("running", true);
        object.put("phase", status.phase());
        object.put("url", status.url());
        object.put("launcher", Map.of("pid", status.launcher().pid(), "memoryBytes", own.orElse(0)));
        object.put("memoryBytes", total);
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("name", row.part().name());
            part.put("state", row.part().state());
            part.put("detail", row.part().detail());
            part.put("pid", row.part().pid());
            part.put("port", row.part().port());
            part.put("restarts", row.part().restarts());
            part.put("since", row.part().since());
            row.memory().ifPresent(bytes -> part.put("memoryBytes", bytes));
            parts.add(part);
        }
        object.put("parts", parts);
        return object;
    }

    private void print(Map<String, Object> object) {
        terminal.println(JsonMapper.shared()
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(object));
    }

    private static OptionalLong memory(PartStatus part, long launcher) {
        return part.pid() == 0 || part.pid() == launcher ? OptionalLong.empty() : ResidentMemory.ofTree(part.pid());
    }

    private static String mib(OptionalLong bytes) {
        return bytes.isPresent() ? "%.0f MB".formatted(bytes.getAsLong() / 1e6) : "";
    }
}
