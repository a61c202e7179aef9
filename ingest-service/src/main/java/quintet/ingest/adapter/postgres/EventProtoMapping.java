package quintet.ingest.adapter.postgres;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.util.HexFormat;
import java.util.List;
import quintet.embed.v1.ChunksEmbedded;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkContext;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.DocumentDeleted;
import quintet.ingest.v1.DocumentInfo;
import quintet.ingest.v1.DocumentReceived;
import quintet.ingest.v1.VersionCancelled;

/** Maps events to the wire. */
final class EventProtoMapping {
    private EventProtoMapping() {}

    static String routingKey(IngestEvent event) {
        return switch (event) {
            case IngestEvent.DocumentReceived _ -> "ingest.document-received.v1";
            case IngestEvent.ChunksCreated _ -> "ingest.chunks-created.v1";
            case IngestEvent.ChunksEmbedded _ -> "embed.chunks-embedded.v1";
            case IngestEvent.DocumentDeleted _ -> "ingest.document-deleted.v1";
            case IngestEvent.VersionCancelled _ -> "ingest.version-cancelled.v1";
        };
    }

    static MessageLite toProto(IngestEvent event) {
        DocumentKey key = event.ref().key();
        return switch (event) {
            case IngestEvent.DocumentReceived received ->
                DocumentReceived.newBuilder()
                        .setCollection(key.collection())
                        .setDocumentId(key.documentId())
                        .setVersion(received.ref().version())
                        .build();
            case IngestEvent.DocumentDeleted deleted ->
                DocumentDeleted.newBuilder()
                        .setCollection(key.collection())
                        .setDocumentId(key.documentId())
                        .setVersion(deleted.ref().version())
                        .build();
            case IngestEvent.VersionCancelled cancelled ->
                VersionCancelled.newBuilder()
                        .setCollection(key.collection())
                        .setDocumentId(key.documentId())
                        .setVersion(cancelled.ref().version())
                        .build();
            case IngestEvent.ChunksCreated created -> toProto(created);
            case IngestEvent.ChunksEmbedded embedded -> toProto(embedded);
        };
    }

    private static ChunksCreated toProto(IngestEvent.ChunksCreated created) {
        DocumentKey key = created.ref().key();
        ChunksCreated.Builder proto = ChunksCreated.newBuilder()
                .setCollection(key.collection())
                .setDocumentId(key.documentId())
                .setVersion(created.ref().version())
                .setPart(created.part())
                .setPartCount(created.partCount())
                .setChunkCount(created.chunkCount())
                .setInfo(toProto(created.info()));
        created.chunks().forEach(chunk -> proto.addChunks(toProto(key, chunk, created)));
        return proto.build();
    }

    private static ChunksEmbedded toProto(IngestEvent.ChunksEmbedded embedded) {
        ChunksEmbedded.Builder proto = ChunksEmbedded.newBuilder()
                .setPart(toProto(embedded.part()))
                .setModel(embedded.model().name())
                .setRevision(embedded.model().revision())
                .setDimension(embedded.model().dimension());
        proto.setVectors(ByteString.copyFrom(embedded.vectors().stream()
                .map(vector -> ByteString.copyFrom(vector.littleEndian()))
                .toList()));
        List<String> keys = embedded.vectors().stream()
                .flatMap(vector -> vector.key().stream())
                .toList();
        // The index takes a key for each vector or for none.
        if (keys.size() == embedded.vectors().size()) {
            keys.forEach(key ->
                    proto.addVectorKeys(ByteString.copyFrom(HexFormat.of().parseHex(key))));
        }
        return proto.build();
    }

    private static DocumentInfo toProto(IngestEvent.DocumentInfo info) {
        return DocumentInfo.newBuilder()
                .setFilename(info.given().filename())
                .setTitle(info.title())
                .setSource(info.given().source())
                .setMimeType(info.found().mimeType())
                .setLanguage(info.found().language())
                .putAllMetadata(info.found().metadata())
                .putAllMetadata(info.given().metadata())
                .addAllGroups(info.given().groups())
                .build();
    }

    private static quintet.ingest.v1.Chunk toProto(DocumentKey key, Chunk chunk, IngestEvent.ChunksCreated created) {
        quintet.ingest.v1.Chunk.Builder proto = quintet.ingest.v1.Chunk.newBuilder()
                .setChunkId(chunk.id(key).toString())
                .setOrdinal(chunk.ordinal())
                .setText(chunk.textIn(created.text()))
                .setStart(chunk.start())
                .setEnd(chunk.end())
                .setPage(chunk.page())
                .setPageEnd(chunk.pageEnd())
                .addAllSectionPath(chunk.sectionPath())
                .setTokenCount(chunk.tokenCount())
                .setUnchanged(created.unchanged().contains(chunk.ordinal()));
        if (chunk.context() != null) {
            proto.setContext(toProto(chunk.context(), created.text()));
        }
        return proto.build();
    }

    private static quintet.ingest.v1.ChunkContext toProto(ChunkContext context, CleanText text) {
        return quintet.ingest.v1.ChunkContext.newBuilder()
                .setText(context.textIn(text))
                .setStart(context.start())
                .setEnd(context.end())
                .setPage(context.page())
                .setPageEnd(context.pageEnd())
                .build();
    }
}
