package quintet.bench.retrieval;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import quintet.bench.report.Progress;
import quintet.retrieve.model.IndexKind;

/**
 * Measures all contenders over one set of vectors, in turn, round by round, by one thread. Speed is by the time that the
 * processor spent on that thread, which others that run beside it disturb less than wall-clock time.
 */
final class RetrievalSpeed {
    private static final List<Integer> EFS = List.of(10, 15, 20, 30, 50, 80, 120, 200, 400);

    private final Path scratch;
    private final int rounds;
    private final Progress progress;

    RetrievalSpeed(Path scratch, int rounds, Progress progress) {
        this.scratch = scratch;
        this.rounds = rounds;
        this.progress = progress;
    }

    private interface Building {
        Contender build(Path folder) throws IOException;
    }

    /** Returns a curve a contender. */
    List<Curve> measure(VectorSet set) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        List<Double> buildSeconds = new ArrayList<>();
        Path folder = Scratch.create(scratch);
        try {
            for (Building building : buildings(set)) {
                long begun = System.nanoTime();
                Contender built = building.build(folder.resolve(Integer.toString(contenders.size())));
                buildSeconds.add((System.nanoTime() - begun) / 1e9);
                contenders.add(built);
                progress.say("  %s: %s built in %.1f s".formatted(set.name(), built.name(), buildSeconds.getLast()));
            }
            return run(set, contenders, buildSeconds);
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
            Scratch.delete(folder);
        }
    }

    private static List<Building> buildings(VectorSet set) {
        int subspaces = Math.min(64, set.dimension() / 4);
        return List.of(
                folder -> new PlainLucene(EFS, set, folder),
                _ -> new Jvector(EFS, set, 0),
                _ -> new Jvector(EFS, set, subspaces),
                folder -> new KindContender("exact", List.of(new IndexKind.Exact()), set, folder),
                folder -> new KindContender("hnsw 32 bits", hnsw(32), set, folder),
                folder -> new KindContender("hnsw 8 bits", hnsw(8), set, folder),
                folder -> new KindContender("hnsw 1 bit", hnsw(1), set, folder),
                folder -> new KindContender(
                        "random projection",
                        kinds(
                                "random-projection",
                                Map.of(),
                                "candidates",
                                100,
                                250,
                                500,
                                1000,
                                2000,
                                4000,
                                8000,
                                16000),
                        set,
                        folder),
                folder -> new KindContender(
                        "lsh", kinds("lsh", Map.of(), "probes", 1, 2, 4, 8, 16, 32, 64, 128), set, folder),
                folder -> new KindContender(
                        "product quantization",
                        kinds(
                                "product-quantization",
                                Map.of("subspaces", subspaces, "rescore", 8),
                                "probes",
                                1,
                                2,
                                4,
                                8,
                                16,
                                24,
                                32,
                                64,
                                128),
                        set,
                        folder));
    }

    private static List<IndexKind> hnsw(int bits) {
        return EFS.stream()
                .map(ef -> IndexKind.of("hnsw", Map.of("bits", bits, "ef", ef, "rescore", 1)))
                .toList();
    }

    private static List<IndexKind> kinds(String name, Map<String, Integer> fixed, String dial, int... positions) {
        return Arrays.stream(positions)
                .mapToObj(position -> {
                    Map<String, Integer> parameters = new java.util.HashMap<>(fixed);
                    parameters.put(dial, position);
                    return IndexKind.of(name, parameters);
                })
                .toList();
    }

    private List<Curve> run(VectorSet set, List<Contender> contenders, List<Double> buildSeconds) throws IOException {
        List<double[][]> perSecond = new ArrayList<>();
        List<double[]> recall = new ArrayList<>();
        for (Contender contender : contenders) {
            perSecond.add(new double[contender.settings()][rounds]);
            recall.add(new double[contender.settings()]);
        }
        // The first round warms up and is not counted.
        for (int round = -1; round < rounds; round++) {
            for (int c = 0; c < contenders.size(); c++) {
                for (int setting = 0; setting < contenders.get(c).settings(); setting++) {
                    long begun = processorNanos();
                    int hits = 0;
                    for (int query = 0; query < set.queries().size(); query++) {
                        int[] found = contenders.get(c).search(set.queries().get(query), setting);
                        hits += set.hits(query, found);
                    }
                    double seconds = (processorNanos() - begun) / 1e9;
                    recall.get(c)[setting] =
                            hits / (double) (VectorSet.K * set.queries().size());
                    if (round >= 0) {
                        perSecond.get(c)[setting][round] = set.queries().size() / seconds;
                    }
                }
            }
            progress.show(set.name(), round + 1, rounds);
        }
        List<Curve> curves = new ArrayList<>();
        for (int c = 0; c < contenders.size(); c++) {
            Contender contender = contenders.get(c);
            List<Curve.Point> points = new ArrayList<>();
            for (int setting = 0; setting < contender.settings(); setting++) {
                points.add(new Curve.Point(
                        contender.setting(setting),
                        recall.get(c)[setting],
                        median(perSecond.get(c)[setting])));
            }
            curves.add(new Curve(contender.name(), contender.bytes(), buildSeconds.get(c), points));
        }
        return curves;
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
