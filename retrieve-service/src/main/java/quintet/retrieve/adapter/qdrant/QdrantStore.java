package quintet.retrieve.adapter.qdrant;

import java.util.UUID;
import quintet.retrieve.port.PassageWords;

/**
 * What every part of this adapter needs.
 *
 * @param process identifies this process among all that write to the cluster
 */
record QdrantStore(
        QdrantConfig config,
        QdrantCalls calls,
        Names names,
        HeadPoints heads,
        Schema schema,
        VectorSettings settings,
        PassagePoints passagePoints,
        String process) {
    static QdrantStore of(QdrantConfig config, QdrantCalls calls, PassageWords words) {
        Names names = new Names(config.prefix());
        SparseWords sparse = new SparseWords(config.k1(), config.b(), config.averageLength());
        return new QdrantStore(
                config,
                calls,
                names,
                new HeadPoints(calls, names),
                new Schema(calls, names, config),
                new VectorSettings(config),
                new PassagePoints(words, sparse),
                UUID.randomUUID().toString());
    }
}
