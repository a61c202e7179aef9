package quintet.retrieve.api;

import java.util.List;
import quintet.retrieve.model.ListedDocument;
import quintet.retrieve.v1.ListDocumentsResponse;

/** Maps what the index holds to the wire. */
final class InventoryProtoMapping {
    private InventoryProtoMapping() {}

    static ListDocumentsResponse toProto(List<ListedDocument> documents) {
        ListDocumentsResponse.Builder response = ListDocumentsResponse.newBuilder();
        for (ListedDocument document : documents) {
            response.addDocuments(quintet.retrieve.v1.IndexedDocument.newBuilder()
                    .setDocumentId(document.documentId())
                    .setVersion(document.head().version())
                    .setDeleted(document.head().deleted())
                    .setPassageCount(document.head().passageCount()));
        }
        return response.build();
    }
}
