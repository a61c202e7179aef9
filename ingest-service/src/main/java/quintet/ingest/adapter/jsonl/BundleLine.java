package quintet.ingest.adapter.jsonl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.BundleSummary;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.ChunkContext;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.Findings;
import quintet.ingest.model.VectorModel;

/**
 * A line of a bundle. The first is the manifest, the last two are the summary and the end; between them each document has its line, then
 * its bytes as far as they come along, its text and its chunks.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BundleLine.Manifest.class, name = "manifest"),
    @JsonSubTypes.Type(value = BundleLine.Document.class, name = "document"),
    @JsonSubTypes.Type(value = BundleLine.Bytes.class, name = "bytes"),
    @JsonSubTypes.Type(value = BundleLine.Text.class, name = "text"),
    @JsonSubTypes.Type(value = BundleLine.Chunk.class, name = "chunk"),
    @JsonSubTypes.Type(value = BundleLine.Summary.class, name = "summary"),
    @JsonSubTypes.Type(value = BundleLine.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = BundleLine.End.class, name = "end")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface BundleLine {
    /** What {@link Manifest#format} says. */
    String FORMAT = "quintet-bundle";

    /** The version of the format that is written, and the highest that is read. */
    int VERSION = 1;

    /**
     * What the bundle is.
     *
     * @param format {@link #FORMAT}
     * @param version of the format
     * @param collection that it was exported from
     * @param createdAt ISO 8601 in UTC
     * @param model that made the vectors
     * @param settings of the collection
     */
    record Manifest(
            String format,
            int version,
            String collection,
            String createdAt,
            @Nullable VectorModel model,
            CollectionSettings settings)
            implements BundleLine {
        /** Rejects what is missing. */
        public Manifest {
            Objects.requireNonNull(collection, "collection");
            Objects.requireNonNull(createdAt, "createdAt");
            Objects.requireNonNull(settings.deduplication(), "settings");
        }
    }

    /**
     * A document.
     *
     * @param id unique in its collection
     * @param sha256 of its original bytes
     * @param sizeBytes of its original bytes
     * @param byteLines lines of original bytes that follow; 0 where they stayed behind
     * @param textLines lines of text that follow, each at most {@value JsonLines#MAX_TEXT} UTF-16 code units
     * @param chunkLines lines of chunks that follow
     */
    record Document(
            String id,
            Attributes given,
            Findings found,
            String sha256,
            long sizeBytes,
            @Nullable ChunkingSettings chunking,
            BundledDocument.@Nullable Alias alias,
            int byteLines,
            int textLines,
            int chunkLines)
            implements BundleLine {
        /** Rejects what is missing. */
        public Document {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(given, "given");
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    /**
     * Original bytes.
     *
     * @param base64 at most {@value JsonLines#MAX_BYTES} of them
     */
    record Bytes(String base64) implements BundleLine {
        /** Rejects what is missing. */
        public Bytes {
            Objects.requireNonNull(base64, "base64");
        }
    }

    /** A piece of cleaned text. */
    record Text(String text) implements BundleLine {
        /** Rejects what is missing. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A chunk.
     *
     * @param documentId the document, for those who read chunks only
     * @param ordinal position in the document, from 0
     * @param start offset of the first character in the text, in UTF-16 code units
     * @param end offset behind the last
     * @param text the characters themselves; absent where there are more than {@value JsonLines#MAX_TEXT}
     * @param vector base64 of little-endian IEEE 754 single precision
     * @param vectorKey what the vector is made from; absent if unknown
     */
    record Chunk(
            String documentId,
            int ordinal,
            int start,
            int end,
            int page,
            int pageEnd,
            List<String> sectionPath,
            int tokenCount,
            @Nullable ChunkContext context,
            @Nullable String text,
            String vector,
            @Nullable String vectorKey)
            implements BundleLine {
        /** Rejects what is missing. */
        public Chunk {
            Objects.requireNonNull(documentId, "documentId");
            sectionPath = List.copyOf(sectionPath);
            Objects.requireNonNull(vector, "vector");
        }
    }

    /**
     * What the bundle held.
     *
     * @param documents with text of their own
     * @param aliases documents that one of these answers for
     * @param chunks of all documents
     * @param originals documents and aliases with their original bytes
     * @param leftOut documents of the collection that are not in the bundle
     */
    record Summary(long documents, long aliases, long chunks, long originals, BundleSummary.LeftOut leftOut)
            implements BundleLine {
        /** Rejects what is missing. */
        public Summary {
            Objects.requireNonNull(leftOut, "leftOut");
        }
    }

    /**
     * Why there is no end.
     *
     * @param reason stable, UPPER_SNAKE_CASE
     * @param detail a sentence for people
     */
    record Failed(String reason, String detail) implements BundleLine {}

    /**
     * The end.
     *
     * @param sha256 of all lines before this one, uncompressed, with their line feeds
     */
    record End(String sha256) implements BundleLine {
        /** Rejects what is missing. */
        public End {
            Objects.requireNonNull(sha256, "sha256");
        }
    }
}
