package quintet.embed.port;

import io.smallrye.mutiny.Uni;
import java.util.List;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.ModelRef;
import quintet.embed.model.Urgency;
import quintet.failure.Failure;

/** Turns texts into vectors of unit length. In this process, the same text gives the same bits, whatever else is embedded with it. */
public interface EmbeddingModel extends AutoCloseable {
    /** Returns what the vectors are made with. */
    ModelRef ref();

    /** Completes once the model can be used; fails with UNAVAILABLE and what is missing while it can not. */
    Uni<Void> ready();

    /** Returns how many tokens a passage may have, special ones not counted. */
    int maxPassageTokens();

    /** Returns whether the model was trained so that its vectors can be cut to their first {@code dimensions} values. */
    boolean canBeCutTo(int dimensions);

    /** Returns whether the model was trained with instructions in front of the texts. */
    boolean takesInstructions();

    /** Returns whether a text of a request that is a data URL of an image, {@code data:image/...}, is read as that image. */
    boolean takesImages();

    /** Returns the number of tokens of a text, special ones not counted. */
    int countTokens(String text);

    /** Returns the longest beginning of {@code text} with at most {@code maxTokens} tokens. */
    String firstTokens(String text, int maxTokens);

    /**
     * Embeds texts, all or none. Cancelling drops those that have not begun.
     *
     * @param request whose model and dimensions are the pipeline's to look after
     * @return vectors in the order of the texts, of the model's own dimension; fails with INVALID_INPUT and reason TEXT_TOO_LONG if a text does not fit the
     *     model, NO_KNOWN_WORD if it has no vector or IMAGE_... if it is an image that can not be read, with OVERLOADED if too much is waiting and UNAVAILABLE while the service shuts down
     */
    Uni<EmbedResult> embed(EmbedRequest request, Urgency urgency);

    /**
     * Embeds passages of documents, which nobody waits for, blocking until there is room for them and until they are done. One that
     * says nothing to the model gets a vector of its own that has cosine 0 to those of all other texts.
     *
     * @throws Failure as {@link #embed}, but for NO_KNOWN_WORD, and with OVERLOADED only where a server elsewhere wants a long pause
     */
    EmbedResult embedWhenRoom(List<String> passages);

    /** Takes no more work and finishes what is waiting, for a bounded time. */
    @Override
    void close();
}
