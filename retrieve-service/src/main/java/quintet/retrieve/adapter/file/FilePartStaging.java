package quintet.retrieve.adapter.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PartStaging;

/**
 * {@link PartStaging} as one file per part: {@code <collection>/<document>/<version>/<part>-of-<count>.part}. The document is
 * its id as a number to base 32, since two ids may differ in case alone and an id may be {@code ..}.
 *
 * <p>A part is written beside its place, forced to disk and moved into place, so that a crash leaves it whole or not at all.
 */
@ApplicationScoped
class FilePartStaging implements PartStaging {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})-of-(\\d{1,9})\\.part");
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");
    private static final int BASE = 32;

    private final Path root;

    FilePartStaging(StagingConfig config) {
        root = config.dir().toAbsolutePath().normalize();
    }

    @Override
    public void stage(DocumentPart part) {
        Path folder = folder(part.ref());
        Path unfinished = folder.resolve(UUID.randomUUID() + ".tmp");
        try {
            boolean known = Files.isDirectory(folder);
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(unfinished, CREATE_NEW, WRITE)) {
                ByteBuffer bytes = PartFile.write(part);
                while (bytes.hasRemaining()) {
                    var _ = channel.write(bytes);
                }
                channel.force(true);
            }
            var _ = Files.move(unfinished, file(folder, part.part(), part.partCount()), ATOMIC_MOVE);
            force(folder);
            for (Path above = folder.getParent(); !known && above != null && above.startsWith(root); ) {
                force(above);
                above = above.getParent();
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<Iterable<DocumentPart>> whole(VersionRef ref) {
        Path folder = folder(ref);
        int found = 0;
        int expected = Integer.MAX_VALUE;
        for (String name : names(folder)) {
            Matcher part = PART.matcher(name);
            if (part.matches()) {
                found++;
                expected = Integer.parseInt(part.group(2));
            }
        }
        int count = expected;
        return found < expected ? Optional.empty() : Optional.of(() -> read(ref, folder, count));
    }

    private static Iterator<DocumentPart> read(VersionRef ref, Path folder, int count) {
        return IntStream.range(0, count)
                .mapToObj(part -> {
                    try {
                        return PartFile.read(Files.readAllBytes(file(folder, part, count)));
                    } catch (IOException e) {
                        throw Failure.invalidInput(
                                "STAGED_PART_DAMAGED",
                                "part %d of %s can not be read (%s): send the document again",
                                part,
                                ref,
                                String.valueOf(e.getMessage()));
                    }
                })
                .iterator();
    }

    @Override
    public void discard(VersionRef upTo) {
        Path document = document(upTo);
        try {
            for (String version : names(document)) {
                if (VERSION.matcher(version).matches() && Long.parseLong(version) <= upTo.version()) {
                    Path folder = document.resolve(version);
                    for (String name : names(folder)) {
                        var _ = Files.deleteIfExists(folder.resolve(name));
                    }
                    var _ = Files.deleteIfExists(folder);
                }
            }
            var _ = Files.deleteIfExists(document);
        } catch (DirectoryNotEmptyException newerPart) {
            return;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<VersionRef> staged() {
        List<VersionRef> staged = new ArrayList<>();
        for (String collection : names(root)) {
            for (String document : names(root.resolve(collection))) {
                for (String version : names(root.resolve(collection).resolve(document))) {
                    if (VERSION.matcher(version).matches()) {
                        staged.add(new VersionRef(
                                new CollectionName(collection), decode(document), Long.parseLong(version)));
                    }
                }
            }
        }
        return staged;
    }

    @Override
    public int depth() {
        try (Stream<Path> files = Files.walk(root)) {
            return (int) files.filter(file -> file.toString().endsWith(".part")).count();
        } catch (IOException | java.io.UncheckedIOException vanishing) {
            return 0;
        }
    }

    @Override
    public int depth(CollectionName collection, String documentId) {
        Path document = document(collection, documentId);
        return (int) names(document).stream()
                .flatMap(version -> names(document.resolve(version)).stream())
                .filter(name -> PART.matcher(name).matches())
                .count();
    }

    private Path folder(VersionRef ref) {
        return document(ref).resolve(Long.toString(ref.version()));
    }

    private Path document(VersionRef ref) {
        return document(ref.collection(), ref.documentId());
    }

    private Path document(CollectionName collection, String documentId) {
        return root.resolve(collection.value()).resolve(encode(documentId));
    }

    private static Path file(Path folder, int part, int count) {
        return folder.resolve("%d-of-%d.part".formatted(part, count));
    }

    private static String encode(String documentId) {
        return new BigInteger(1, documentId.getBytes(StandardCharsets.US_ASCII)).toString(BASE);
    }

    private static String decode(String folder) {
        return new String(new BigInteger(folder, BASE).toByteArray(), StandardCharsets.US_ASCII);
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Makes new names in a folder durable. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    private static Failure unavailable(IOException e) {
        return Failure.unavailable("STAGING_UNAVAILABLE", "parts can not be kept: " + e, e);
    }
}
