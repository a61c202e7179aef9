package quintet.ingest.api;

import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.StageFailure;
import quintet.ingest.v1.Document;
import quintet.ingest.v1.DocumentFailure;

/** Maps documents to the wire and states from it. */
final class IngestProtoMapping {
    private IngestProtoMapping() {}

    static Document toProto(quintet.ingest.model.Document document) {
        Document.Builder proto = Document.newBuilder()
                .setCollection(document.ref().key().shownCollection())
                .setDocumentId(document.ref().key().documentId())
                .setVersion(document.ref().version())
                .setState(toProto(document.state()))
                .setFilename(document.given().filename())
                .setMimeType(document.mimeType())
                .setSizeBytes(document.blob().sizeBytes())
                .setSha256(document.blob().sha256())
                .setChunkCount(document.progress().chunkCount())
                .setChunksIndexed(document.progress().chunksIndexed())
                .setChunksReused(document.progress().chunksReused())
                .addAllGroups(document.given().groups());
        document.times().forEach((state, at) -> proto.putTimes(state.name(), at.toString()));
        document.whyFailed().ifPresent(failure -> proto.setFailure(toProto(failure)));
        return proto.build();
    }

    /** Returns the state to list; absent for UNSPECIFIED. */
    static @Nullable DocumentState toModel(quintet.ingest.v1.DocumentState state) {
        return switch (state) {
            case DOCUMENT_STATE_UNSPECIFIED -> null;
            case DOCUMENT_STATE_RECEIVED -> DocumentState.RECEIVED;
            case DOCUMENT_STATE_PARSED -> DocumentState.PARSED;
            case DOCUMENT_STATE_CHUNKED -> DocumentState.CHUNKED;
            case DOCUMENT_STATE_EMBEDDED -> DocumentState.EMBEDDED;
            case DOCUMENT_STATE_READY -> DocumentState.READY;
            case DOCUMENT_STATE_FAILED -> DocumentState.FAILED;
            case DOCUMENT_STATE_DELETED -> DocumentState.DELETED;
            case DOCUMENT_STATE_INDEXED -> DocumentState.INDEXED;
            case DOCUMENT_STATE_CANCELLED -> DocumentState.CANCELLED;
            case UNRECOGNIZED -> throw Failure.invalidInput("INVALID_STATE", "the state is not one of the contract");
        };
    }

    private static quintet.ingest.v1.DocumentState toProto(DocumentState state) {
        return switch (state) {
            case RECEIVED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_RECEIVED;
            case PARSED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_PARSED;
            case CHUNKED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_CHUNKED;
            case EMBEDDED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_EMBEDDED;
            case READY -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_READY;
            case FAILED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_FAILED;
            case DELETED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_DELETED;
            case INDEXED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_INDEXED;
            case CANCELLED -> quintet.ingest.v1.DocumentState.DOCUMENT_STATE_CANCELLED;
        };
    }

    private static DocumentFailure toProto(StageFailure failure) {
        return DocumentFailure.newBuilder()
                .setStage(failure.stage().name())
                .setReason(failure.reason())
                .setMessage(failure.message())
                .build();
    }
}
