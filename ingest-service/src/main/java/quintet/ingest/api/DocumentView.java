package quintet.ingest.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.Document;
import quintet.ingest.model.DuplicateOf;
import quintet.ingest.model.Duplicates;
import quintet.ingest.model.StageFailure;

/**
 * A document as JSON.
 *
 * @param collection collection of the document
 * @param id identifier within the collection
 * @param version newest version, from 1
 * @param state where that version stands
 * @param filename file name or the caller's own name
 * @param title the caller's title, else the document's own
 * @param source where it came from, as the caller gave it
 * @param mimeType as declared until parsed, as found afterwards
 * @param language ISO 639-1 code; empty if unknown
 * @param sizeBytes size of the original
 * @param sha256 SHA-256 of the original
 * @param chunkCount chunks of the version; 0 until chunked
 * @param chunksIndexed chunks that the index has stored so far
 * @param chunksReused chunks whose vectors come from the version before; 0 until chunked
 * @param attempts how often processing of the version was begun
 * @param readyVersion version that searches find now, which may be an older one; null if there is none
 * @param estimatedSecondsLeft until READY at the rates measured; null where nothing is on its way or nothing was measured
 * @param pageCount pages or slides; 0 where the format has none
 * @param metadata what a search can filter by
 * @param groups access groups; none for everybody of the tenant
 * @param failure why it failed, if it did
 * @param times when each state was reached, ISO 8601 in UTC
 * @param traceId trace that the version came in with
 * @param unchanged true if a PUT had nothing to do
 * @param duplicateOf the document whose passages answer for this one, if this one has none of its own
 * @param aliases documents that this one answers for, if there are any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentView(
        String collection,
        String id,
        long version,
        String state,
        String filename,
        String title,
        String source,
        String mimeType,
        String language,
        long sizeBytes,
        String sha256,
        int chunkCount,
        int chunksIndexed,
        int chunksReused,
        int attempts,
        @Nullable Long readyVersion,
        @Nullable Long estimatedSecondsLeft,
        int pageCount,
        Map<String, String> metadata,
        List<String> groups,
        @Nullable StageFailure failure,
        Map<String, String> times,
        @Nullable String traceId,
        @Nullable Boolean unchanged,
        @Nullable DuplicateOf duplicateOf,
        @Nullable Aliases aliases) {
    static DocumentView of(Document document) {
        return of(document, null, null);
    }

    static DocumentView of(Document document, OptionalLong estimatedSecondsLeft) {
        return of(document, null, estimatedSecondsLeft.isPresent() ? estimatedSecondsLeft.getAsLong() : null);
    }

    static DocumentView of(Document document, @Nullable Boolean unchanged) {
        return of(document, unchanged, null);
    }

    private static DocumentView of(
            Document document, @Nullable Boolean unchanged, @Nullable Long estimatedSecondsLeft) {
        Map<String, String> times = new LinkedHashMap<>();
        document.times().forEach((state, at) -> times.put(state.name(), at.toString()));
        return new DocumentView(
                document.ref().key().shownCollection(),
                document.ref().key().documentId(),
                document.ref().version(),
                document.state().name(),
                document.given().filename(),
                document.title(),
                document.given().source(),
                document.mimeType(),
                document.found().language(),
                document.blob().sizeBytes(),
                document.blob().sha256(),
                document.progress().chunkCount(),
                document.progress().chunksIndexed(),
                document.progress().chunksReused(),
                document.progress().attempts(),
                document.progress().readyVersion() == 0
                        ? null
                        : document.progress().readyVersion(),
                estimatedSecondsLeft,
                document.found().pageCount(),
                document.metadata(),
                document.given().groups(),
                document.failure(),
                times,
                document.traceId().isEmpty() ? null : document.traceId(),
                unchanged,
                document.duplicates().of(),
                Aliases.of(document.duplicates()));
    }

    /**
     * Documents that another one answers for.
     *
     * @param count how many there are
     * @param documentIds the first hundred of them, by rising id
     */
    public record Aliases(int count, List<String> documentIds) {
        static @Nullable Aliases of(Duplicates duplicates) {
            return duplicates.aliasCount() == 0 ? null : new Aliases(duplicates.aliasCount(), duplicates.aliases());
        }
    }

    /**
     * What became of a request with several documents.
     *
     * @param documents those that are stored
     * @param rejected those that are not
     */
    public record Accepted(List<DocumentView> documents, List<Rejected> rejected) {}

    /**
     * A file that was not stored.
     *
     * @param filename its name
     * @param reason stable reason in UPPER_SNAKE_CASE
     * @param message a sentence that names the value and the bound
     */
    public record Rejected(String filename, String reason, String message) {}

    /**
     * A page of a collection.
     *
     * @param documents by rising id
     * @param nextCursor cursor of the next page; null on the last
     * @param counts documents of the collection by state
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Page(
            List<DocumentView> documents, @Nullable String nextCursor, Map<String, Long> counts) {}
}
