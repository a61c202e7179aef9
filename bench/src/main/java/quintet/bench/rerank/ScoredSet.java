package quintet.bench.rerank;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A retrieval set whose candidates are all scored; kept in a file, so that rules can be tried without scoring again. */
public record ScoredSet(String name, List<ScoredQuery> queries) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the queries. */
    public ScoredSet {
        queries = List.copyOf(queries);
    }

    /** Reads what {@link #write} wrote. */
    public static List<ScoredSet> read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), new TypeReference<>() {});
    }

    /** Writes sets to a file, replacing it. */
    public static void write(Path file, List<ScoredSet> sets) throws IOException {
        JSON.writeValue(file.toFile(), sets);
    }
}
