package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.jboss.logging.Logger;

/**
 * A file beside an index that is there while a writer is open: found when the index is opened, it says that the last writer was
 * killed.
 *
 * <p>Not thread-safe.
 */
final class InUseMark {
    private static final Logger LOG = Logger.getLogger(InUseMark.class);

    private final Path folder;
    private boolean trusted;

    /** Marks the index in a folder; the file's name is none that Lucene gives. */
    InUseMark(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads all of the last commit and compares its checksums, if the process that wrote it did not close it. Lucene itself
     * looks only at what it reads, and into large files only when it merges them.
     */
    void verifyIfLeft(Directory directory) throws IOException {
        if (!trusted && Files.exists(file())) {
            LOG.infof(
                    "index %s was not closed when it was last written, its checksums are compared",
                    folder.getFileName());
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    leaf.reader().checkIntegrity();
                }
            }
        }
        trusted = true;
    }

    /** Leaves the mark: a writer is about to be opened. */
    void set() throws IOException {
        if (!Files.exists(file())) {
            Files.createFile(file());
        }
        trusted = true;
    }

    /** Takes the mark away: the writer was closed. */
    void remove() throws IOException {
        Files.deleteIfExists(file());
    }

    private Path file() {
        return folder.resolve("in-use");
    }
}
