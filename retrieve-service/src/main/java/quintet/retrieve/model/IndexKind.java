package quintet.retrieve.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the vectors of a collection are searched. Parameters have the names of the literature; each kind says which of them
 * only matter while searching, so that they can change at once, and which are built into the index.
 *
 * <p>Every kind keeps the vectors themselves, and every score that leaves the index is computed from them.
 */
public sealed interface IndexKind {
    /** The names of the kinds, as users write them. */
    List<String> NAMES = List.of("exact", "hnsw", "random-projection", "lsh", "product-quantization");

    /** Returns one of {@link #NAMES}. */
    String name();

    /** Returns what is built into the index, by name, in a fixed order. */
    Map<String, Integer> building();

    /** Returns what only matters while searching, by name, in a fixed order. */
    Map<String, Integer> searching();

    /** Compares with every vector: finds all, takes time in proportion to their number. */
    record Exact() implements IndexKind {
        @Override
        public String name() {
            return "exact";
        }

        @Override
        public Map<String, Integer> building() {
            return Map.of();
        }

        @Override
        public Map<String, Integer> searching() {
            return Map.of();
        }
    }

    /**
     * Hierarchical navigable small world graphs (Malkov, Yashunin: Efficient and robust approximate nearest neighbor search
     * using HNSW graphs, 2018).
     *
     * @param m neighbours of a node, 2 to 512; raising it finds more and takes memory and indexing time
     * @param efConstruction candidates looked at when a node is linked, 1 to 3,200; raising it finds more and takes indexing
     *     time
     * @param bits of a number while the graph is walked: 32 (as they are), 8, 4, 2 or 1 (scalar quantization; for 1 and 2 see
     *     Gao, Long: RaBitQ, 2024)
     * @param ef candidates looked at by a search, at least, 1 to 10,000; raising it finds more and takes time
     * @param rescore passages whose score is computed anew from the vectors themselves, as a multiple of those asked for, 1 to
     *     100; matters with fewer than 32 bits only
     */
    record Hnsw(int m, int efConstruction, int bits, int ef, int rescore) implements IndexKind {
        /** Checks the bounds. */
        public Hnsw {
            Bounds.check("m", m, 2, 512);
            Bounds.check("efConstruction", efConstruction, 1, 3200);
            Bounds.check("bits", bits, List.of(32, 8, 4, 2, 1));
            Bounds.check("ef", ef, 1, 10_000);
            Bounds.check("rescore", rescore, 1, 100);
        }

        @Override
        public String name() {
            return "hnsw";
        }

        @Override
        public Map<String, Integer> building() {
            return Bounds.ordered("m", m, "efConstruction", efConstruction, "bits", bits);
        }

        @Override
        public Map<String, Integer> searching() {
            return Bounds.ordered("ef", ef, "rescore", rescore);
        }
    }

    /**
     * A forest of trees whose nodes split the vectors in halves by hyperplanes between two random ones of them, one direction a
     * level (Hyvönen et al.: Fast nearest neighbor search through sparse random projections and voting, 2016; the hyperplanes
     * as in Spotify's Annoy), searched best bin first.
     *
     * @param trees 1 to 128; raising it finds more and takes disk and indexing time
     * @param leafSize vectors in a leaf, at most about twice as many, 4 to 4,096
     * @param candidates vectors of a segment whose score is computed, at least, 1 to 1,000,000 (Annoy's {@code search_k});
     *     raising it finds more and takes time
     */
    record RandomProjection(int trees, int leafSize, int candidates) implements IndexKind {
        /** Checks the bounds. */
        public RandomProjection {
            Bounds.check("trees", trees, 1, 128);
            Bounds.check("leafSize", leafSize, 4, 4096);
            Bounds.check("candidates", candidates, 1, 1_000_000);
        }

        @Override
        public String name() {
            return "random-projection";
        }

        @Override
        public Map<String, Integer> building() {
            return Bounds.ordered("trees", trees, "leafSize", leafSize);
        }

        @Override
        public Map<String, Integer> searching() {
            return Bounds.ordered("candidates", candidates);
        }
    }

    /**
     * Locality-sensitive hashing by the sides of random hyperplanes (Charikar: Similarity estimation techniques from rounding
     * algorithms, 2002) with query-directed probing of neighbouring buckets (Lv et al.: Multi-probe LSH, 2007).
     *
     * @param tables 1 to 128; raising it finds more and takes disk and indexing time
     * @param bits hyperplanes of a table, at most, 1 to 20; few vectors take fewer, so that buckets aren't empty
     * @param probes buckets looked at in a table, on average, 1 to 10,000; raising it finds more and takes time
     */
    record Lsh(int tables, int bits, int probes) implements IndexKind {
        /** Checks the bounds. */
        public Lsh {
            Bounds.check("tables", tables, 1, 128);
            Bounds.check("bits", bits, 1, 20);
            Bounds.check("probes", probes, 1, 10_000);
        }

