package quintet.bench.encoder;

import java.util.List;

/** Something that turns texts into vectors with the same weights as the others. */
interface Contestant extends AutoCloseable {
    /** Returns what the tables call it. */
    String name();

    /** Embeds texts that come all at once, in the way that is fastest for it, and waits for the last. */
    void embedAll(List<String> texts);

    /** Embeds a text that comes alone; may be called by several clients at a time. */
    void embed(String text);

    @Override
    void close();
}
