package quintet.embed.model;

import java.util.List;

/**
 * A chunk of a document with what it belongs to.
 *
 * @param title of the document, empty if it has none
 * @param filename of the document, empty if it has none
 * @param sectionPath headings above the chunk, outermost first
 * @param text the chunk itself
 */
public record Passage(String title, String filename, List<String> sectionPath, String text) {
    /** Copies the path. */
    public Passage {
        sectionPath = List.copyOf(sectionPath);
    }
}
