package quintet.ingest.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison of registry and index found, and what was done about it.
 *
 * @param begunAt when it began
 * @param took how long it took
 * @param collections each collection, by name
 * @param findings each document that they disagree about, the first {@value #MAX_FINDINGS}
 */
public record ReconcileReport(
        Instant begunAt, Duration took, List<CollectionReport> collections, List<Finding> findings) {
    /** Most findings that are named one by one; all are counted. */
    public static final int MAX_FINDINGS = 1000;

    /** What became of a finding. */
    public enum Outcome {
        /** What was lost is published again, or the registry is told. */
        HEALED,
        /** It changed while it was looked at, or is on its way: the next comparison looks again. */
        WAITING,
        /** It was repaired too often without success; its document is FAILED now, or stays deleted. */
        GAVE_UP,
        /** Nothing is done about it unless somebody asks for it. */
        REPORTED
    }

    /**
     * A document that registry and index disagree about.
     *
     * @param ref its version in the registry, or in the index if the registry has none
     * @param drift how they disagree
     * @param outcome what became of it
     */
    public record Finding(DocumentRef ref, Drift drift, Outcome outcome) {}

    /**
     * A collection.
     *
     * @param collection its name
     * @param registered documents that the registry knows, deleted ones too
     * @param indexed documents that the index knows, deleted ones too
     * @param findings documents that they disagree about
     * @param healed those of them that were repaired
     * @param problem reason why it was not compared to its end
     */
    public record CollectionReport(
            String collection, long registered, long indexed, long findings, long healed, Optional<String> problem) {}

    /** Copies the lists. */
    public ReconcileReport {
        collections = List.copyOf(collections);
        findings = List.copyOf(findings);
    }
}
