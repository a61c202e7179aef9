package quintet.ingest.adapter.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import quintet.ingest.port.WebhookProgress;

/** {@link WebhookProgress} in table {@code event_stream}. */
@ApplicationScoped
class PostgresWebhookProgress implements WebhookProgress {
    private static final String TAKE = """
            update event_stream set webhook_attempts = webhook_attempts + 1,
                webhook_due = clock_timestamp() + ? * interval '1 millisecond'
            where collection = (
                select collection from event_stream
                where head > webhook_position and webhook_due <= clock_timestamp()
                order by webhook_due limit 1 for update skip locked)
            returning collection, webhook_position, webhook_attempts""";

    private final Transactions transactions;

    PostgresWebhookProgress(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Turn> take(Duration lease) {
        return transactions.call(connection -> Statements.first(
                connection,
                TAKE,
                row -> new Turn(
                        row.getString("collection"), row.getLong("webhook_position"), row.getInt("webhook_attempts")),
                lease.toMillis()));
    }

    @Override
    public void advance(Turn turn, long position) {
        var _ = transactions.call(
                connection -> Statements.update(connection, """
                update event_stream set webhook_position = ?, webhook_attempts = 0, webhook_due = clock_timestamp()
                where collection = ? and webhook_position = ?""", position, turn.collection(), turn.position()));
    }

    @Override
    public void postpone(Turn turn, Duration pause) {
        var _ = transactions.call(
                connection -> Statements.update(connection, """
                update event_stream set webhook_due = clock_timestamp() + ? * interval '1 millisecond'
                where collection = ? and webhook_position = ?""", pause.toMillis(), turn.collection(), turn.position()));
    }
}
