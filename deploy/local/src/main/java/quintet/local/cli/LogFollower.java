package quintet.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tells each line that is written to a log from now on, whole; a log that begins anew is read from its beginning. */
final class LogFollower {
    private final Path log;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long position;

    LogFollower(Path log, Consumer<String> lines) {
        this.log = log;
        this.lines = lines;
        this.position = log.toFile().length();
    }

    void poll() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            if (file.length() < position) {
                position = 0;
            }
            file.seek(position);
            byte[] buffer = new byte[8192];
            for (int n = file.read(buffer); n > 0; n = file.read(buffer)) {
                position += n;
                tell(buffer, n);
            }
        } catch (IOException _) {
            // Not there yet, or just being rotated: the next poll sees.
        }
    }

    private void tell(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                lines.accept(pending.toString(StandardCharsets.UTF_8));
                pending.reset();
            } else {
                pending.write(buffer[i]);
            }
        }
    }
}
