package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.list;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import quintet.ingest.adapter.postgres.FairTurns.Room;
import quintet.ingest.adapter.postgres.FairTurns.Waiting;
import quintet.ingest.model.GenerationName;
import quintet.ingest.model.Lane;

/**
 * Grants what waits in the outbox its turn, fairly between collections, while its lane has room. Granting and publishing are
 * transactions of their own: the rows of {@code dispatch_lane} are held for the former only, and what was granted by a process
 * that died is published by any other.
 */
@ApplicationScoped
class FairDispatch {
    /** A lane is filled up once it is this much drained: one round for many that end, and never an idle consumer. */
    private static final double REFILL_BELOW = 0.75;

    /** Share of a generation that is live in relation to one that is built beside it: nobody waits for that. */
    private static final int LIVE_SHARE = 4;

    private static final String BESIDE = "select name from collection where not live";

    private static final String ANY_WAITING = "select 1 from outbox where lane is not null and turn is null limit 1";

    private static final String LOCK = "select 1 from dispatch_lane order by lane for update";

    private static final String LANES = "select lane, virtual_time, rate from dispatch_lane";

    /**
     * Work is done when its version has moved on. Parts of a version that was superseded or has failed are still embedded, and count
     * until they come back: an older version may be whole first, and a part that is replayed needs the others.
     *
     * <p>What comes back measures the rate of its lane: all that was under way when it was granted, in the time since. A round
     * counts with its fastest, since one that had to be tried again says nothing of the rate, and moves the mean by a fifth.
     */
    private static final String FORGET_DONE = """
            with done as (
                delete from in_flight f
                where f.granted_at < now() - make_interval(secs => ?)
                    or not exists (
                        select 1 from document d
                        where d.collection = f.collection and d.document_id = f.document_id
                            and case
                                when f.lane in ('EMBED', 'INDEX') and f.version < d.version
                                    then d.state not in ('CANCELLED', 'DELETED') and f.version > coalesce(d.ready_version, 0)
                                when f.version <> d.version then false
                                when f.lane in ('EMBED', 'INDEX') then d.state in ('CHUNKED', 'FAILED')
                                when f.lane = 'PARSE' then d.state in ('RECEIVED', 'PARSED')
                                else d.state = 'DELETED' and d.removed_at is null
                            end)
                    or f.lane in ('EMBED', 'INDEX') and exists (
                        select 1 from staged_part s
                        where s.collection = f.collection and s.document_id = f.document_id and s.version = f.version
                            and s.part = f.part)
                returning f.lane, f.ahead, f.granted_at),
            measured as (
                select max(ahead / greatest(extract(epoch from clock_timestamp() - granted_at), 0.001))::double precision
                    as rate
                from done where lane = 'EMBED' and granted_at >= now() - make_interval(secs => ?))
            update dispatch_lane l
            set rate = case when l.rate = 0 then m.rate else l.rate + 0.2 * (m.rate - l.rate) end
            from measured m where l.lane = 'EMBED' and m.rate is not null""";

    private static final String LOADS =
            "select lane, count(*) as entries, sum(cost)::bigint as cost from in_flight group by lane";

    /**
     * The first entries of the collections whose turn is earliest. The collections are found by leaps through the index, one
     * probe each, so that a pick costs the same whatever waits in them.
     */
    static final String WAITING = """
            with recursive leap as (
                (select collection from outbox where lane = ? and lane is not null and turn is null
                    order by lane, collection limit 1)
                union all
                select (select o.collection from outbox o
                        where o.lane = ? and o.lane is not null and o.turn is null and o.collection > leap.collection
                        order by o.lane, o.collection limit 1)
                from leap where leap.collection is not null),
            turn as (
                select leap.collection, coalesce(s.finish, 0) as finish, count(*) over () as collections
                from leap left join fair_share s on s.lane = ? and s.collection = leap.collection
                where leap.collection is not null
                order by coalesce(s.finish, 0), leap.collection limit ?)
            select turn.collection, turn.finish, head.id, greatest(1, case ?
                    when 'PARSE' then coalesce((select greatest(d.size_bytes, 4096) from document d
                        where d.collection = head.collection and d.document_id = head.document_id collate "C"), 4096)
                    when 'EMBED' then octet_length(head.payload)
                    when 'INDEX' then octet_length(head.payload)
                    else 1 end) as cost
            from turn cross join lateral (
                select o.id, o.collection, o.document_id, o.payload from outbox o
                where o.lane = ? and o.lane is not null and o.turn is null and o.collection = turn.collection
                order by o.id limit greatest(8, 2 * ? / turn.collections)) head
            order by turn.finish, turn.collection, head.id""";

    private static final String GRANT = """
            with taken as (
                select t.id, t.cost, l.granted + t.nth as turn, (? + sum(t.cost) over (order by t.nth))::bigint as ahead
                from unnest(?::bigint[], ?::bigint[]) with ordinality as t (id, cost, nth)
                cross join dispatch_lane l where l.lane = ?),
            granted as (
                update outbox o set turn = taken.turn from taken where o.id = taken.id
                returning o.id, o.lane, o.collection, o.document_id, o.version, o.part, taken.cost, taken.ahead)
            insert into in_flight (outbox_id, lane, collection, document_id, version, part, cost, ahead)
            select * from granted on conflict do nothing""";

