package quintet.generate.pipeline.gateway;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Priority;
import quintet.generate.port.ModelReplica;

/**
 * Decides which prompt goes to which model server, and when. There are as many streams to a server as it can work on at once; the
 * others wait here, in fair turns. What would wait longer than it can is refused at once, with the time after which it may come
 * again. Thread-safe; nothing in here waits.
 */
final class Admission {
    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    private final GatewayConfig config;
    private final List<Member> members;
    private final PrefixRing ring;
    private final ServiceTime times;
    private final FairQueue<Ticket> queue = new FairQueue<>();

    /** Takes at least one server. */
    Admission(List<ModelReplica> replicas, int maxTokens, GatewayConfig config) {
        this.config = config;
        this.members = replicas.stream().map(r -> new Member(r, config)).toList();
        this.ring = new PrefixRing(replicas.stream().map(ModelReplica::name).toList());
        this.times = new ServiceTime(maxTokens);
    }

    List<Member> members() {
        return members;
    }

    /** Returns how many prompts wait. */
    synchronized int waiting() {
        return queue.size();
    }

    /** Returns how many tokens an answer is expected to have. */
    synchronized long answerTokens() {
        return times.answerTokens();
    }

    /** Returns whether another server than {@code member} could be asked instead. */
    synchronized boolean hasOther(Member member) {
        long now = System.nanoTime();
        return members.stream().anyMatch(other -> !other.equals(member) && other.available(now));
    }

    /** Returns why a prompt would be turned away for load if it came now. */
    synchronized Optional<Failure> refusal(Order order) {
        return Optional.ofNullable(overload(order, System.nanoTime()));
    }

    /** Takes in a prompt. Whoever does so closes the ticket, whatever happens. */
    Ticket enter(Order order) {
        Ticket ticket = new Ticket(order);
        long now = System.nanoTime();
        synchronized (this) {
            if (members.stream().noneMatch(member -> member.available(now))) {
                ticket.refuse(noneAvailable());
                return ticket;
            }
            Member member = mayPass(order.asker().priority()) ? choose(order, now, null) : null;
            if (member != null) {
                queue.pass(order.asker().tenant(), order.asker().priority(), order.price());
                send(ticket, member);
                return ticket;
            }
            Failure overload = overload(order, now);
            if (overload != null) {
                ticket.refuse(overload);
                return ticket;
            }
            ticket.place =
                    queue.add(ticket, order.asker().tenant(), order.asker().priority(), order.price());
            Duration longest = longestWait(order);
            ticket.expiry = Infrastructure.getDefaultWorkerPool()
                    .schedule(() -> expire(ticket), longest.toNanos(), TimeUnit.NANOSECONDS);
        }
        return ticket;
    }

    /**
     * Moves a prompt whose server failed before anything was sent to another one, at once and whatever load that has; to the same one
     * again if there is no other.
     *
     * @return null if no server is left that could be asked
     */
    synchronized @Nullable Member move(Ticket ticket, boolean sameAllowed) {
        Member before = ticket.member;
        if (before == null || ticket.closed) {
            return null;
        }
        long now = System.nanoTime();
        Member next = choose(ticket.order, now, before);
        if (next == null) {
            next = members.stream()
                    .filter(other -> !other.equals(before) && other.available(now))
                    .min((a, b) -> Long.compare(a.tokens(), b.tokens()))
                    .orElse(sameAllowed && before.available(now) ? before : null);
        }
        if (next != null) {
            before.giveBack(ticket.order.price());
            send(ticket, next);
        }
        return next;
    }

    /** Notes that a server answered. */
    synchronized void succeeded(Member member) {
        if (member.breaker().isOpen()) {
            LOG.infof("model server is back, server=%s", member.replica().name());
        }
        member.breaker().succeeded();
    }

    /** Notes that a server failed; for load that is no fault of its. */
    synchronized void failed(Member member, Failure failure) {
        if (failure.kind() == Failure.Kind.OVERLOADED) {
            member.limit().refused(member.streams() - 1);
            member.breaker().abandoned();
        } else if (member.breaker().failed(System.nanoTime())) {
            LOG.warnf(
                    "model server is left alone, server=%s, failures=%d, last: %s",
                    member.replica().name(), config.failuresToEject(), failure.message());
        }
    }

    /** Learns from a stream that came to its end. */
    synchronized void completed(long promptTokens, long completionTokens, Duration held) {
        times.completed(promptTokens, completionTokens, held);
    }

