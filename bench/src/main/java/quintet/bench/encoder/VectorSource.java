package quintet.bench.encoder;

import java.util.List;

/** A model whose vectors are compared: of unit length, or zeros where it knows nothing of a text. */
interface VectorSource extends AutoCloseable {
    /** Returns its name. */
    String name();

    /** Returns the vectors of texts to be found, cut to the model's window, in their order. */
    List<float[]> passages(List<String> texts);

    /** Returns the vectors of queries, cut likewise, in their order. */
    List<float[]> queries(List<String> texts);

    @Override
    void close();
}
