package quintet.ingest.adapter.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.BundleManifest;
import quintet.ingest.model.BundleSummary.LeftOut;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.port.BundleFormat;

/** Writes a bundle, document by document. */
final class BundleWriter implements BundleFormat.Writing {
    private static final int BUFFER_BYTES = 64 << 10;

    private final MessageDigest sha256 = JsonLines.sha256();
    private final GZIPOutputStream gzip;
    private final OutputStream out;
    private final Spool spool;
    private long documents;
    private long aliases;
    private long chunks;
    private long originals;

    BundleWriter(OutputStream target, BundleManifest manifest, Spool spool) throws IOException {
        this.spool = spool;
        gzip = new FastGzip(target);
        out = new DigestOutputStream(gzip, sha256);
        write(JsonLines.write(new BundleLine.Manifest(
                BundleLine.FORMAT,
                BundleLine.VERSION,
                manifest.collection(),
                manifest.createdAt().toString(),
                manifest.model(),
                manifest.settings())));
    }

    @Override
    public void put(
            BundledDocument document, @Nullable Path original, String text, Iterable<List<EmbeddedChunk>> batches)
            throws IOException {
        // The chunks come first, since they are what may fail.
        spool.clear();
        for (List<EmbeddedChunk> batch : batches) {
            for (EmbeddedChunk chunk : batch) {
                byte[] line = JsonLines.write(line(document.documentId(), chunk, text));
                spool.write(line, line.length);
            }
        }
        List<String> pieces = pieces(text);
        write(JsonLines.write(new BundleLine.Document(
                document.documentId(),
                document.given(),
                document.found(),
                document.blob().sha256(),
                document.blob().sizeBytes(),
                document.chunking(),
                document.alias(),
                original == null ? 0 : lines(document.blob().sizeBytes()),
                pieces.size(),
                document.chunkCount())));
        if (original != null) {
            copy(original);
            originals++;
        }
        for (String piece : pieces) {
            write(JsonLines.write(new BundleLine.Text(piece)));
        }
        var _ = spool.read().transferTo(out);
        documents += document.isAlias() ? 0 : 1;
        aliases += document.isAlias() ? 1 : 0;
        chunks += document.chunkCount();
    }

    private static int lines(long bytes) {
        return Math.toIntExact((bytes + JsonLines.MAX_BYTES - 1) / JsonLines.MAX_BYTES);
    }

    private void copy(Path original) throws IOException {
        try (InputStream in = Files.newInputStream(original)) {
            byte[] bytes = in.readNBytes(JsonLines.MAX_BYTES);
            while (bytes.length > 0) {
                write(JsonLines.write(new BundleLine.Bytes(Base64.getEncoder().encodeToString(bytes))));
                bytes = in.readNBytes(JsonLines.MAX_BYTES);
            }
        }
    }

    /** Cuts a text into pieces of a bounded size, never within a surrogate pair. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(text.length(), start + JsonLines.MAX_TEXT);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    private static BundleLine.Chunk line(String documentId, EmbeddedChunk embedded, String text) {
        Chunk chunk = embedded.chunk();
        ChunkVector vector = embedded.vector();
        return new BundleLine.Chunk(
                documentId,
                chunk.ordinal(),
                chunk.start(),
                chunk.end(),
                chunk.page(),
                chunk.pageEnd(),
                chunk.sectionPath(),
                chunk.tokenCount(),
                chunk.context(),
                chunk.end() - chunk.start() > JsonLines.MAX_TEXT ? null : text.substring(chunk.start(), chunk.end()),
                Base64.getEncoder().encodeToString(vector.littleEndian()),
                vector.key().orElse(null));
    }

    private void write(byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    @Override
    public void end(LeftOut leftOut) throws IOException {
        write(JsonLines.write(new BundleLine.Summary(documents, aliases, chunks, originals, leftOut)));
        write(JsonLines.write(new BundleLine.End(HexFormat.of().formatHex(sha256.digest()))));
        finish();
    }

    @Override
    public void fail(String reason, String detail) throws IOException {
        write(JsonLines.write(new BundleLine.Failed(reason, detail)));
        finish();
    }

    private void finish() throws IOException {
        gzip.finish();
        gzip.flush();
    }

    @Override
    public void close() {
        spool.close();
    }

    /** Vectors do not get smaller by looking harder. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