    /** Ends the way of a prompt, and lets the next ones start. */
    void close(Ticket ticket) {
        synchronized (this) {
            if (ticket.closed) {
                return;
            }
            ticket.closed = true;
            if (ticket.expiry != null) {
                ticket.expiry.cancel(false);
            }
            if (ticket.place != null) {
                var _ = queue.remove(ticket.place);
            }
            if (ticket.member != null) {
                ticket.member.breaker().abandoned();
                ticket.member.giveBack(ticket.order.price());
            }
        }
        next();
    }

    /** Takes in what the servers say about themselves, and lets those start that can now. */
    void look() {
        long now = System.nanoTime();
        synchronized (this) {
            members.forEach(member -> member.look(now));
        }
        next();
    }

    /** Starts who can start, in fair turns. */
    private void next() {
        List<Ticket> told = new ArrayList<>();
        long now = System.nanoTime();
        synchronized (this) {
            for (Priority priority : Priority.values()) {
                var place = queue.peek(priority);
                while (place.isPresent()) {
                    Ticket ticket = place.get().item();
                    Member member = choose(ticket.order, now, null);
                    if (member == null) {
                        break;
                    }
                    queue.serve(place.get());
                    send(ticket, member);
                    told.add(ticket);
                    place = queue.peek(priority);
                }
                if (place.isPresent()) {
                    // Whoever has a lower priority waits as long as somebody before them does.
                    break;
                }
            }
        }
        told.forEach(Ticket::tell);
    }

    private void expire(Ticket ticket) {
        synchronized (this) {
            if (ticket.closed || ticket.place == null || !queue.remove(ticket.place)) {
                return;
            }
            ticket.refuse(Failure.overloaded(
                    "MODEL_SERVER_OVERLOADED",
                    "the model servers are busy: the prompt waited %d ms for its turn, that is the most"
                            .formatted(longestWait(ticket.order).toMillis()),
                    SHORTEST_RETRY));
        }
        ticket.tell();
    }

    /** Returns whether nobody waits who would be before one of this priority. */
    private boolean mayPass(Priority priority) {
        return queue.size(Priority.INTERACTIVE) == 0 && (priority == Priority.INTERACTIVE || queue.size() == 0);
    }

    private void send(Ticket ticket, Member member) {
        member.take(ticket.order.price());
        ticket.grant(member);
    }

    private @Nullable Member choose(Order order, long now, @Nullable Member without) {
        int chosen = ring.choose(
                order.prefix(),
                i -> {
                    Member member = members.get(i);
                    return !member.equals(without)
                            && member.available(now)
                            && member.hasRoom(order.asker().priority());
                },
                i -> members.get(i).tokens(),
                order.price(),
                config.loadBound());
        return chosen < 0 ? null : members.get(chosen);
    }

    private @Nullable Failure overload(Order order, long now) {
        Priority priority = order.asker().priority();
        if (members.stream().noneMatch(member -> member.available(now))
                || (mayPass(priority) && choose(order, now, null) != null)) {
            return null;
        }
        if (queue.size() >= config.maxQueued()) {
            return Failure.overloaded(
                    "MODEL_SERVER_OVERLOADED",
                    "the model servers are busy: %d prompts wait for them, that is the most".formatted(queue.size()),
                    SHORTEST_RETRY);
        }
        long slots = members.stream()
                .filter(member -> member.available(now))
                .mapToLong(member -> member.limit().value())
                .sum();
        long before = queue.ahead(order.asker().tenant(), priority) + order.price();
        Duration wait = times.of((double) before / Math.max(1, slots)).orElse(Duration.ZERO);
        Duration longest = longestWait(order);
        if (wait.compareTo(longest) <= 0) {
            return null;
        }
        Duration over = wait.minus(longest);
        return Failure.overloaded(
                "MODEL_SERVER_OVERLOADED",
                "the model servers are busy: the prompt would wait about %d ms for its turn, at most %d ms are left"
                        .formatted(wait.toMillis(), longest.toMillis()),
                over.compareTo(SHORTEST_RETRY) > 0 ? over : SHORTEST_RETRY);
    }

    /** Returns how long a prompt can wait and still be answered in time. */
    private Duration longestWait(Order order) {
        Duration left = order.deadline().left();
        Duration service = times.of((double) order.price()).orElse(Duration.ZERO);
        Duration spare = left.minus(service);
        Duration bounded = spare.compareTo(config.maxWait()) < 0 ? spare : config.maxWait();
        return bounded.isNegative() ? Duration.ZERO : bounded;
    }

    private Failure noneAvailable() {
        return Failure.unavailable(
                "MODEL_SERVER_UNAVAILABLE",
                members.size() == 1
                        ? "the model server does not answer; it is asked again within seconds"
                        : "none of the %d model servers answers; they are asked again within seconds"
                                .formatted(members.size()),
                null);
    }
}
