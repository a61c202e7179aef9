package quintet.ingest.pipeline.chunking;

import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;

/**
 * A way to cut a text. Whatever the way, chunks are exact spans without blank ends, together they cover every character that
 * is not blank, and none is longer than the most tokens it was built with.
 */
interface Chunker {
    /**
     * Returns the chunks of {@code clean} by rising ordinal; none if it is blank. Fails with
     * {@link Failure.Kind#UNAVAILABLE} if what it needs from outside does not answer.
     */
    List<Chunk> chunk(CleanText clean);
}
