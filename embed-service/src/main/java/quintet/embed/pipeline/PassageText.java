package quintet.embed.pipeline;

import java.util.ArrayList;
import java.util.List;
import quintet.embed.model.Passage;
import quintet.embed.port.EmbeddingModel;

/**
 * What is embedded for a passage: a line with the document's title and the headings above, then the text. A chunk alone often
 * does not say what it is about ("It is 30 days."), the headings do. The line is cut so that the text always fits.
 */
final class PassageText {
    private static final String SEPARATOR = " > ";

    private final EmbeddingModel model;
    private final int maxHeaderTokens;

    PassageText(EmbeddingModel model, int maxHeaderTokens) {
        this.model = model;
        this.maxHeaderTokens = maxHeaderTokens;
    }

    String of(Passage passage) {
        String header = header(passage);
        if (header.isEmpty() || maxHeaderTokens == 0) {
            return passage.text();
        }
        int room = Math.min(maxHeaderTokens, model.maxPassageTokens() - model.countTokens(passage.text()));
        String cut = room <= 0 ? "" : model.firstTokens(header, room);
        return cut.isBlank() ? passage.text() : cut + "\n" + passage.text();
    }

    private static String header(Passage passage) {
        List<String> parts = new ArrayList<>();
        add(parts, passage.title().isBlank() ? words(passage.filename()) : passage.title());
        passage.sectionPath().forEach(heading -> add(parts, heading));
        return String.join(SEPARATOR, parts);
    }

    private static void add(List<String> parts, String name) {
        String line = name.strip().replaceAll("\\s+", " ");
        if (!line.isEmpty() && (parts.isEmpty() || !parts.getLast().equalsIgnoreCase(line))) {
            parts.add(line);
        }
    }

    /** {@code "employee_handbook.pdf"} says "employee handbook". */
    private static String words(String filename) {
        int dot = filename.lastIndexOf('.');
        return (dot > 0 ? filename.substring(0, dot) : filename).replaceAll("[_-]+", " ");
    }
}
