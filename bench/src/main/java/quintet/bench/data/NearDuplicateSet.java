package quintet.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Articles with planted pairs of near duplicates.
 *
 * @param name name of the set
 * @param articles in the order of the file
 * @param pairs ids of two articles each
 */
public record NearDuplicateSet(String name, List<Article> articles, Set<Set<String>> pairs) {
    /**
     * An article.
     *
     * @param id unique in its set
     * @param text one line
     */
    public record Article(String id, String text) {}

    /** Copies list and set. */
    public NearDuplicateSet {
        articles = List.copyOf(articles);
        pairs = Set.copyOf(pairs);
    }

    /** Reads {@code NAME.train}, a line "id text" each, and {@code NAME.truth}, a line "id id" each. */
    public static NearDuplicateSet read(Path folder, String name) throws IOException {
        List<Article> articles = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name + ".train"))) {
            int space = line.indexOf(' ');
            if (space > 0) {
                articles.add(new Article(line.substring(0, space), line.substring(space + 1)));
            }
        }
        Set<Set<String>> pairs = new LinkedHashSet<>();
        for (String line : Files.readAllLines(folder.resolve(name + ".truth"))) {
            String[] ids = line.strip().split("\\s+", -1);
            if (ids.length == 2) {
                pairs.add(Set.of(ids[0], ids[1]));
            }
        }
        return new NearDuplicateSet(name, articles, pairs);
    }
}
