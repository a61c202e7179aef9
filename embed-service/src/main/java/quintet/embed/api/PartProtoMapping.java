package quintet.embed.api;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quintet.embed.model.DocumentPart;
import quintet.embed.model.DocumentVersion;
import quintet.embed.model.PartPayload;
import quintet.embed.model.Passage;
import quintet.failure.Failure;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.DocumentInfo;

/** Maps parts of documents from the wire. */
final class PartProtoMapping {
    private PartProtoMapping() {}

    static DocumentPart toModel(ChunksCreated event) {
        if (event.getChunksCount() == 0) {
            throw Failure.invalidInput(
                    "EMPTY_PART",
                    "part %d of document %s has 0 chunks, must have at least 1",
                    event.getPart(),
                    event.getDocumentId());
        }
        DocumentInfo info = event.getInfo();
        List<Passage> passages = event.getChunksList().stream()
                .map(chunk ->
                        new Passage(info.getTitle(), info.getFilename(), chunk.getSectionPathList(), chunk.getText()))
                .toList();
        Set<Integer> unchanged = IntStream.range(0, passages.size())
                .filter(i -> event.getChunks(i).getUnchanged())
                .boxed()
                .collect(Collectors.toSet());
        return new DocumentPart(
                toVersion(event), event.getPart(), passages, unchanged, new PartPayload(event.toByteArray()));
    }

    static DocumentVersion toVersion(ChunksCreated event) {
        return new DocumentVersion(event.getCollection(), event.getDocumentId(), event.getVersion());
    }
}
