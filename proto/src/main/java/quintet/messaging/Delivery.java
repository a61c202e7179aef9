package quintet.messaging;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A message that a broker has handed over and that is not settled yet. */
public interface Delivery {
    /** Returns the bytes of the message. */
    byte[] payload();

    /** Returns the headers of the message. */
    Map<String, Object> headers();

    /** Returns whether somebody had it before and never settled it. */
    boolean redelivered();

    /** Takes the message off its queue. */
    CompletionStage<Void> ack();

    /** Gives the message back to its queue, which hands it over again at once. */
    CompletionStage<Void> requeue(Throwable why);
}