    private final Transactions transactions;
    private final Room removals;
    private final Room parsing;
    private final int embedParts;
    private final WorkWindow embedBytes;
    private final Room indexing;
    private final Map<String, Integer> weights;
    private final Duration lease;

    FairDispatch(Transactions transactions, DispatchConfig config) {
        this.transactions = transactions;
        removals = new Room(config.removals(), config.removals());
        parsing = new Room(config.parseDocuments(), config.parseBytes().asLongValue());
        embedParts = config.embedParts();
        embedBytes = new WorkWindow(
                config.embedBytesMin().asLongValue(), config.embedBytes().asLongValue(), config.embedWork());
        indexing = new Room(config.indexParts(), config.indexBytes().asLongValue());
        weights = Map.copyOf(config.weights());
        lease = config.lease();
    }

    private record LaneState(Lane lane, double virtualTime, double rate) {}

    private record Share(String collection, double finish, Waiting head) {}

    /** Grants at most {@code limit} entries of each lane. */
    void grant(int limit) {
        transactions.run(connection -> {
            if (first(connection, ANY_WAITING, _ -> true).isEmpty()) {
                return;
            }
            // A grant that a crash of the database takes back is made again.
            update(connection, "set local synchronous_commit = off");
            forgetDone(connection);
            Map<Lane, Room> loads = list(
                            connection,
                            LOADS,
                            row -> Map.entry(
                                    Lane.valueOf(row.getString("lane")),
                                    new Room(row.getLong("entries"), row.getLong("cost"))))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            List<LaneState> lanes = list(
                    connection,
                    LANES,
                    row -> new LaneState(
                            Lane.valueOf(row.getString("lane")), row.getDouble("virtual_time"), row.getDouble("rate")));
            Set<String> beside = new HashSet<>(list(connection, BESIDE, row -> row.getString("name")));
            for (LaneState lane : lanes) {
                Room load = loads.getOrDefault(lane.lane(), new Room(0, 0));
                Room room = room(window(lane), load, limit);
                if (room.entries() > 0) {
                    grant(connection, lane, load, room, beside);
                }
            }
        });
    }

    /** Makes room where work is done or lost. Holds the lanes until the transaction ends. */
    void forgetDone(Connection connection) throws SQLException {
        var _ = list(connection, LOCK, _ -> true);
        double leaseSeconds = lease.toMillis() / 1000.0;
        update(connection, FORGET_DONE, leaseSeconds, leaseSeconds);
    }

    private Room window(LaneState lane) {
        return switch (lane.lane()) {
            case REMOVE -> removals;
            case PARSE -> parsing;
            case EMBED -> new Room(embedParts, embedBytes.bytes(lane.rate()));
            case INDEX -> indexing;
        };
    }

    private static Room room(Room window, Room load, int limit) {
        boolean full = load.entries() >= Math.ceil(window.entries() * REFILL_BELOW)
                || load.cost() >= window.cost() * REFILL_BELOW;
        return full
                ? new Room(0, 0)
                : new Room(Math.min(limit, window.entries() - load.entries()), window.cost() - load.cost());
    }

    private void grant(Connection connection, LaneState state, Room load, Room room, Set<String> beside)
            throws SQLException {
        Lane lane = state.lane();
        List<Share> shares = list(
                connection,
                WAITING,
                row -> new Share(
                        row.getString("collection"),
                        row.getDouble("finish"),
                        new Waiting(row.getLong("id"), row.getString("collection"), row.getLong("cost"))),
                lane,
                lane,
                lane,
                room.entries(),
                lane,
                lane,
                room.entries());
        if (shares.isEmpty()) {
            return;
        }
        Map<String, Double> finish =
                shares.stream().collect(Collectors.toMap(Share::collection, Share::finish, Math::max));
        FairTurns turns = new FairTurns(state.virtualTime(), finish, collection -> weight(collection, beside));
        List<Waiting> taken = turns.take(shares.stream().map(Share::head).toList(), room);
        update(
                connection,
                GRANT,
                load.cost(),
                connection.createArrayOf(
                        "bigint", taken.stream().map(Waiting::id).toArray()),
                connection.createArrayOf(
                        "bigint", taken.stream().map(Waiting::cost).toArray()),
                lane);
        keep(connection, lane, turns, taken);
    }

    private int weight(String collection, Set<String> beside) {
        int given = weights.getOrDefault(GenerationName.base(collection), 1);
        return beside.contains(collection) ? given : given * LIVE_SHARE;
    }

    private static void keep(Connection connection, Lane lane, FairTurns turns, List<Waiting> taken)
            throws SQLException {
        update(
                connection,
                "update dispatch_lane set virtual_time = ?, granted = granted + ? where lane = ?",
                turns.virtualTime(),
                taken.size(),
                lane);
        List<String> collections =
                taken.stream().map(Waiting::collection).distinct().toList();
        update(
                connection,
                """
                insert into fair_share (lane, collection, finish)
                select ?, t.collection, t.finish from unnest(?::text[], ?::double precision[]) as t (collection, finish)
                on conflict (lane, collection) do update set finish = excluded.finish""",
                lane,
                connection.createArrayOf("text", collections.toArray()),
                connection.createArrayOf(
                        "float8", collections.stream().map(turns::finish).toArray()));
        update(connection, "delete from fair_share where lane = ? and finish <= ?", lane, turns.virtualTime());
    }
}
