package quintet.ingest.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.ReconcileReport;

/** A report as JSON. */
record ReconcileReply(
        Instant begunAt,
        long tookMs,
        long findingCount,
        long healedCount,
        Map<String, Long> findingsByDrift,
        List<CollectionReply> collections,
        List<FindingReply> findings) {
    /** A collection. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CollectionReply(
            String collection,
            long registered,
            long indexed,
            long findings,
            long healed,
            @Nullable String problem) {}

    /** A document. */
    record FindingReply(String collection, String documentId, long version, String drift, String outcome) {}

    static ReconcileReply of(ReconcileReport report) {
        return new ReconcileReply(
                report.begunAt(),
                report.took().toMillis(),
                report.collections().stream()
                        .mapToLong(ReconcileReport.CollectionReport::findings)
                        .sum(),
                report.collections().stream()
                        .mapToLong(ReconcileReport.CollectionReport::healed)
                        .sum(),
                report.findings().stream()
                        .collect(Collectors.groupingBy(
                                finding -> finding.drift().name(), TreeMap::new, Collectors.counting())),
                report.collections().stream()
                        .map(collection -> new CollectionReply(
                                collection.collection(),
                                collection.registered(),
                                collection.indexed(),
                                collection.findings(),
                                collection.healed(),
                                collection.problem().orElse(null)))
                        .toList(),
                report.findings().stream()
                        .map(finding -> new FindingReply(
                                finding.ref().key().collection(),
                                finding.ref().key().documentId(),
                                finding.ref().version(),
                                finding.drift().name(),
                                finding.outcome().name()))
                        .toList());
    }
}
