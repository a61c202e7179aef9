package quintet.generate.pipeline.cache;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import quintet.generate.model.Message;
import quintet.generate.model.Usage;
import quintet.generate.port.ChatModel;

/**
 * Whole answers by the prompt that they were written from, the least recently used given up first. A prompt holds the passages that
 * its caller may see as they are now, so that an answer is found again only by who sees the same passages: a change of a document, of
 * its access groups or of the index that matters to the question makes another prompt. Tenants never share one. Safe for
 * several threads.
 */
@ApplicationScoped
public class AnswerCache {
    /** What an entry takes beside its text. */
    private static final int OVERHEAD_BYTES = 256;

    private final long maxBytes;
    private final Duration timeToLive;
    private final LongSupplier nanos;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    @Inject
    AnswerCache(CacheConfig config) {
        this(config.maxSize().asLongValue(), config.timeToLive(), System::nanoTime);
    }

    AnswerCache(long maxBytes, Duration timeToLive, LongSupplier nanos) {
        this.maxBytes = maxBytes;
        this.timeToLive = timeToLive;
        this.nanos = nanos;
    }

    /** An answer as a model server wrote it, with the tokens that it took. */
    public record Answer(String text, Usage usage) {}

    private record Entry(Answer answer, long writtenNanos) {
        long bytes() {
            return OVERHEAD_BYTES + 2L * answer.text().length();
        }
    }

    /** Returns what a prompt is known by: the SHA-256 of all that decides what a model of this name writes, and of the tenant. */
    static String key(String model, ChatModel.Task task) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            add(hash, model);
            add(hash, task.asker().tenant());
            for (Message message : task.prompt()) {
                add(hash, message.speaker().name());
                add(hash, message.content());
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lengths keep two texts from being taken for other two. */
    private static void add(MessageDigest hash, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        hash.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
        hash.update(utf8);
    }

    synchronized Optional<Answer> find(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (nanos.getAsLong() - entry.writtenNanos() >= timeToLive.toNanos()) {
            entries.remove(key);
            bytes -= entry.bytes();
            return Optional.empty();
        }
        return Optional.of(entry.answer());
    }

    synchronized void keep(String key, Answer answer) {
        Entry entry = new Entry(answer, nanos.getAsLong());
        if (entry.bytes() > maxBytes) {
            return;
        }
        Entry old = entries.put(key, entry);
        bytes += entry.bytes() - (old == null ? 0 : old.bytes());
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes > maxBytes) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    boolean keepsAny() {
        return maxBytes > 0;
    }
}
