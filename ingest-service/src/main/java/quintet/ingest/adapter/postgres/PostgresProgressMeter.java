package quintet.ingest.adapter.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.QueueAhead;
import quintet.ingest.model.Throughput;
import quintet.ingest.port.ProgressMeter;

/** {@link ProgressMeter} over the events and the documents in PostgreSQL. */
@ApplicationScoped
class PostgresProgressMeter implements ProgressMeter {
    /** The newest events are enough: older ones would blur a rate that has changed. */
    private static final int SAMPLE = 200;

    /** Documents that are looked at in one queue; a longer one is estimated too short. */
    private static final int MAX_QUEUE = 100_000;

    private final Transactions transactions;

    PostgresProgressMeter(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Throughput throughput(Duration window) {
        // The oldest event begins the measurement, so that only what came after it counts.
        String sql = """
                select greatest(count(*) - 1, 0) as documents,
                    coalesce(sum(chunk_count) - (array_agg(chunk_count order by at))[1], 0) as chunks,
                    greatest(coalesce(extract(epoch from clock_timestamp() - min(at)), 0), 0.001)::double precision
                        as seconds
                from (select at, chunk_count from document_event
                      where state = 'READY' and at > clock_timestamp() - ? * interval '1 millisecond'
                      order by at desc limit ?) newest""";
        return transactions.call(connection -> Statements.first(
                        connection,
                        sql,
                        row -> {
                            double documents = row.getLong("documents");
                            double chunks = row.getLong("chunks");
                            double seconds = row.getDouble("seconds");
                            return new Throughput(
                                    documents / seconds, chunks / seconds, documents == 0 ? 0 : chunks / documents);
                        },
                        window.toMillis(),
                        SAMPLE)
                .orElseThrow());
    }

    @Override
    public Optional<QueueAhead> ahead(DocumentKey key) {
        String sql = """
                select count(*) as documents, count(*) filter (where chunk_count = 0) as unchunked,
                    coalesce(sum(greatest(chunk_count - chunks_indexed, 0)), 0) as chunks
                from (select q.chunk_count, q.chunks_indexed from document q
                      where q.state in ('RECEIVED', 'PARSED', 'CHUNKED', 'EMBEDDED') and q.received_at <= (
                          select d.received_at from document d where d.collection = ? and d.document_id = ?
                              and d.state in ('RECEIVED', 'PARSED', 'CHUNKED', 'EMBEDDED'))
                      limit ?) queue""";
        return transactions
                .call(connection -> Statements.first(
                        connection,
                        sql,
                        row -> new QueueAhead(
                                row.getLong("documents"), row.getLong("unchunked"), row.getLong("chunks")),
                        key,
                        MAX_QUEUE))
                .filter(ahead -> ahead.documents() > 0);
    }
}
