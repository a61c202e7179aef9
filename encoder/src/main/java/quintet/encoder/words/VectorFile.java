package quintet.encoder.words;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import quintet.encoder.model.ModelException;

/**
 * Finds out which format a file of word vectors has, and whether what it announces can be true, before anything is allocated
 * for it.
 *
 * <p>A first line of two whole numbers is Word2Vec's header; so a GloVe file of one dimension whose first word is a number
 * would be misread, which is no file of use. What follows a header is text if the bytes after the first word are, for as long
 * as that many values take at least. Of binaries with normally distributed values about one in 10,000 of 4 dimensions passed
 * for text, and one in a million of 8.
 */
final class VectorFile {
    private static final Pattern HEADER = Pattern.compile("\\s*(\\d{1,18})[ \t]+(\\d{1,18})\\s*");

    private final Path file;

    private VectorFile(Path file) {
        this.file = file;
    }

    static WordVectors read(Path file) {
        VectorFile vectors = new VectorFile(file);
        try {
            Extent extent = Extent.of(file);
            try (InputStream in = open(file)) {
                return vectors.read(new LookAhead(in), extent);
            }
        } catch (IOException e) {
            throw new ModelException("could not read %s, is it whole? (%s)".formatted(file, e), e);
        }
    }

    /** Opens a file, unpacked if it is packed with gzip. */
    static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            boolean packed = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return packed ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private WordVectors read(LookAhead source, Extent extent) throws IOException {
        int end = source.find('\n', LookAhead.REACH);
        String first = source.string(end < 0 ? source.available(LookAhead.REACH) : end);
        Matcher header = HEADER.matcher(first);
        if (!header.matches()) {
            int dimension = first.strip().split("[ \t]+", -1).length - 1;
            if (dimension < 1) {
                throw new ModelException(
                        "%s, line 1 is neither a header of words and dimension nor a word with its values, separated by spaces"
                                .formatted(file));
            }
            long words = Math.min(extent.lines(), extent.bytes() / shortestEntry(dimension) + 1);
            return new TextVectors(file, source, 1, "as line 1 has").read(allocate(words, dimension), false);
        }
        if (end < 0) {
            throw new ModelException("%s ends after its header %s".formatted(file, first.strip()));
        }
        source.skip(end + 1);
        long words = Long.parseLong(header.group(1));
        long dimension = Long.parseLong(header.group(2));
        Rows rows = allocate(words, dimension, extent.bytes());
        return isText(source, rows.dimension())
                ? new TextVectors(file, source, 2, "as the header says").read(rows, true)
                : new BinaryVectors(file, source).read(rows);
    }

    private Rows allocate(long words, long dimension, long bytes) {
        requireBounds(words, dimension);
        if (words * shortestEntry(dimension) > bytes) {
            throw new ModelException("%s: the header says %d words of %d dimensions, which do not fit its %d bytes"
                    .formatted(file, words, dimension, bytes));
        }
        return allocate(words, dimension);
    }

    private Rows allocate(long words, long dimension) {
        requireBounds(words, dimension);
        requireHeap(file, words, dimension, Runtime.getRuntime().maxMemory());
        return new Rows((int) words, (int) dimension);
    }

    static void requireHeap(Path file, long words, long dimension, long heap) {
        long bytes = words * (4 * dimension + WordVectors.BYTES_PER_WORD);
        if (bytes > heap) {
            throw new ModelException(
                    "%s: its %d words of %d dimensions take about %d MiB, the heap may have %d MiB (-Xmx raises it)"
                            .formatted(file, words, dimension, bytes >> 20, heap >> 20));
        }
    }

    /** Returns the fewest bytes of an entry: a character of the word, then a space and a digit a value. */
    private static long shortestEntry(long dimension) {
        return 1 + 2 * dimension;
    }

    private void requireBounds(long words, long dimension) {
        if (words < 1 || words > WordVectors.MAX_WORDS) {
            throw new ModelException(
                    "%s: it has %d words, must have 1 to %d".formatted(file, words, WordVectors.MAX_WORDS));
        }
        if (dimension < 1 || dimension > WordVectors.MAX_DIMENSION) {
            throw new ModelException("%s: its vectors have %d dimensions, must have 1 to %d"
                    .formatted(file, dimension, WordVectors.MAX_DIMENSION));
        }
        if (words * dimension > Integer.MAX_VALUE - 8) {
            throw new ModelException("%s: %d words of %d dimensions are %d values, must be at most %d"
                    .formatted(file, words, dimension, words * dimension, Integer.MAX_VALUE - 8));
        }
    }

    /** Looks at the bytes of the first entry's values without passing them. */
    private static boolean isText(LookAhead source, int dimension) throws IOException {
        int space = source.find(' ', LookAhead.REACH / 2);
        if (space < 0) {
            return true;
        }
        int shortest = space + 2 * dimension;
        int available = source.available(space + 1 + 4 * dimension);
        int end = Math.min(shortest, available);
        while (end < available && source.bytes[source.position + end] != '\n') {
            end++;
        }
        String seen = source.string(end);
        // The last character may be cut.
        for (int i = 0; i < seen.length() - 1; i++) {
            char c = seen.charAt(i);
            if (c == '\uFFFD' || (c < ' ' && c != '\t' && c != '\n' && c != '\r')) {
                return false;
            }
        }
        return true;
    }

    /**
     * How much is in a file once it is unpacked: the truth that a header is held against.
     *
     * @param lines lines that are not empty
     */
    private record Extent(long bytes, long lines) {
        static Extent of(Path file) throws IOException {
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            long lines = 0;
            byte last = '\n';
            try (InputStream in = open(file)) {
                for (int read; (read = in.read(buffer)) >= 0; bytes += read) {
                    for (int i = 0; i < read; i++) {
                        lines += last == '\n' && buffer[i] != '\n' ? 1 : 0;
                        last = buffer[i];
                    }
                }
            }
            return new Extent(bytes, lines);
        }
    }
}
