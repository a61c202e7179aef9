package quintet.generate.model;

import java.util.OptionalDouble;

/**
 * What a model server last said about itself.
 *
 * @param ready whether it answers
 * @param look number of the look, from 1; 0 before the first, when it is taken to be ready
 * @param running requests in its batch; absent if it publishes no metrics
 * @param waiting requests that wait for a place in the batch
 * @param cacheUsage share of the KV cache that is in use, 0 to 1
 * @param prefixHits share of prompt tokens found in the prefix cache since its start, 0 to 1
 * @param draftAcceptance share of speculated tokens that were right since its start, 0 to 1
 */
public record ReplicaLoad(
        boolean ready,
        long look,
        OptionalDouble running,
        OptionalDouble waiting,
        OptionalDouble cacheUsage,
        OptionalDouble prefixHits,
        OptionalDouble draftAcceptance) {
    /** Nothing is known yet. */
    public static final ReplicaLoad UNKNOWN = bare(true, 0);

    /** Returns what is known of a server without metrics. */
    public static ReplicaLoad bare(boolean ready, long look) {
        OptionalDouble none = OptionalDouble.empty();
        return new ReplicaLoad(ready, look, none, none, none, none, none);
    }
}
