package quintet.ingest.adapter.jsonl;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.BundleManifest;
import quintet.ingest.model.BundleSummary;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.BundleFormat;

/**
 * Reads a bundle and checks all of it on the way: each line's kind, bounds and values, counts and hashes. What it has handed out
 * is sound by itself; that the bundle is whole is known once {@link #next} was empty.
 */
final class BundleReader implements BundleFormat.Reading {
    /** A bundle is mostly vectors, which hardly shrink; texts that say the same again and again may shrink this much. */
    private static final long MAX_RATIO = 200;

    private static final long MIN_UNPACKED = 64L << 20;
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream file;
    private final LineReader lines;
    private final Spool spool;
    private final MessageDigest sha256 = JsonLines.sha256();
    private final BundleManifest manifest;
    private long lineNumber;
    private long documents;
    private long aliases;
    private long chunks;
    private long originals;
    private BundleLine.@Nullable Document current;
    private @Nullable OriginalBytes original;
    private @Nullable String text;
    private @Nullable BundleSummary summary;

    BundleReader(Path path, Spool spool) {
        this.spool = spool;
        try {
            file = Files.newInputStream(path);
            long maxUnpacked = Math.max(MIN_UNPACKED, MAX_RATIO * Files.size(path));
            lines = new LineReader(unpacked(file), maxUnpacked);
        } catch (IOException e) {
            spool.close();
            throw JsonlBundleFormat.noRoom(e);
        } catch (RuntimeException e) {
            spool.close();
            throw e;
        }
        try {
            manifest = readManifest();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static InputStream unpacked(InputStream packed) throws IOException {
        try {
            return new GZIPInputStream(packed, BUFFER_BYTES);
        } catch (ZipException | EOFException e) {
            packed.close();
            throw notABundle("it is not gzipped");
        }
    }

    private BundleManifest readManifest() {
        if (!(first() instanceof BundleLine.Manifest line) || !BundleLine.FORMAT.equals(line.format())) {
            throw notABundle("its first line is not the manifest of a bundle");
        }
        try {
            return new BundleManifest(
                    line.collection(), Instant.parse(line.createdAt()), line.model(), line.settings());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw damaged("the manifest says: " + e.getMessage());
        }
    }

    /** Reads the first line. Its version is looked at before anything else: of a newer one nothing else is known. */
    private @Nullable BundleLine first() {
        try {
            if (!lines.next()) {
                return null;
            }
            lineNumber++;
            sha256.update(lines.line(), 0, lines.length());
            sha256.update((byte) '\n');
            int version = JsonLines.version(lines.line(), lines.length());
            if (version > BundleLine.VERSION) {
                throw Failure.invalidInput(
                        "BUNDLE_VERSION",
                        "the bundle is of version %d of the format, this release reads up to %d: use a newer release",
                        version,
                        BundleLine.VERSION);
            }
            return version < 1 ? null : JsonLines.read(lines.line(), lines.length());
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public BundleManifest manifest() {
        return manifest;
    }

    @Override
    public Optional<BundledDocument> next() {
        if (summary != null) {
            return Optional.empty();
        }
        finishDocument();
        return switch (read()) {
            case BundleLine.Document document -> Optional.of(begin(document));
            case BundleLine.Summary told -> {
                summary = end(told);
                yield Optional.empty();
            }
            case BundleLine line -> throw unexpected(line, "a document or the summary");
        };
    }

    private BundledDocument begin(BundleLine.Document document) {
        BundledDocument checked = valid(() -> BundleRules.check(document));
        current = document;
        original = null;
        text = null;
        documents += checked.isAlias() ? 0 : 1;
        aliases += checked.isAlias() ? 1 : 0;
        originals += checked.hasOriginal() ? 1 : 0;
        chunks += checked.chunkCount();
        if (checked.chunkCount() > 0 && manifest.model() == null) {
            throw damaged("there are vectors, and the manifest names no model");
        }
        return checked;
    }

    private BundleSummary end(BundleLine.Summary told) {
        if (told.documents() != documents
                || told.aliases() != aliases
                || told.chunks() != chunks
                || told.originals() != originals) {
            throw damaged("its counts are not those that its summary tells");
        }
        String expected = HexFormat.of().formatHex(sha256.digest());
        BundleLine line = read();
        if (!(line instanceof BundleLine.End end)) {
            throw unexpected(line, "the end");
        }
        if (!end.sha256().equals(expected)) {
            throw damaged("its checksum is not the one that its end tells");
        }
        try {
            if (lines.next()) {
                throw damaged("there is something behind its end");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return new BundleSummary(documents, aliases, chunks, originals, told.leftOut());
    }

    @Override
    public InputStream original() {
        BundleLine.Document document = document();
        if (document.byteLines() == 0 || text != null || original != null) {
            throw new IllegalStateException("there are no original bytes to be read");
        }
        original = new OriginalBytes(document, this::bytes);
        return original;
    }

    private byte[] bytes() {
        BundleLine line = read();
        if (!(line instanceof BundleLine.Bytes bytes)) {
            throw unexpected(line, "original bytes");
        }
        return valid(() -> Base64.getDecoder().decode(bytes.base64()));
    }

    @Override
    public String text() {
        if (text == null) {
            BundleLine.Document document = document();
            if (document.byteLines() > 0) {
                OriginalBytes rest = original == null ? (OriginalBytes) original() : original;
                var _ = valid(rest::finish);
            }
            String whole = readText(document.textLines());
            var _ = valid(() -> BundleRules.check(whole));
            spoolChunks(document, whole);
            text = whole;
        }
        return text;
    }

    private String readText(int pieces) {
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            BundleLine line = read();
            if (!(line instanceof BundleLine.Text piece)) {
                throw unexpected(line, "text");
            }
            if (whole.length() + piece.text().length() > BundleRules.MAX_TEXT) {
                throw damaged("a text has more than %d characters".formatted(BundleRules.MAX_TEXT));
            }
            whole.append(piece.text());
        }
        return whole.toString();
    }

    /** Checks the chunks as they come and keeps their lines, so that they can be read again. */
    private void spoolChunks(BundleLine.Document document, String whole) {
        spool.clear();
        for (int i = 0; i < document.chunkLines(); i++) {
            int ordinal = i;
            BundleLine line = read();
            if (!(line instanceof BundleLine.Chunk chunk)) {
                throw unexpected(line, "a chunk");
            }
            var _ = valid(() -> chunk(document, chunk, whole, ordinal));
            spool.write(lines.line(), lines.length());
        }
    }

    @Override
    public void chunks(int batch, Consumer<List<EmbeddedChunk>> consumer) {
        BundleLine.Document document = document();
        String whole = text();
        try {
            LineReader spooled = new LineReader(spool.read(), Long.MAX_VALUE);
            List<EmbeddedChunk> ready = new ArrayList<>(batch);
            for (int i = 0; i < document.chunkLines(); i++) {
                if (!spooled.next()
                        || !(JsonLines.read(spooled.line(), spooled.length()) instanceof BundleLine.Chunk chunk)) {
                    throw new IllegalStateException("a spooled chunk is gone");
                }
                ready.add(chunk(document, chunk, whole, i));
                if (ready.size() == batch || i == document.chunkLines() - 1) {
                    consumer.accept(List.copyOf(ready));
                    ready.clear();
                }
            }
        } catch (IOException e) {
            throw JsonlBundleFormat.noRoom(e);
        }
    }

    private EmbeddedChunk chunk(BundleLine.Document document, BundleLine.Chunk chunk, String whole, int ordinal) {
        VectorModel model = manifest.model();
        int dimension = model == null ? 0 : model.dimension();
        ChunkVector vector = new ChunkVector(Base64.getDecoder().decode(chunk.vector()), chunk.vectorKey());
        return BundleRules.check(document, chunk, vector, whole, ordinal, dimension);
    }

    private void finishDocument() {
        if (current != null) {
            var _ = text();
            current = null;
        }
    }

    private BundleLine.Document document() {
        if (current == null) {
            throw new IllegalStateException("there is no document to be read");
        }
        return current;
    }

    @Override
    public BundleSummary summary() {
        if (summary == null) {
            throw new IllegalStateException("the bundle is not read to its end");
        }
        return summary;
    }

    private BundleLine read() {
        try {
            if (!lines.next()) {
                throw damaged("it ends too early");
            }
            lineNumber++;
            sha256.update(lines.line(), 0, lines.length());
            sha256.update((byte) '\n');
            return JsonLines.read(lines.line(), lines.length());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Failure unreadable(IOException e) {
        return e instanceof LineReader.TooLongException
                ? Failure.invalidInput("BUNDLE_TOO_LARGE", "the bundle is refused: %s", String.valueOf(e.getMessage()))
                : damaged(JsonLines.why(e));
    }

    /** Turns what the values of a line can not be into a failure. */
    private <T> T valid(Check<T> check) {
        try {
            return check.value();
        } catch (IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    @FunctionalInterface
    private interface Check<T> {
        T value();
    }

    private Failure unexpected(BundleLine line, String expected) {
        if (line instanceof BundleLine.Failed failed) {
            return damaged("its export failed, %s: %s".formatted(failed.reason(), failed.detail()));
        }
        return damaged("there is a line of kind %s instead of %s"
                .formatted(line.getClass().getSimpleName().toLowerCase(Locale.ROOT), expected));
    }

    private Failure damaged(String why) {
        return Failure.invalidInput(
                "BUNDLE_DAMAGED", "the bundle is damaged at line %d, export it again: %s", lineNumber, why);
    }

    private static Failure notABundle(String why) {
        return Failure.invalidInput("NOT_A_BUNDLE", "the file is no bundle of Quintet: %s", why);
    }

    @Override
    public void close() {
        spool.close();
        try {
            file.close();
        } catch (IOException e) {
            throw JsonlBundleFormat.noRoom(e);
        }
    }
}
