package quintet.generate.port;

import java.util.List;

/** The model servers, as configured. */
public interface ModelReplicas {
    /** Returns the name of the model that all of them serve. */
    String model();

    /** Returns the bound on the tokens of an answer. */
    int maxTokens();

    /** Returns them in the order of the configuration; none without a model server. */
    List<ModelReplica> all();

    /** Has {@code listener} called whenever one of them has said something new about itself, on any thread. */
    void onLook(Runnable listener);
}
