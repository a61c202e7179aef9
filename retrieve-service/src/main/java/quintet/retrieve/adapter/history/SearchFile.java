package quintet.retrieve.adapter.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import quintet.retrieve.model.history.SearchId;

/**
 * One file of the ring: 8 bytes that say what it is, then records, each the length of what follows the checksum and the checksum,
 * CRC-32C, 4 bytes big-endian each, the id in ASCII, and the search. A record is written at once, so that what a killed process
 * left is whole records and at most one torn one at the end, which ends the file.
 */
final class SearchFile {
    private static final byte[] MAGIC = "QSEARCH1".getBytes(US_ASCII);
    private static final int HEADER = 2 * Integer.BYTES;

    /** Where a record lies: {@code length} bytes of a search. */
    record Place(long offset, int length) {}

    private final Path path;
    private long end;

    private SearchFile(Path path, long end) {
        this.path = path;
        this.end = end;
    }

    static SearchFile create(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, CREATE_NEW, WRITE)) {
            write(channel, ByteBuffer.wrap(MAGIC), 0);
        }
        return new SearchFile(path, MAGIC.length);
    }

    /**
     * Opens a file of an earlier process.
     *
     * @param places where its whole records lie is added to, by id
     */
    static SearchFile open(Path path, Map<String, Place> places) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Map<String, Place> found = new LinkedHashMap<>();
        int end = 0;
        if (buffer.remaining() >= MAGIC.length && isMagic(buffer)) {
            end = MAGIC.length;
            while (buffer.remaining() >= HEADER + SearchId.LENGTH) {
                int length = buffer.getInt();
                int checksum = buffer.getInt();
                if (length < SearchId.LENGTH || length > buffer.remaining()) {
                    break;
                }
                int start = buffer.position();
                if (checksum(bytes, start, length) != checksum) {
                    break;
                }
                String id = new String(bytes, start, SearchId.LENGTH, US_ASCII);
                found.put(id, new Place(start + (long) SearchId.LENGTH, length - SearchId.LENGTH));
                end = start + length;
                buffer.position(end);
            }
        }
        places.putAll(found);
        return new SearchFile(path, end);
    }

    private static boolean isMagic(ByteBuffer buffer) {
        byte[] magic = new byte[MAGIC.length];
        buffer.get(magic);
        return java.util.Arrays.equals(magic, MAGIC);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    Path path() {
        return path;
    }

    /** Returns the number of bytes up to the end of the last whole record; 0 for a file that is none of these. */
    long end() {
        return end;
    }

    /** Writes a record behind the last whole one, in place of whatever a crash has left there. */
    Place append(SearchId id, byte[] search) throws IOException {
        byte[] body = new byte[SearchId.LENGTH + search.length];
        System.arraycopy(id.value().getBytes(US_ASCII), 0, body, 0, SearchId.LENGTH);
        System.arraycopy(search, 0, body, SearchId.LENGTH, search.length);
        ByteBuffer record = ByteBuffer.allocate(HEADER + body.length)
                .putInt(body.length)
                .putInt(checksum(body, 0, body.length))
                .put(body)
                .flip();
        try (FileChannel channel = FileChannel.open(path, WRITE)) {
            if (channel.size() > end) {
                var _ = channel.truncate(end);
            }
            write(channel, record, end);
        }
        Place place = new Place(end + HEADER + SearchId.LENGTH, search.length);
        end += HEADER + (long) body.length;
        return place;
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    byte[] read(Place place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        try (FileChannel channel = FileChannel.open(path, READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, place.offset() + bytes.position()) < 0) {
                    throw new EOFException(path + " ends within a record");
                }
            }
        }
        return bytes.array();
    }
}
