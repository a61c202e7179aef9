package quintet.ingest.port;

import java.nio.file.Path;
import quintet.failure.Failure;
import quintet.ingest.model.ParsedDocument;

/** Extracts text and structure from a file of any supported format. Blocking, bounded in time and output. */
public interface DocumentParser {
    /**
     * Parses a file.
     *
     * @param filename name that the caller gave; a hint for the type, may be empty
     * @param mimeType type that the caller gave; a hint, may be empty
     * @return blocks that may turn out to be blank; fails with {@link Failure.Kind#INVALID_INPUT} and a reason if the file
     *     is encrypted, corrupt, hostile or of no supported type
     */
    ParsedDocument parse(Path file, String filename, String mimeType);
}
