package quintet.encoder.tokenizer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a model reads in one row: {@code [CLS] text [SEP]} or {@code [CLS] first [SEP] second [SEP]}, with the special tokens of its
 * tokenizer, such as RoBERTa's {@code <s> first </s></s> second </s>}. Immutable.
 */
public final class TokenSequence {
    private final int[] ids;
    private final int secondStart;
    private final int secondTypeId;
    private final @Nullable TokenizedText second;
    private final boolean truncated;
    private final int firstPooled;

    private TokenSequence(
            int[] ids,
            int secondStart,
            int secondTypeId,
            @Nullable TokenizedText second,
            boolean truncated,
            int firstPooled) {
        this.ids = ids;
        this.firstPooled = firstPooled;
        this.secondStart = secondStart;
        this.secondTypeId = secondTypeId;
        this.second = second;
        this.truncated = truncated;
    }

    /** Returns the sequence of one text, whole. */
    public static TokenSequence single(Tokenizer tokenizer, TokenizedText text) {
        return single(tokenizer, text, text.size() + 2, 0);
    }

    /**
     * Returns the sequence of one text, cut to what fits.
     *
     * @param maxTokens longest sequence, special tokens included, at least 2
     * @param unpooled how many of the text's first tokens are read but are no part of a mean, nor is the special one before them;
     *     0 for all to be
     */
    public static TokenSequence single(Tokenizer tokenizer, TokenizedText text, int maxTokens, int unpooled) {
        TokenizedText kept = text.limit(maxTokens - 2);
        int[] ids = new int[kept.size() + 2];
        ids[0] = tokenizer.classifierId();
        put(ids, 1, kept);
        ids[ids.length - 1] = tokenizer.separatorId();
        return new TokenSequence(
                ids,
                ids.length,
                tokenizer.secondTypeId(),
                null,
                kept.size() < text.size(),
                unpooled == 0 ? 0 : Math.min(unpooled, kept.size()) + 1);
    }

    /**
     * Returns the sequence of two texts. The second is cut to what fits behind the first; the first is never cut.
     *
     * @param maxTokens longest sequence, special tokens included; at least the first text's tokens, the special ones and 1
     */
    public static TokenSequence pair(Tokenizer tokenizer, TokenizedText first, TokenizedText second, int maxTokens) {
        int between = tokenizer.separatorsBetween();
        int secondStart = 1 + first.size() + between;
        int room = maxTokens - secondStart - 1;
        if (room < 1) {
            throw new IllegalArgumentException(
                    "a first text of %d tokens leaves no room in %d".formatted(first.size(), maxTokens));
        }
        TokenizedText kept = second.limit(room);
        int[] ids = new int[secondStart + kept.size() + 1];
        ids[0] = tokenizer.classifierId();
        put(ids, 1, first);
        Arrays.fill(ids, secondStart - between, secondStart, tokenizer.separatorId());
        put(ids, secondStart, kept);
        ids[ids.length - 1] = tokenizer.separatorId();
        return new TokenSequence(ids, secondStart, tokenizer.secondTypeId(), kept, kept.size() < second.size(), 0);
    }

    /** Returns the number of tokens, special ones included. */
    public int length() {
        return ids.length;
    }

    /** Returns the vocabulary id of token {@code i}. */
    public int id(int i) {
        return ids[i];
    }

    /**
     * Returns 0 for a token of the first text and, where the model tells them apart by type, 1 for one of the second, each with the
     * special token behind it.
     */
    public int typeId(int i) {
        return i < secondStart ? 0 : secondTypeId;
    }

    /** Returns the position of the second text's first token; {@link #length} if there is no second text. */
    public int secondStart() {
        return secondStart;
    }

    /** Returns the part of the second text that is in the sequence, with its offsets; absent for a sequence of one text. */
    public @Nullable TokenizedText second() {
        return second;
    }

    /** Returns the position of the first token that is part of a mean; all behind it are too. */
    public int firstPooled() {
        return firstPooled;
    }

    /** Returns whether the text, or the second of two, was cut. */
    public boolean truncated() {
        return truncated;
    }

    private static void put(int[] ids, int at, TokenizedText text) {
        for (int i = 0; i < text.size(); i++) {
            ids[at + i] = text.id(i);
        }
    }
}
