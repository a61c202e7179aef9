package quintet.retrieve.adapter.lucene;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.ModelRef;

/** What is committed beside the documents: the model of the vectors, and how they are searched if that was chosen. */
final class CommitData {
    private static final String FORMAT = "quintet.format";
    private static final String NAME = "quintet.model.name";
    private static final String REVISION = "quintet.model.revision";
    private static final String DIMENSION = "quintet.model.dimension";
    private static final String KIND = "quintet.index.kind";

    private CommitData() {}

    static Map<String, String> of(Optional<ModelRef> model, Optional<IndexKind> kind) {
        Map<String, String> data = new HashMap<>();
        data.put(FORMAT, "1");
        model.ifPresent(m -> {
            data.put(NAME, m.name());
            data.put(REVISION, m.revision());
            data.put(DIMENSION, Integer.toString(m.dimension()));
        });
        kind.ifPresent(k -> data.put(KIND, k.text()));
        return data;
    }

    static Optional<ModelRef> model(Map<String, String> data) {
        String name = data.get(NAME);
        String revision = data.get(REVISION);
        String dimension = data.get(DIMENSION);
        return name == null || revision == null || dimension == null
                ? Optional.empty()
                : Optional.of(new ModelRef(name, revision, Integer.parseInt(dimension)));
    }

    /** Returns the kind that was chosen; empty if none was. */
    static Optional<IndexKind> kind(Map<String, String> data) {
        return Optional.ofNullable(data.get(KIND)).map(IndexKind::parse);
    }
}
