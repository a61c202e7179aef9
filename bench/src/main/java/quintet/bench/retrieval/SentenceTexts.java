package quintet.bench.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import quintet.bench.data.RetrievalSet;

/** The different sentences of the retrieval sets in a shuffled order, the same each time, and the sets' queries. */
final class SentenceTexts {
    private static final long SEED = 7;
    private static final int MIN_LENGTH = 40;
    private static final int MAX_LENGTH = 400;

    private SentenceTexts() {}

    /** Returns at most {@code count} sentences, fewer if there are fewer. */
    static List<String> sentences(Path sets, int count) throws IOException {
        Set<String> distinct = new LinkedHashSet<>();
        for (RetrievalSet set : all(sets)) {
            for (RetrievalSet.Text document : set.documents()) {
                for (String sentence : document.text().split("(?<=[.!?])\\s+", -1)) {
                    if (sentence.length() >= MIN_LENGTH && sentence.length() <= MAX_LENGTH) {
                        distinct.add(sentence);
                    }
                }
            }
        }
        List<String> sentences = new ArrayList<>(distinct);
        Collections.shuffle(sentences, new Random(SEED));
        return sentences.subList(0, Math.min(count, sentences.size()));
    }

    /** Returns at most {@code count} different queries. */
    static List<String> queries(Path sets, int count) throws IOException {
        Set<String> distinct = new LinkedHashSet<>();
        for (RetrievalSet set : all(sets)) {
            set.queries().forEach(query -> distinct.add(query.text()));
        }
        List<String> queries = new ArrayList<>(distinct);
        Collections.shuffle(queries, new Random(SEED));
        return queries.subList(0, Math.min(count, queries.size()));
    }

    private static List<RetrievalSet> all(Path sets) throws IOException {
        List<RetrievalSet> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(sets)) {
            for (Path folder : folders.filter(RetrievalSet::isIn).sorted().toList()) {
                all.add(RetrievalSet.read(folder));
            }
        }
        return all;
    }
}
