package quintet.ingest.model;

import java.util.Map;

/**
 * How the vectors of a generation are to be searched; the index knows what there is.
 *
 * @param kind name of the kind of index
 * @param parameters by their names in the literature; those that are left out have their defaults
 */
public record IndexChoice(String kind, Map<String, Integer> parameters) {
    /** Copies the parameters. */
    public IndexChoice {
        parameters = Map.copyOf(parameters);
    }
}
