package quintet.bench.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.search.ScoreDoc;
import quintet.retrieve.adapter.lucene.BenchedIndex;
import quintet.retrieve.model.IndexKind;

/** One of our kinds of index. */
final class KindContender implements Contender {
    private final String name;
    private final List<IndexKind> settings;
    private final BenchedIndex index;

    /**
     * Builds the index.
     *
     * @param settings kinds that differ in parameters of searches only
     */
    KindContender(String name, List<IndexKind> settings, VectorSet set, Path folder) throws IOException {
        this.name = name;
        this.settings = settings;
        index = BenchedIndex.build(folder, settings.getFirst(), set.vectors(), set.similarity());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() throws IOException {
        return index.bytes();
    }

    @Override
    public int settings() {
        return settings.size();
    }

    @Override
    public String setting(int setting) {
        return settings.get(setting).searching().toString();
    }

    @Override
    public int[] search(float[] query, int setting) throws IOException {
        ScoreDoc[] hits = index.searcher()
                .search(BenchedIndex.query(query, VectorSet.K, settings.get(setting)), VectorSet.K)
                .scoreDocs;
        int[] found = new int[hits.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = hits[i].doc;
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}
