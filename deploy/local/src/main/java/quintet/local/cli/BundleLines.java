package quintet.local.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first and the last lines of a bundle: what it is, and what is in it. */
final class BundleLines {
    private static final String FORMAT = "quintet-bundle";
    private static final int MAX_LINE = 2 << 20;

    private BundleLines() {}

    /** Reads what a bundle says about itself; fails with a sentence for people if it is none. */
    static JsonNode manifest(Path file) throws IOException {
        try (BufferedReader lines = open(file)) {
            char[] beginning = new char[MAX_LINE];
            int length = 0;
            int read = lines.read(beginning);
            while (read > 0) {
                length += read;
                read = length == MAX_LINE ? -1 : lines.read(beginning, length, MAX_LINE - length);
            }
            String text = new String(beginning, 0, length);
            int end = text.indexOf('\n');
            JsonNode manifest = JsonMapper.shared().readTree(end < 0 ? text : text.substring(0, end));
            if (FORMAT.equals(manifest.path("format").asString(""))) {
                return manifest;
            }
        } catch (EOFException | ZipException | JacksonException e) {
            throw new IOException(file + " is no bundle of Quintet", e);
        }
        throw new IOException(file + " is no bundle of Quintet");
    }

    /** Reads what is in a bundle; fails if it has no end. */
    static JsonNode summary(Path file) throws IOException {
        String summary = "";
        String last = "";
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                summary = last;
                last = line;
            }
            JsonNode end = JsonMapper.shared().readTree(last);
            switch (end.path("type").asString("")) {
                case "end" -> {
                    return JsonMapper.shared().readTree(summary);
                }
                case "failed" ->
                    throw new IOException("The export broke off: %s [%s]"
                            .formatted(
                                    end.path("detail").asString(""),
                                    end.path("reason").asString("")));
                default -> {
                    // It broke off in between.
                }
            }
        } catch (EOFException | JacksonException e) {
            throw new IOException("The export broke off, what came has no end", e);
        }
        throw new IOException("The export broke off, what came has no end");
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream packed = Files.newInputStream(file);
        try {
            return new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(packed, 64 << 10), StandardCharsets.UTF_8));
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }
}
