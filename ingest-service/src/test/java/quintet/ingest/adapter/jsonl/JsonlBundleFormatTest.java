package quintet.ingest.adapter.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.BundleManifest;
import quintet.ingest.model.BundleSummary;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkContext;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.ChunkingStrategy;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.DuplicateKind;
import quintet.ingest.model.DuplicateOf;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.Findings;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.BundleFormat;

class JsonlBundleFormatTest {
    private static final int DIMENSION = 8;
    private static final String TEXT = "Every employee has 30 days of leave. 🏖 Lessons are covered; haircuts are not.";
    private static final BundleSummary.LeftOut NOTHING = new BundleSummary.LeftOut(0, List.of());
    private static final BundleManifest MANIFEST = new BundleManifest(
            "hr",
            Instant.parse("2026-11-27T12:00:00Z"),
            new VectorModel("model", "0123456789ab", DIMENSION),
            new CollectionSettings(
                    ChunkingSettings.of(ChunkingStrategy.SENTENCE_WINDOW),
                    new DeduplicationSettings(true, true, 0.9, false, 0.95)));

    @TempDir
    Path folder;

    private JsonlBundleFormat format;

    @BeforeEach
    void begin() {
        format = new JsonlBundleFormat(TestConfigs.of(
                BundleConfig.class,
                Map.of(
                        "quintet.ingest.bundle.files.directory",
                        folder.resolve("bundles").toString())));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        List<EmbeddedChunk> chunks = chunks(TEXT, 5);
        Path original = Files.write(folder.resolve("original"), random(1_300_000, 1));
        BundledDocument one = document("one", original, chunks.size());
        BundledDocument alias = new BundledDocument(
                "two",
                one.given(),
                Findings.UNKNOWN,
                new Blob("ab".repeat(32), 7),
                false,
                null,
                0,
                new BundledDocument.Alias(
                        new DuplicateOf("one", DuplicateKind.FUZZY, 0.93),
                        one.blob().sha256()));
        BundleSummary.LeftOut leftOut =
                new BundleSummary.LeftOut(3, List.of(new BundleSummary.Reason("three", "FAILED")));
        byte[] bundle = bundle(MANIFEST, writing -> {
            writing.put(one, original, TEXT, List.of(chunks.subList(0, 2), chunks.subList(2, 5)));
            writing.put(alias, null, "", List.of());
            writing.end(leftOut);
        });

        try (BundleFormat.Received received = receive(bundle);
                BundleFormat.Reading reading = received.read()) {
            assertThat(reading.manifest()).isEqualTo(MANIFEST);
            assertThat(reading.next()).contains(one);
            assertThat(reading.original().readAllBytes()).isEqualTo(Files.readAllBytes(original));
            assertThat(reading.text()).isEqualTo(TEXT);
            assertThat(batches(reading, 2))
                    .containsExactly(chunks.subList(0, 2), chunks.subList(2, 4), chunks.subList(4, 5));
            assertThat(batches(reading, 16)).as("once more").containsExactly(chunks);
            assertThat(reading.next()).contains(alias);
            assertThat(reading.text()).isEmpty();
            assertThat(reading.next()).isEmpty();
            assertThat(reading.next()).isEmpty();
            assertThat(reading.summary()).isEqualTo(new BundleSummary(1, 1, 5, 1, leftOut));
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void cutsALongTextOutsideOfCharacters() throws IOException {
        String text = "x" + "🏖 holiday ".repeat(40_000);
        List<EmbeddedChunk> chunks = chunks(text, 2);
        byte[] bundle = bundle(MANIFEST, writing -> {
            writing.put(document("long", null, 2), null, text, List.of(chunks));
            writing.end(NOTHING);
        });
        assertThat(lines(bundle)).allSatisfy(line -> assertThat(line).hasSizeLessThan(JsonLines.MAX_LINE));
        try (BundleFormat.Received received = receive(bundle);
                BundleFormat.Reading reading = received.read()) {
            assertThat(reading.next()).isPresent();
            assertThat(reading.text()).isEqualTo(text);
            assertThat(batches(reading, 16)).containsExactly(chunks);
        }
    }

    @Test
    void leavesOutADocumentWhoseChunksFail() throws IOException {
        List<EmbeddedChunk> chunks = chunks(TEXT, 4);
        byte[] bundle = bundle(MANIFEST, writing -> {
            Iterable<List<EmbeddedChunk>> failing = () -> Stream.of(chunks.subList(0, 2), chunks.subList(2, 4))
                    .peek(batch -> {
                        if (batch.getFirst().chunk().ordinal() > 0) {
                            throw new IllegalStateException("changed");
                        }
                    })
                    .iterator();
            assertThatThrownBy(() -> writing.put(document("changing", null, 4), null, TEXT, failing))
                    .hasMessage("changed");
            writing.put(document("other", null, 4), null, TEXT, List.of(chunks));
            writing.end(NOTHING);
        });
        assertThat(read(bundle)).isEqualTo(new BundleSummary(1, 0, 4, 0, NOTHING));
    }

    @Test
    void refusesWhatIsNoBundle() throws IOException {
        assertRefused("NOT_A_BUNDLE", "PK no gzip".getBytes(UTF_8), "it is not gzipped");
        assertRefused("NOT_A_BUNDLE", new byte[0], "it is not gzipped");
        assertRefused("NOT_A_BUNDLE", gzip(""), "first line");
        assertRefused("NOT_A_BUNDLE", gzip("{\"a\": 1}\n"), "first line");
        assertRefused("NOT_A_BUNDLE", gzip("words\n"), "first line");
        assertRefused("NOT_A_BUNDLE", gzip("[".repeat(50_000)), "first line");
    }

    @Test
    void refusesANewerFormatWhateverItLooksLike() throws IOException {
        assertRefused(
                "BUNDLE_VERSION",
                gzip("{\"type\":\"index\",\"format\":\"quintet-bundle\",\"version\":2,\"news\":[]}\n"),
                "of version 2 of the format, this release reads up to 1");
    }

    @Test
    void refusesABundleThatWasCutOff() throws IOException {
        byte[] bundle = sound();
        for (int length : new int[] {bundle.length - 1, bundle.length - 9, bundle.length / 2, 200, 20}) {
            Failure refused = refusal(Arrays.copyOf(bundle, length));
            assertThat(refused.reason()).as("%d bytes", length).isIn("BUNDLE_DAMAGED", "NOT_A_BUNDLE");
        }
        assertRefused("BUNDLE_DAMAGED", edited(lines -> lines.subList(0, lines.size() - 1)), "it ends too early");
    }

    /** Whichever byte is another one, somebody notices. */
    @Test
    void refusesABundleWithAChangedByte() throws IOException {
        byte[] bundle = String.join("\n", lines(sound())).concat("\n").getBytes(UTF_8);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = bundle.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(damaged);
            }
            Failure refused = refusal(packed.toByteArray());
            assertThat(refused.kind()).as("seed %d byte %d", seed, at).isEqualTo(Failure.Kind.INVALID_INPUT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"documentId\":\"one\"|\"documentId\":\"two\"|of another document",
                "\"ordinal\":1,|\"ordinal\":2,|out of order",
                "\"chunkLines\":3|\"chunkLines\":2|instead of a document",
                "\"chunkLines\":3|\"chunkLines\":4|instead of a chunk",
                "\"chunkLines\":3|\"chunkLines\":2000000000|1 to 500000",
                "\"chunkLines\":3|\"chunkLines\":-3|1 to 500000",
                "\"textLines\":1|\"textLines\":0|has no text",
                "\"end\":26,|\"end\":1000000,|ends behind its text",
                "\"id\":\"one\"|\"id\":\"../one\"|documentId",
                "\"year\":\"2026\"|\"year\":null|Attributes",
                "\"hr\",\"legal\"|\"legal\",\"hr\"|groups are out of order",
                "\"hr\",\"legal\"|\"hr\",\"hr\"|groups are out of order",
                "\"hr\",\"legal\"|\"H R\"|no name of one",
                "\"hr\",\"legal\"|\"hr\",null|Attributes",
                ",\"groups\":[\"hr\",\"legal\"]||groups",
                "\"title\":\"Leave\"|\"title\":\"\\u0000\"|title",
                "\"title\":\"Leave\"|\"title\":\"\\ud83c\"|title",
                "\"sizeBytes\":|\"owner\":\"me\",\"sizeBytes\":|owner",
                "\"type\":\"text\"|\"type\":\"verse\"|verse",
                "\"dimension\":8|\"dimension\":4|another dimension",
                "\"vectorKey\":\"|\"vectorKey\":\"x|key",
                "\"vector\":\"|\"vector\":\"?|base64",
                "\"chunks\":3|\"chunks\":4|counts",
                "\"documents\":1|\"documents\":2|counts"
            })
    void refusesLinesThatContradictThemselves(String change) throws IOException {
        String[] parts = change.split("\\|");
        byte[] bundle = edited(lines ->
                lines.stream().map(line -> line.replace(parts[0], parts[1])).toList());
        Failure refused = refusal(bundle);
        assertThat(refused.reason()).isEqualTo("BUNDLE_DAMAGED");
        assertThat(refused.message()).contains("is damaged at line").containsIgnoringCase(parts[2]);
    }

    @Test
    void refusesTextsThatAreNotWhatTheirHashSays() throws IOException {
        byte[] bundle = editedAlone(lines -> lines.stream()
                .map(line -> line.replace("haircuts", "moustaches".substring(0, 8)))
                .toList());
        assertRefused("BUNDLE_DAMAGED", bundle, "checksum");
    }

    @Test
    void refusesVectorsWithoutLengthOne() throws IOException {
        String half = java.util.Base64.getEncoder().encodeToString(littleEndian(0.5f));
        String nan = java.util.Base64.getEncoder().encodeToString(littleEndian(Float.NaN));
        for (String vector : List.of(half, nan)) {
            byte[] bundle = edited(lines -> lines.stream()
                    .map(line -> line.replaceAll("\"vector\":\"[^\"]*\"", "\"vector\":\"" + vector + "\""))
                    .toList());
            assertRefused("BUNDLE_DAMAGED", bundle, "the length of a vector");
        }
    }

    @Test
    void refusesOriginalBytesOfAnotherHash() throws IOException {
        Path original = Files.writeString(folder.resolve("original"), "as it was");
        Path other = Files.writeString(folder.resolve("other"), "as it is.");
        byte[] bundle = bundle(MANIFEST, writing -> {
            writing.put(document("one", original, 3), other, TEXT, List.of(chunks(TEXT, 3)));
            writing.end(NOTHING);
        });
        assertRefused("BUNDLE_DAMAGED", bundle, "the original bytes of document one");
    }

    @Test
    void refusesWhatUnpacksToMuchMoreThanItIs() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write((lines(sound()).getFirst() + "\n").getBytes(UTF_8));
            byte[] blank = " ".repeat(1 << 20).getBytes(UTF_8);
            blank[blank.length - 1] = '\n';
            for (int i = 0; i < 400; i++) {
                out.write(blank);
            }
        }
        // Blank lines are no lines of a bundle, so even this much is not read.
        assertRefused("BUNDLE_DAMAGED", packed.toByteArray(), "at line 2");
        byte[] line =
                gzip(lines(sound()).getFirst() + "\n{\"type\":\"text\",\"text\":\"" + "x".repeat(3 << 20) + "\"}\n");
        assertRefused("BUNDLE_TOO_LARGE", line, "a line has more than 2097152 bytes");
    }

    @Test
    void boundsWhatAllLinesUnpackTo() throws IOException {
        String document = lines(sound()).get(1).replace("\"textLines\":1", "\"textLines\":5000");
        String text = "{\"type\":\"text\",\"text\":\"" + " ".repeat(90_000) + "\"}\n";
        byte[] bundle = gzip(lines(sound()).getFirst() + "\n" + document + "\n" + text.repeat(1_000));
        assertRefused("BUNDLE_DAMAGED", bundle, "a text has more than 20000000 characters");
        LineReader lines = new LineReader(new ByteArrayInputStream(new byte[1_000]), 999);
        assertThatThrownBy(lines::next)
                .isInstanceOf(LineReader.TooLongException.class)
                .hasMessage("it unpacks to more than 999 bytes");
    }

    @Test
    void takesNoMoreThanItIsToldAndLeavesNothingBehind() throws IOException {
        byte[] bundle = sound();
        assertThatThrownBy(() -> format.receive(new ByteArrayInputStream(bundle), bundle.length - 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("more than %d bytes", bundle.length - 1);
        assertThat(leftovers()).isEmpty();
        Files.createFile(folder.resolve("bundles/left-over.part"));
        begin();
        assertThat(leftovers()).isEmpty();
    }

    private interface Content {
        void write(BundleFormat.Writing writing) throws IOException;
    }

    private byte[] bundle(BundleManifest manifest, Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BundleFormat.Writing writing = format.write(out, manifest)) {
            content.write(writing);
        }
        return out.toByteArray();
    }

    private byte[] sound() throws IOException {
        return bundle(MANIFEST, writing -> {
            writing.put(document("one", null, 3), null, TEXT, List.of(chunks(TEXT, 3)));
            writing.end(NOTHING);
        });
    }

    /** Changes the lines of a sound bundle, with a checksum that fits again. */
    private byte[] edited(UnaryOperator<List<String>> change) throws IOException {
        List<String> edited = new ArrayList<>(change.apply(lines(sound())));
        if (edited.getLast().contains("\"type\":\"end\"")) {
            String end = edited.removeLast();
            String before = String.join("\n", edited) + "\n";
            edited.add(end.replaceAll("[0-9a-f]{64}", sha256(before.getBytes(UTF_8))));
        }
        return gzip(String.join("\n", edited) + "\n");
    }

    private byte[] editedAlone(UnaryOperator<List<String>> change) throws IOException {
        return gzip(String.join("\n", change.apply(lines(sound()))) + "\n");
    }

    private static List<String> lines(byte[] bundle) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bundle))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    private BundleFormat.Received receive(byte[] bundle) throws IOException {
        return format.receive(new ByteArrayInputStream(bundle), Long.MAX_VALUE);
    }

    private BundleSummary read(byte[] bundle) {
        try (BundleFormat.Received received = receive(bundle);
                BundleFormat.Reading reading = received.read()) {
            Optional<BundledDocument> document = reading.next();
            while (document.isPresent()) {
                document = reading.next();
            }
            return reading.summary();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Failure refusal(byte[] bundle) throws IOException {
        Failure refused = catchThrowableOfType(Failure.class, () -> read(bundle));
        assertThat(refused).as("the bundle was taken").isNotNull();
        assertThat(leftovers()).isEmpty();
        return refused;
    }

    private void assertRefused(String reason, byte[] bundle, String why) throws IOException {
        Failure refused = refusal(bundle);
        assertThat(refused.reason()).as(refused.message()).isEqualTo(reason);
        assertThat(refused.message()).contains(why);
    }

    private static List<List<EmbeddedChunk>> batches(BundleFormat.Reading reading, int size) {
        List<List<EmbeddedChunk>> batches = new ArrayList<>();
        reading.chunks(size, batches::add);
        return batches;
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("bundles"))) {
            return files.toList();
        }
    }

    private static BundledDocument document(String id, Path original, int chunkCount) throws IOException {
        byte[] bytes = original == null ? new byte[] {1} : Files.readAllBytes(original);
        return new BundledDocument(
                id,
                new Attributes(
                        "leave.txt",
                        "Leave",
                        "https://example.org",
                        "text/plain",
                        Map.of("year", "2026"),
                        List.of("hr", "legal")),
                new Findings("text/plain", "Of leave", "en", 0, Map.of("author", "Kim")),
                new Blob(sha256(bytes), bytes.length),
                original != null,
                ChunkingSettings.of(ChunkingStrategy.HEADING),
                chunkCount,
                null);
    }

    /** Cuts a text into pieces of equal length, the last of which has a context and no key. */
    private static List<EmbeddedChunk> chunks(String text, int count) {
        List<EmbeddedChunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            Chunk chunk = new Chunk(
                    i,
                    i * text.length() / count,
                    (i + 1) * text.length() / count,
                    1,
                    2,
                    List.of("Rules", "Leave"),
                    7,
                    last ? new ChunkContext(0, text.length(), 1, 3) : null);
            chunks.add(new EmbeddedChunk(chunk, new ChunkVector(unit(i), last ? null : "0f".repeat(32))));
        }
        return chunks;
    }

    private static byte[] unit(int seed) {
        float[] values = new float[DIMENSION];
        Random random = new Random(seed);
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            values[i] = random.nextFloat() - 0.5f;
            squares += values[i] * values[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            values[i] /= (float) Math.sqrt(squares);
        }
        return littleEndian(values);
    }

    private static byte[] littleEndian(float first) {
        float[] values = new float[DIMENSION];
        values[0] = first;
        return littleEndian(values);
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
