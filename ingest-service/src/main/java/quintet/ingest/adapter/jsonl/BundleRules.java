package quintet.ingest.adapter.jsonl;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import quintet.identity.Identity;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.Findings;

/**
 * What values the lines of a bundle may hold: what the service itself would have taken or made. Fails with
 * {@link IllegalArgumentException}, also for what is missing.
 */
final class BundleRules {
    /** Most characters of a text, more than a parser hands over. */
    static final int MAX_TEXT = 20_000_000;

    private static final int MAX_NAME = 512;
    private static final int MAX_KEYS = 128;
    private static final int MAX_VALUE = 4_096;
    private static final int MAX_HEADINGS = 64;
    private static final int MAX_HEADING = 10_000;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private BundleRules() {}

    static BundledDocument check(BundleLine.Document line) {
        Attributes given = line.given();
        line("filename", given.filename(), MAX_NAME);
        line("title", given.title(), MAX_NAME);
        line("source", given.source(), MAX_NAME);
        line("mimeType", given.mimeType(), MAX_NAME);
        metadata(given.metadata());
        groups(given.groups());
        Findings found = line.found();
        line("mimeType", found.mimeType(), MAX_NAME);
        line("title", found.title(), MAX_VALUE);
        line("language", found.language(), MAX_NAME);
        metadata(found.metadata());
        hash(line.sha256());
        BundledDocument.Alias alias = line.alias();
        if (alias != null) {
            require(alias.of() != null, "an alias does not say of what");
            line("documentId", alias.of().documentId(), MAX_NAME);
            hash(alias.sha256());
            require(line.textLines() == 0, "an alias has text of its own");
        } else {
            require(line.textLines() > 0, "a document has no text");
        }
        require(line.sizeBytes() > 0, "a document has no size");
        require(line.byteLines() >= 0 && line.textLines() >= 0, "there are less than no lines");
        return new BundledDocument(
                line.id(),
                given,
                found,
                new Blob(line.sha256(), line.sizeBytes()),
                line.byteLines() > 0,
                line.chunking(),
                line.chunkLines(),
                alias);
    }

    /** Checks a text; returns it. */
    static String check(String text) {
        require(sound(text), "a text has a character that no database can hold");
        return text;
    }

    static EmbeddedChunk check(
            BundleLine.Document document,
            BundleLine.Chunk line,
            ChunkVector vector,
            String text,
            int ordinal,
            int dimension) {
        require(line.documentId().equals(document.id()), "a chunk is of another document");
        require(line.ordinal() == ordinal, "the chunks are out of order");
        require(vector.dimension() == dimension, "a vector is of another dimension than the model");
        require(line.sectionPath().size() <= MAX_HEADINGS, "a chunk has too many headings");
        line.sectionPath().forEach(heading -> {
            require(heading.length() <= MAX_HEADING, "a heading is too long");
            require(sound(heading), "a heading has a character that no database can hold");
        });
        Chunk chunk = new Chunk(
                line.ordinal(),
                line.start(),
                line.end(),
                line.page(),
                line.pageEnd(),
                line.sectionPath(),
                line.tokenCount(),
                line.context());
        require(chunk.end() <= text.length(), "a chunk ends behind its text");
        require(
                line.context() == null || line.context().end() <= text.length(),
                "the context of a chunk ends behind its text");
        String own = text.substring(chunk.start(), chunk.end());
        require(!own.isBlank(), "a chunk is blank");
        require(line.text() == null || own.equals(line.text()), "a chunk says something else than its text");
        return new EmbeddedChunk(chunk, vector);
    }

    private static void metadata(Map<String, String> metadata) {
        require(metadata.size() <= MAX_KEYS, "a document has too many keys of metadata");
        metadata.forEach((key, value) -> {
            line("a key of metadata", key, MAX_NAME);
            line("metadata", value, MAX_VALUE);
        });
    }

    /** As {@link Identity#give} would leave them. */
    private static void groups(List<String> groups) {
        require(groups.size() <= Identity.MAX_GROUPS, "a document has too many access groups");
        require(groups.stream().allMatch(Identity::isGroup), "an access group is no name of one");
        require(groups.stream().distinct().sorted().toList().equals(groups), "the access groups are out of order");
    }

    private static void line(String name, String value, int max) {
        require(value != null && value.length() <= max && sound(value), name + " is missing, too long or no text");
    }

    private static void hash(String sha256) {
        require(sha256 != null && SHA256.matcher(sha256).matches(), "a hash is no SHA-256 in lower-case hexadecimal");
    }

    /** Neither NUL nor half a surrogate pair. */
    private static boolean sound(String text) {
        return text.indexOf('\0') < 0 && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
