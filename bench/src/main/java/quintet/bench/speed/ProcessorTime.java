package quintet.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Processor time that each part of a suite has used, with its child processes, between two looks; not the launcher's. */
final class ProcessorTime {
    private final Map<String, Map<Long, Duration>> begun;
    private final Supplier<JsonNode> status;

    private ProcessorTime(Supplier<JsonNode> status) {
        this.status = status;
        this.begun = look(status.get());
    }

    /**
     * Takes the first look.
     *
     * @param status what {@code status --json} says; of a missing node, no time is known
     */
    static ProcessorTime start(Supplier<JsonNode> status) {
        return new ProcessorTime(status);
    }

    /** Returns the time since then, by part. What a process used that has ended since is not in it. */
    Map<String, Duration> used() {
        Map<String, Duration> used = new TreeMap<>();
        look(status.get()).forEach((part, processes) -> {
            Map<Long, Duration> before = begun.getOrDefault(part, Map.of());
            processes.forEach((pid, time) ->
                    used.merge(part, time.minus(before.getOrDefault(pid, Duration.ZERO)), Duration::plus));
        });
        return used;
    }

    private static Map<String, Map<Long, Duration>> look(JsonNode status) {
        Map<String, Map<Long, Duration>> times = new HashMap<>();
        long launcher = status.path("launcher").path("pid").asLong();
        status.path("parts").forEach(part -> {
            long pid = part.path("pid").asLong();
            // The door is in the launcher, whose child processes are all the others.
            if (pid != launcher) {
                times.put(part.path("name").asText(), times(pid));
            }
        });
        return times;
    }

    private static Map<Long, Duration> times(long pid) {
        Map<Long, Duration> times = new HashMap<>();
        ProcessHandle.of(pid)
                .ifPresent(process -> Stream.concat(Stream.of(process), process.descendants())
                        .forEach(
                                each -> each.info().totalCpuDuration().ifPresent(time -> times.put(each.pid(), time))));
        return times;
    }
}
