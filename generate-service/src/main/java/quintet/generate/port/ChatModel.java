package quintet.generate.port;

import io.smallrye.mutiny.Multi;
import java.util.List;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Completion;
import quintet.generate.model.Message;
import quintet.generate.model.Source;

/** Writes an answer from sources. A claim is followed by the number of its source in brackets, such as {@code [2]}. */
public interface ChatModel {
    /**
     * What to answer, and from what.
     *
     * @param question the question, understandable by itself
     * @param sources best first
     * @param prompt the same for a language model: instructions first, passages in their order, the question last
     */
    record Task(String question, List<Source> sources, List<Message> prompt) {
        /** Copies the lists. */
        public Task {
            sources = List.copyOf(sources);
            prompt = List.copyOf(prompt);
        }
    }

    /** Returns how it answers. Of the models that are configured the pipeline prefers a generative one. */
    AnswerMode mode();

    /** Returns whether it can be asked, as far as configuration says. */
    boolean configured();

    /** Returns its name, which the answer carries. */
    String name();

    /**
     * Answers once per subscription; cancelling stops the work behind it, on the model server too.
     *
     * @return deltas, then one {@link Completion.Finished}; fails with {@code MODEL_SERVER_UNAVAILABLE} or
     *     {@code MODEL_SERVER_OVERLOADED}
     */
    Multi<Completion> complete(Task task);
}
