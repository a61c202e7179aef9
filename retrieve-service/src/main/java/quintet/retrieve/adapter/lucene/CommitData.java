package quintet.retrieve.adapter.lucene;

import java.util.Map;
import java.util.Optional;
import quintet.retrieve.model.ModelRef;

/** What is committed beside the documents: the model of the vectors. */
final class CommitData {
    private static final String FORMAT = "quintet.format";
    private static final String NAME = "quintet.model.name";
    private static final String REVISION = "quintet.model.revision";
    private static final String DIMENSION = "quintet.model.dimension";

    private CommitData() {}

    static Map<String, String> of(Optional<ModelRef> model) {
        return model.map(m -> Map.of(
                        FORMAT,
                        "1",
                        NAME,
                        m.name(),
                        REVISION,
                        m.revision(),
                        DIMENSION,
                        Integer.toString(m.dimension())))
                .orElse(Map.of(FORMAT, "1"));
    }

    static Optional<ModelRef> model(Map<String, String> data) {
        String name = data.get(NAME);
        String revision = data.get(REVISION);
        String dimension = data.get(DIMENSION);
        return name == null || revision == null || dimension == null
                ? Optional.empty()
                : Optional.of(new ModelRef(name, revision, Integer.parseInt(dimension)));
    }
}
