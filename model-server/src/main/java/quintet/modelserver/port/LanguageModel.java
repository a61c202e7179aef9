package quintet.modelserver.port;

import java.util.List;
import quintet.modelserver.model.ChatMessage;
import quintet.modelserver.model.ModelRef;
import quintet.modelserver.model.TokenBatch;
import quintet.modelserver.model.Tokens;

/**
 * A language model with a cache of keys and values for several sequences of tokens. All of it belongs to the thread that loaded it.
 *
 * <p>The cache has {@link #cells} cells; a cell holds one position of one sequence, or of several that share a beginning.
 */
public interface LanguageModel extends AutoCloseable {
    /** Describes it. */
    ModelRef ref();

    /** Number of cells of the cache, at least the context of {@link #ref}. */
    int cells();

    /** Number of sequences, numbered from 0. */
    int sequences();

    /** Most tokens of a {@link #decode}. */
    int batchTokens();

    /**
     * Returns the tokens of a text.
     *
     * @param whole whether it is the beginning of a prompt, which may get a token that begins texts
     * @param control whether the names of control tokens in it stand for these tokens
     */
    Tokens tokenize(String text, boolean whole, boolean control);

    /** Returns the bytes that a token stands for, possibly a part of a character; none for a control token. */
    byte[] piece(int token);

    /** Tells whether a token ends texts. */
    boolean ends(int token);

    /**
     * Returns a conversation in the model's template up to where its answer begins; to be tokenized with control tokens. The names of
     * control tokens within messages are made to stand for nothing but themselves.
     */
    String prompt(List<ChatMessage> messages);

    /**
     * Computes tokens and keeps their keys and values. Positions of a sequence come without gaps, in order.
     *
     * @return false if the cache has no room for them; nothing has changed then
     */
    boolean decode(TokenBatch batch);

    /**
     * Copies the logits behind a token of the last batch, for which they were wanted.
     *
     * @param index of the token in the batch
     * @param into {@code [vocabularySize]}
     */
    void logits(int index, float[] into);

    /** Drops the positions of a sequence from one on. */
    void forget(int sequence, int from);

    /** Makes an empty sequence begin with the first {@code length} positions of another; takes no cells. */
    void share(int source, int target, int length);

    /** Frees everything. */
    @Override
    void close();
}
