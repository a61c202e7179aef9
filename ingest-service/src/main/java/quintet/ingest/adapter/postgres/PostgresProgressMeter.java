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

    /**
     * The oldest event begins the measurement, so that only what came after it counts. Time in which nothing was under way is no
     * part of it: from then on, only what is covered by the way of a document, from RECEIVED to READY or until now.
     */
    private static final String THROUGHPUT = """
            with newest as (
                select collection, document_id, version, at, chunk_count from document_event
                where state = 'READY' and at > clock_timestamp() - ? * interval '1 millisecond'
                order by at desc limit ?),
            began as (select min(at) as at from newest),
            ways as (
                select tstzrange(greatest(least(s.at, n.at), began.at), n.at) as way
                from newest n cross join began left join state_change s on s.collection = n.collection
                    and s.document_id = n.document_id and s.version = n.version and s.state = 'RECEIVED'
                union all
                select tstzrange(greatest(d.at, began.at), greatest(clock_timestamp(), d.at, began.at))
                from began cross join (select min(received_at) as at from document
                    where state in ('RECEIVED', 'PARSED', 'CHUNKED', 'EMBEDDED')) d
                where d.at is not null),
            busy as (
                select extract(epoch from sum(upper(way) - lower(way))) as seconds
                from (select unnest(range_agg(way)) as way from ways) together)
            select greatest(count(*) - 1, 0) as documents,
                coalesce(sum(chunk_count) - (array_agg(chunk_count order by at))[1], 0) as chunks,
                greatest(coalesce((select seconds from busy), 0), 0.001)::double precision as seconds
            from newest""";

    private final Transactions transactions;

    PostgresProgressMeter(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Throughput throughput(Duration window) {
        return transactions.call(connection -> Statements.first(
                        connection,
                        THROUGHPUT,
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
