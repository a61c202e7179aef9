package quintet.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import quintet.bench.report.Progress;
import quintet.bench.suite.SuiteException;

/** Every fault that can be had on this machine. */
final class Faults {
    private static final Duration REFILL = Duration.ofMillis(200);

    private final SuiteUnderFaults suite;
    private final Progress progress;
    private final Duration pause;
    private final Duration full;

    private Faults(SuiteUnderFaults suite, Progress progress, Duration pause, Duration full) {
        this.suite = suite;
        this.progress = progress;
        this.pause = pause;
        this.full = full;
    }

    /**
     * Returns one fault of each kind.
     *
     * @param pause how long a stopped process stands still
     * @param full how long the disk stays full
     */
    static List<Fault> of(SuiteUnderFaults suite, Progress progress, Duration pause, Duration full) {
        Faults faults = new Faults(suite, progress, pause, full);
        List<Fault> all = new ArrayList<>();
        SuiteUnderFaults.SERVICES.forEach(
                service -> all.add(fault(service + " killed", _ -> faults.kill(suite.pid(service)))));
        if (suite.ownsBroker()) {
            all.add(fault("broker killed", _ -> faults.kill(suite.pid("broker"))));
        }
        all.add(fault("launcher killed, with door", _ -> faults.killLauncher()));
        all.add(fault("PostgreSQL killed", _ -> faults.kill(suite.pid("postgres"))));
        all.add(fault("a backend of PostgreSQL killed", faults::killBackend));
        all.add(fault("a service paused for %d s".formatted(pause.toSeconds()), faults::pause));
        suite.volume()
                .ifPresent(volume ->
                        all.add(fault("disk full for %d s".formatted(full.toSeconds()), _ -> faults.fill(volume))));
        all.add(fault("poison published", faults::poison));
        all.add(fault("events repeated, out of order", faults::repeat));
        return all;
    }

    private interface Strike {
        long on(Random random) throws InterruptedException;
    }

    private static Fault fault(String label, Strike strike) {
        return new Fault() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public long strike(Random random) throws InterruptedException {
                return strike.on(random);
            }
        };
    }

    private long kill(long pid) {
        SystemCommand.signal("KILL", pid);
        return System.nanoTime();
    }

    private long killLauncher() {
        long killed = kill(suite.launcherPid());
        suite.up();
        return killed;
    }

    private long killBackend(Random random) throws InterruptedException {
        List<Long> backends = backends(suite.pid("postgres"));
        if (backends.isEmpty()) {
            throw new SuiteException("PostgreSQL has no backend that could be killed");
        }
        return kill(backends.get(random.nextInt(backends.size())));
    }

    private static List<Long> backends(long postmaster) {
        return ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .filter(pid -> title(pid).startsWith("postgres: quintet quintet"))
                .sorted()
                .toList();
    }

    private static String title(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private long pause(Random random) throws InterruptedException {
        String service = SuiteUnderFaults.SERVICES.get(random.nextInt(SuiteUnderFaults.SERVICES.size()));
        long pid = suite.pid(service);
        progress.say("  " + service + " stands still");
        SystemCommand.signal("STOP", pid);
        try {
            Thread.sleep(pause);
        } finally {
            SystemCommand.signal("CONT", pid);
        }
        return System.nanoTime();
    }

    private long fill(Volume volume) throws InterruptedException {
        long end = System.nanoTime() + full.toNanos();
        try {
            while (System.nanoTime() < end) {
                volume.fill();
                Thread.sleep(REFILL);
            }
        } finally {
            volume.release();
        }
        return System.nanoTime();
    }

    private long poison(Random random) {
        progress.say("  %d poisoned events".formatted(suite.tap().poison(random, "faults-a")));
        return System.nanoTime();
    }

    private long repeat(Random random) {
        progress.say("  %d events again".formatted(suite.tap().repeatShuffled(random)));
        return System.nanoTime();
    }
}
