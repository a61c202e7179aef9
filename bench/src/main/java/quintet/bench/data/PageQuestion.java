package quintet.bench.data;

import java.util.List;

/**
 * A question whose answer stands on a known page.
 *
 * @param pages the right pages, at least one
 * @param phrase words that the right sentence contains; empty if not known
 * @param answer a right answer in other words; empty if not known
 */
public record PageQuestion(String question, List<Page> pages, String phrase, String answer) {
    /** A page of a file, from 1. */
    public record Page(String filename, int number) {}

    /** Copies the pages. */
    public PageQuestion {
        pages = List.copyOf(pages);
        if (pages.isEmpty()) {
            throw new IllegalArgumentException("no page for: " + question);
        }
    }

    /** Tells whether pages {@code first} to {@code last} of a file hold a right page. */
    public boolean isOn(String filename, int first, int last) {
        return pages.stream()
                .anyMatch(page -> page.filename().equals(filename) && page.number() >= first && page.number() <= last);
    }
}
