package quintet.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log. */
public final class LogTail {
    private static final int WINDOW = 64 << 10;
    private static final int FOR_PEOPLE = 12;

    private LogTail() {}

    /** The last lines, oldest first; nothing if there is no log. */
    public static List<String> read(Path log, int count) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - Math.max(WINDOW, 512L * count));
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException _) {
            return List.of();
        }
    }

    /** What to print behind "it failed": the end of its log and where the rest is. */
    public static String forPeople(Path log) {
        List<String> lines = read(log, FOR_PEOPLE);
        return lines.isEmpty()
                ? ""
                : "\nThe end of " + log + ":\n  "
                        + String.join(
                                "\n  ", lines.stream().map(LogLine::forPeople).toList());
    }
}
