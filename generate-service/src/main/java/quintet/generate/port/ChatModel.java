package quintet.generate.port;

import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Asker;
import quintet.generate.model.Completion;
import quintet.generate.model.Deadline;
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
     * @param asker whose turn it is to be
     * @param deadline when the answer has to be complete
     */
    record Task(String question, List<Source> sources, List<Message> prompt, Asker asker, Deadline deadline) {
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
     * Returns why it would not answer if it were asked now, because it has too much to do: a failure of kind OVERLOADED. Costs
     * nothing, and promises nothing.
     */
    default Optional<Failure> refusal(Task task) {
        return Optional.empty();
    }

    /**
     * Answers once per subscription; cancelling stops the work behind it, on the model server too.
     *
     * @return deltas, then one {@link Completion.Finished}; fails with {@code MODEL_SERVER_UNAVAILABLE},
     *     {@code MODEL_SERVER_REFUSED} or {@code MODEL_SERVER_OVERLOADED}
     */
    Multi<Completion> complete(Task task);
}
