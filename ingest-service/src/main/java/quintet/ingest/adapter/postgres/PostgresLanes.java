package quintet.ingest.adapter.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;
import quintet.ingest.model.Lane;
import quintet.ingest.model.LaneLoad;
import quintet.ingest.port.Lanes;

/** {@link Lanes} in PostgreSQL, from indexes and counters alone. */
@ApplicationScoped
class PostgresLanes implements Lanes {
    private static final String LOAD = """
            select l.lane, l.granted,
                (select count(*) from (
                    select 1 from outbox o where o.lane = l.lane and o.lane is not null and o.turn is null limit ?) w)
                    as waiting,
                (select count(*) from in_flight f where f.lane = l.lane) as in_flight
            from dispatch_lane l""";

    private final Transactions transactions;
    private final FairDispatch dispatch;

    PostgresLanes(Transactions transactions, FairDispatch dispatch) {
        this.transactions = transactions;
        this.dispatch = dispatch;
    }

    @Override
    public Map<Lane, LaneLoad> load(long countUpTo) {
        return transactions.call(connection -> {
            dispatch.forgetDone(connection);
            return Statements.list(
                            connection,
                            LOAD,
                            row -> Map.entry(
                                    Lane.valueOf(row.getString("lane")),
                                    new LaneLoad(
                                            row.getLong("waiting"), row.getLong("in_flight"), row.getLong("granted"))),
                            countUpTo)
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        });
    }
}