        @Override
        public String name() {
            return "lsh";
        }

        @Override
        public Map<String, Integer> building() {
            return Bounds.ordered("tables", tables, "bits", bits);
        }

        @Override
        public Map<String, Integer> searching() {
            return Bounds.ordered("probes", probes);
        }
    }

    /**
     * Product quantization of what the nearest of some centroids leaves, in inverted lists, with asymmetric distances (Jégou,
     * Douze, Schmid: Product quantization for nearest neighbor search, 2011: IVFADC), re-scored by the vectors themselves.
     *
     * @param subspaces parts of a vector, each of which becomes one byte, 1 to 512, at most the dimension
     * @param lists inverted lists, 1 to 65,536, or 0 for the square root of the number of vectors
     * @param probes lists looked at by a search, 1 to 65,536; raising it finds more and takes time
     * @param rescore passages whose score is computed anew from the vectors themselves, as a multiple of those asked for, 1 to
     *     100
     */
    record ProductQuantization(int subspaces, int lists, int probes, int rescore) implements IndexKind {
        /** Checks the bounds. */
        public ProductQuantization {
            Bounds.check("subspaces", subspaces, 1, 512);
            Bounds.check("lists", lists, 0, 65_536);
            Bounds.check("probes", probes, 1, 65_536);
            Bounds.check("rescore", rescore, 1, 100);
        }

        @Override
        public String name() {
            return "product-quantization";
        }

        @Override
        public Map<String, Integer> building() {
            return Bounds.ordered("subspaces", subspaces, "lists", lists);
        }

        @Override
        public Map<String, Integer> searching() {
            return Bounds.ordered("probes", probes, "rescore", rescore);
        }
    }

    /**
     * Returns a kind by its name, with defaults for what isn't given.
     *
     * @throws IllegalArgumentException if there is no such kind or parameter, or a value is out of its bounds; the message is
     *     fit for users
     */
    static IndexKind of(String name, Map<String, Integer> given) {
        Parameters parameters = new Parameters(given);
        IndexKind kind = switch (name) {
            case "exact" -> new Exact();
            case "hnsw" ->
                new Hnsw(
                        parameters.take("m", 16),
                        parameters.take("efConstruction", 100),
                        parameters.take("bits", 32),
                        parameters.take("ef", 100),
                        parameters.take("rescore", 5));
            case "random-projection" ->
                new RandomProjection(
                        parameters.take("trees", 32),
                        parameters.take("leafSize", 32),
                        parameters.take("candidates", 4000));
            case "lsh" ->
                new Lsh(parameters.take("tables", 32), parameters.take("bits", 12), parameters.take("probes", 16));
            case "product-quantization" ->
                new ProductQuantization(
                        parameters.take("subspaces", 64),
                        parameters.take("lists", 0),
                        parameters.take("probes", 24),
                        parameters.take("rescore", 10));
            default ->
                throw new IllegalArgumentException("kind is '%s', must be one of %s"
                        .formatted(name.length() <= 64 ? name : name.substring(0, 64) + "…", String.join(", ", NAMES)));
        };
        parameters.requireAllTaken(kind);
        return kind;
    }

    /** Returns what an index is built by, as text: equal texts are equal indexes. */
    default String structure() {
        return text(building());
    }

    /** Returns the whole kind as text, which {@link #parse} reads. */
    default String text() {
        return text(parameters());
    }

    /** Returns all parameters by name, in a fixed order. */
    default Map<String, Integer> parameters() {
        Map<String, Integer> all = new LinkedHashMap<>(building());
        all.putAll(searching());
        return all;
    }

    private String text(Map<String, Integer> parameters) {
        return name()
                + parameters.entrySet().stream()
                        .map(each -> " " + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining());
    }

    /** Returns the kind that {@link #text} wrote; parameters that it lacks, because it is older, have their defaults. */
    static IndexKind parse(String text) {
        List<String> words = List.of(text.split(" "));
        Map<String, Integer> parameters = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            parameters.put(word.substring(0, equals), Integer.valueOf(word.substring(equals + 1)));
        }
        return of(words.getFirst(), parameters);
    }
}
