package quintet.ingest.pipeline.deduplication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.ingest.TestConfigs;
import quintet.ingest.TestData;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.Fingerprint.Sketch;
import quintet.ingest.port.DuplicateIndex.Match;
import quintet.ingest.port.DuplicateIndex.Originals;
import quintet.ingest.port.DuplicateIndex.Signed;

/** The planted pairs of a plagiarism set, with the default parameters and threshold. */
class NearDuplicatesTest {
    private static final DeduplicationSettings FUZZY = new DeduplicationSettings(true, true, 0.8, false, 0.95);

    private final Sketches sketches = Sketches.of(TestConfigs.of(DeduplicationConfig.class, Map.of()));
    private final Comparison comparison = new Comparison(1000, 20_000);

    @ParameterizedTest
    @CsvSource({"100, 5", "1000, 10", "2500, 20"})
    void findsEveryPlantedPairAndNothingElse(String size, int planted) throws IOException {
        Path folder = TestData.shared("near-duplicates");
        Set<Set<String>> found = new HashSet<>();
        InMemoryOriginals originals = new InMemoryOriginals();
        for (String line : Files.readAllLines(folder.resolve("articles_%s.train".formatted(size)))) {
            int space = line.indexOf(' ');
            String id = line.substring(0, space);
            String text = line.substring(space + 1);
            String normal = NormalText.of(text);
            Shingles shingles = sketches.shingles(normal);
            Fingerprint fingerprint = new Fingerprint(
                    "",
                    NormalText.sha256(normal),
                    sketches.sketch("articles", "", shingles).orElseThrow(),
                    null);
            Optional<Match> match = comparison.byWords(originals, fingerprint, shingles, FUZZY);
            if (match.isPresent()) {
                found.add(Set.of(id, match.get().original().key().documentId()));
            } else {
                originals.add(DocumentRef.of("articles", id, 1), text, fingerprint);
            }
        }
        Set<Set<String>> truth = new HashSet<>();
        for (String line : Files.readAllLines(folder.resolve("articles_%s.truth".formatted(size)))) {
            truth.add(Set.of(line.strip().split(" ")));
        }
        assertThat(truth).hasSize(planted);
        assertThat(found).isEqualTo(truth);
    }

    private static final class InMemoryOriginals implements Originals {
        private final Map<DocumentRef, String> texts = new LinkedHashMap<>();
        private final Map<DocumentRef, Fingerprint> fingerprints = new HashMap<>();
        private final Map<Long, List<DocumentRef>> buckets = new HashMap<>();

        void add(DocumentRef ref, String text, Fingerprint fingerprint) {
            texts.put(ref, text);
            fingerprints.put(ref, fingerprint);
            sketch(fingerprint)
                    .buckets()
                    .forEach(bucket -> buckets.computeIfAbsent(bucket, _ -> new ArrayList<>())
                            .add(ref));
        }

        @Override
        public Optional<DocumentRef> ofText(String textSha256) {
            return texts.keySet().stream()
                    .filter(ref -> fingerprints.get(ref).textSha256().equals(textSha256))
                    .findFirst();
        }

        @Override
        public List<Signed> sharingABucket(Sketch sketch, int limit) {
            Set<String> seen = new TreeSet<>();
            return sketch.buckets().stream()
                    .flatMap(bucket -> buckets.getOrDefault(bucket, List.of()).stream())
                    .filter(ref -> seen.add(ref.key().documentId()))
                    .limit(limit)
                    .map(ref -> new Signed(ref, sketch(fingerprints.get(ref)).signature()))
                    .toList();
        }

        @Override
        public Optional<String> text(DocumentRef ref) {
            return Optional.ofNullable(texts.get(ref));
        }

        @Override
        public void vectors(String model, int limit, BiConsumer<DocumentRef, DocumentVector> visitor) {
            throw new UnsupportedOperationException("nobody asked for meaning");
        }

        private static Sketch sketch(Fingerprint fingerprint) {
            return Optional.ofNullable(fingerprint.sketch()).orElseThrow();
        }
    }
}
