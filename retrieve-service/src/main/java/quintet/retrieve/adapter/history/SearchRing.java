package quintet.retrieve.adapter.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.history.SearchId;

/**
 * The files of the last searches: {@code 000000000001.searches} and so on, each a share of what is kept. Before there is too much, the
 * oldest file goes, whole. One thread writes; any may read.
 */
final class SearchRing {
    private static final Logger LOG = Logger.getLogger(SearchRing.class);
    private static final Pattern NAME = Pattern.compile("(\\d{12})\\.searches");
    private static final int SHARES = 8;

    private final Path folder;
    private final int maxSearches;
    private final long maxBytes;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Map<String, Part> partsById = new HashMap<>();
    private long last;

    private record Part(SearchFile file, Map<String, SearchFile.Place> places) {}

    private SearchRing(Path folder, int maxSearches, long maxBytes) {
        this.folder = folder;
        this.maxSearches = maxSearches;
        this.maxBytes = maxBytes;
    }

    /** Opens what an earlier process kept in a folder that is this process's alone. */
    static SearchRing open(Path folder, int maxSearches, long maxBytes) throws IOException {
        SearchRing ring = new SearchRing(folder, maxSearches, maxBytes);
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
        for (String name : names) {
            Matcher number = NAME.matcher(name);
            if (number.matches()) {
                ring.take(folder.resolve(name), Long.parseLong(number.group(1)));
            }
        }
        ring.makeRoom(maxSearches, maxBytes);
        return ring;
    }

    private void take(Path path, long number) throws IOException {
        Map<String, SearchFile.Place> places = new LinkedHashMap<>();
        SearchFile file = SearchFile.open(path, places);
        long size = Files.size(path);
        last = Math.max(last, number);
        if (file.end() == 0) {
            LOG.warnf("%s has no searches that can be read and is deleted", path.getFileName());
            Files.delete(path);
            return;
        }
        if (file.end() < size) {
            LOG.warnf(
                    "%s ends with %d bytes that are no whole search, which a process that was killed may leave",
                    path.getFileName(), size - file.end());
        }
        Part part = new Part(file, places);
        parts.addLast(part);
        places.keySet().forEach(id -> partsById.put(id, part));
    }

    synchronized void append(SearchId id, byte[] search) throws IOException {
        if (search.length > maxBytes / SHARES) {
            LOG.warnf("a search of %d bytes is not kept, the bound is %d", search.length, maxBytes / SHARES);
            return;
        }
        makeRoom(maxSearches - 1, maxBytes - search.length);
        Part newest = parts.peekLast();
        if (newest == null || isFull(newest)) {
            newest = new Part(SearchFile.create(folder.resolve("%012d.searches".formatted(last + 1))), new HashMap<>());
            last++;
            parts.addLast(newest);
        }
        newest.places().put(id.value(), newest.file().append(id, search));
        partsById.put(id.value(), newest);
    }

    private boolean isFull(Part part) {
        return part.file().end() >= maxBytes / SHARES || part.places().size() >= Math.max(1, maxSearches / SHARES);
    }

    /** Lets the oldest files go while there are more searches or bytes than may be. */
    private void makeRoom(int searches, long bytes) throws IOException {
        while (!parts.isEmpty() && (partsById.size() > searches || size() > bytes)) {
            Part oldest = parts.removeFirst();
            oldest.places().keySet().forEach(partsById::remove);
            Files.deleteIfExists(oldest.file().path());
        }
    }

    private long size() {
        return parts.stream().mapToLong(part -> part.file().end()).sum();
    }

    /** Returns a search; empty if it is not kept, or not any more. */
    synchronized Optional<byte[]> find(SearchId id) throws IOException {
        @Nullable Part part = partsById.get(id.value());
        SearchFile.@Nullable Place place = part == null ? null : part.places().get(id.value());
        if (part == null || place == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(part.file().read(place));
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        }
    }

    /** Returns the number of searches that are kept. */
    synchronized int count() {
        return partsById.size();
    }
}
