package quintet.modelserver.port;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import quintet.modelserver.model.ChatMessage;
import quintet.modelserver.model.ModelRef;
import quintet.modelserver.model.TokenBatch;
import quintet.modelserver.model.Tokens;

/**
 * A {@link LanguageModel} without weights: its logits are random numbers that depend on the last {@code order} tokens of a sequence, as they
 * stand in its cache; of a low order, its texts come to repeat themselves. A scheduler that mixes sequences up, loses a token or keeps one too many gets other tokens.
 */
public final class ScriptedModel implements LanguageModel {
    /** Number of tokens: none, begin, end, bytes. */
    public static final int VOCABULARY = 259;

    private static final int BEGIN = 1;
    private static final int END = 2;

    private final int cells;
    private final int order;
    private final int batchTokens;
    private final long seed;
    private final List<Tokens> sequences;
    private final List<float[]> rows = new ArrayList<>();
    private final AtomicInteger decodes = new AtomicInteger();
    private int largestBatch;
    private int refusals;
    private int failures;
    private boolean closed;

    public ScriptedModel(int cells, int slots, int batchTokens, int order, long seed) {
        this.cells = cells;
        this.order = order;
        this.batchTokens = batchTokens;
        this.seed = seed;
        this.sequences = Stream.generate(Tokens::new).limit(slots).toList();
    }

    /** Lets the next decodes find no room. */
    public void refuse(int times) {
        refusals = times;
    }

    /** Lets the next decodes throw. */
    public void fail(int times) {
        failures = times;
    }

    public int decodes() {
        return decodes.get();
    }

    public int largestBatch() {
        return largestBatch;
    }

    public boolean closed() {
        return closed;
    }

    /** What a sequence has in the cache. */
    public List<Integer> cached(int sequence) {
        return sequences.get(sequence).toList();
    }

    @Override
    public ModelRef ref() {
        return new ModelRef("scripted", "random numbers", cells, VOCABULARY);
    }

    @Override
    public int cells() {
        return cells;
    }

    @Override
    public int sequences() {
        return sequences.size();
    }

    @Override
    public int batchTokens() {
        return batchTokens;
    }

    @Override
    public Tokens tokenize(String text, boolean whole, boolean control) {
        Tokens tokens = new Tokens();
        if (whole) {
            tokens.add(BEGIN);
        }
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            tokens.add(3 + (value & 0xff));
        }
        return tokens;
    }

    @Override
    public byte[] piece(int token) {
        return token < 3 ? new byte[0] : new byte[] {(byte) (token - 3)};
    }

    @Override
    public boolean ends(int token) {
        return token == END;
    }

    @Override
    public String prompt(List<ChatMessage> messages) {
        StringBuilder text = new StringBuilder();
        messages.forEach(message -> text.append(message.role())
                .append(": ")
                .append(message.content())
                .append('\n'));
        return text.append("assistant: ").toString();
    }

    @Override
    public boolean decode(TokenBatch batch) {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("failed as told");
        }
        if (refusals > 0) {
            refusals--;
            return false;
        }
        if (batch.size() < 1 || batch.size() > batchTokens) {
            throw new IllegalArgumentException("a batch of %d tokens".formatted(batch.size()));
        }
        decodes.incrementAndGet();
        largestBatch = Math.max(largestBatch, batch.size());
        rows.clear();
        for (int i = 0; i < batch.size(); i++) {
            Tokens sequence = sequences.get(batch.sequence(i));
            if (batch.position(i) != sequence.size()) {
                throw new IllegalArgumentException("position %d of sequence %d comes behind position %d"
                        .formatted(batch.position(i), batch.sequence(i), sequence.size() - 1));
            }
            sequence.add(batch.token(i));
            rows.add(batch.wanted(i) ? row(sequence) : new float[0]);
        }
        return true;
    }

    private float[] row(Tokens sequence) {
        long hash = seed;
        for (int i = Math.max(0, sequence.size() - order); i < sequence.size(); i++) {
            hash = (hash ^ sequence.get(i)) * 0x9E3779B97F4A7C15L;
        }
        SplittableRandom random = new SplittableRandom(hash);
        float[] row = new float[VOCABULARY];
        for (int token = 3; token < VOCABULARY; token++) {
            row[token] = (float) random.nextGaussian() * 3;
        }
        row[0] = row[BEGIN] = row[END] = -100;
        return row;
    }

    @Override
    public void logits(int index, float[] into) {
        float[] row = rows.get(index);
        if (row.length == 0) {
            throw new IllegalStateException("there are no logits for token %d of the batch".formatted(index));
        }
        System.arraycopy(row, 0, into, 0, row.length);
    }

    @Override
    public void forget(int sequence, int from) {
        sequences.get(sequence).truncate(from);
    }

    @Override
    public void share(int source, int target, int length) {
        Tokens to = sequences.get(target);
        if (to.size() > 0) {
            throw new IllegalArgumentException("sequence %d is not empty".formatted(target));
        }
        for (int i = 0; i < length; i++) {
            to.add(sequences.get(source).get(i));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
