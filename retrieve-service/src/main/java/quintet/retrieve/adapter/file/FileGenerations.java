package quintet.retrieve.adapter.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.ChosenGeneration;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.port.Generations;

/**
 * {@link Generations} as a file beside the indexes on disk, {@code generations}: a line for each collection, with the name of a
 * generation and its revision. It is written beside its place, forced to disk and moved into place: a crash leaves the old
 * choices or the new ones.
 */
@ApplicationScoped
@Identifier("lucene")
class FileGenerations implements Generations {
    private static final Logger LOG = Logger.getLogger(FileGenerations.class);
    private static final String NAME = "generations";

    private final Path folder;
    private volatile @Nullable Map<CollectionName, ChosenGeneration> known;

    FileGenerations(@ConfigProperty(name = "quintet.retrieve.index.data-dir") Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<ChosenGeneration> chosen(CollectionName collection) {
        return Optional.ofNullable(known().get(collection));
    }

    @Override
    public synchronized ChosenGeneration choose(ChosenGeneration generation) {
        ChosenGeneration before = known().get(generation.collection());
        if (before != null && before.revision() >= generation.revision()) {
            return before;
        }
        Map<CollectionName, ChosenGeneration> after = new TreeMap<>(known());
        after.put(generation.collection(), generation);
        try {
            write(after);
        } catch (IOException e) {
            // The move may have happened: the file is asked again.
            known = null;
            throw Failure.unavailable("INDEX_UNWRITABLE", "the choice of a generation can not be written: " + e, e);
        }
        known = Map.copyOf(after);
        LOG.infof("searches of %s go to %s now", generation.collection(), generation.generation());
        return generation;
    }

    /** Reads the file, which is small, when it is first needed. */
    private Map<CollectionName, ChosenGeneration> known() {
        Map<CollectionName, ChosenGeneration> choices = known;
        if (choices == null) {
            try {
                choices = Map.copyOf(read(folder.resolve(NAME)));
            } catch (IOException | IllegalArgumentException e) {
                throw Failure.unavailable(
                        "INDEX_UNREADABLE", "which generations searches go to can not be read: " + e, e);
            }
            known = choices;
        }
        return choices;
    }

    private static Map<CollectionName, ChosenGeneration> read(Path file) throws IOException {
        Map<CollectionName, ChosenGeneration> choices = new HashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                if (space < 0) {
                    throw new IllegalArgumentException("a line of %s is '%s'".formatted(file, line));
                }
                ChosenGeneration choice = new ChosenGeneration(
                        new CollectionName(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
                choices.put(choice.collection(), choice);
            }
        }
        return choices;
    }

    private void write(Map<CollectionName, ChosenGeneration> choices) throws IOException {
        String lines = choices.values().stream()
                .map(choice -> choice.generation() + " " + choice.revision() + "\n")
                .collect(Collectors.joining());
        Files.createDirectories(folder);
        Path unfinished = folder.resolve(NAME + ".tmp");
        try (FileChannel channel = FileChannel.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes);
            }
            channel.force(true);
        }
        var _ = Files.move(unfinished, folder.resolve(NAME), ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }
}
