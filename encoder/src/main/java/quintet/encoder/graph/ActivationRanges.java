package quintet.encoder.graph;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import quintet.encoder.model.ModelException;

/**
 * How large the activations in front of each weight matrix become on real texts: the greatest magnitude of each channel. Kept in a text
 * file, one line a place: its name and its channels.
 */
public final class ActivationRanges {
    private final Map<String, float[]> maxima = new TreeMap<>();

    /** Takes note of activations {@code [tokens, channels]}, row by row. */
    void observe(String place, float[] values, int channels) {
        float[] greatest = maxima.computeIfAbsent(place, _ -> new float[channels]);
        for (int i = 0; i < values.length; i++) {
            int channel = i % channels;
            greatest[channel] = Math.max(greatest[channel], Math.abs(values[i]));
        }
    }

    /** Returns the greatest magnitude of each channel at a place. */
    float[] maxima(String place) {
        float[] greatest = maxima.get(place);
        if (greatest == null) {
            throw new ModelException("nothing is known about the activations at %s".formatted(place));
        }
        return greatest.clone();
    }

    /** Reads a file. */
    public static ActivationRanges read(Path file) throws IOException {
        ActivationRanges ranges = new ActivationRanges();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                float[] greatest = new float[words.length - 1];
                for (int i = 0; i < greatest.length; i++) {
                    greatest[i] = Float.parseFloat(words[i + 1]);
                }
                ranges.maxima.put(words[0], greatest);
            }
        } catch (NumberFormatException e) {
            throw new ModelException("%s is no file of activation ranges: %s".formatted(file, e.getMessage()), e);
        }
        return ranges;
    }

    /** Writes a file, with three digits a number. */
    public void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Map.Entry<String, float[]> entry : maxima.entrySet()) {
                out.write(entry.getKey());
                for (float value : entry.getValue()) {
                    out.write(String.format(Locale.ROOT, " %.3g", Math.max(value, 1e-3f)));
                }
                out.write("\n");
            }
        }
    }
}
