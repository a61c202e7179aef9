package quintet.generate.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import quintet.generate.model.AnswerSpan;
import quintet.generate.model.Passage;
import quintet.generate.model.Source;

/** Makes passages and sources for tests. */
public final class Sources {
    private Sources() {}

    /** Returns a passage on one page with a final score. */
    public static Passage passage(String document, int page, int start, String text, float score) {
        var scores = new LinkedHashMap<String, Float>();
        scores.put(Passage.FINAL, score);
        return new Passage(
                document + "#" + start,
                document,
                document + ".pdf",
                "",
                page,
                page,
                List.of(),
                start,
                start + text.length(),
                text,
                text.length() / 4,
                scores,
                Optional.empty());
    }

    /** Returns the source with relevance and, where {@code span} is found in its text, the reader's answer. */
    public static Source source(int number, Passage passage, float relevance, String span) {
        int at = span.isEmpty() ? -1 : passage.text().indexOf(span);
        return new Source(
                number,
                passage.ranked(
                        new LinkedHashMap<>(java.util.Map.of(Passage.RELEVANCE, relevance)),
                        at < 0 ? Optional.empty() : Optional.of(new AnswerSpan(at, at + span.length()))));
    }
}
