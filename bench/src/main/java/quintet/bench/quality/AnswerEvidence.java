package quintet.bench.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import quintet.bench.data.PageQuestion;
import quintet.bench.metric.Share;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.suite.Answer;
import quintet.bench.suite.SuiteException;

/** How often answers cite the right page and hold the right words, and how often the suite says that it has none. */
final class AnswerEvidence {
    private final Share rightPage = new Share();
    private final Share rightSentencePage = new Share();
    private final Share rightPhrase = new Share();
    private final Share refused = new Share();
    private int citations;
    private int answers;

    /** Adds the answer to a question that has one. */
    void add(PageQuestion question, Answer answer) {
        addRefusal(answer);
        rightPage.add(answer.citations().stream().anyMatch(cited -> isRight(question, cited)));
        rightSentencePage.add(answer.citations().stream()
                .anyMatch(
                        cited -> question.isOn(cited.source().filename(), cited.sentencePage(), cited.sentencePage())));
        if (!question.phrase().isEmpty()) {
            String phrase = words(question.phrase());
            rightPhrase.add(words(answer.text()).contains(phrase)
                    || answer.citations().stream()
                            .anyMatch(cited -> words(cited.sentence()).contains(phrase)));
        }
    }

    /** Adds the answer to a question that has none. */
    void addRefusal(Answer answer) {
        if (!answer.degraded().isEmpty()) {
            throw new SuiteException("an answer left out " + answer.degraded() + ": is a service down or too slow?");
        }
        answers++;
        citations += answer.citations().size();
        refused.add(answer.isRefusal());
    }

    static MarkdownTable table() {
        return new MarkdownTable(
                "answers to", "right page cited", "by sentence", "right words", "citations", "refused");
    }

    void addRow(MarkdownTable table, String name) {
        table.row(
                name,
                rightPage.text(),
                rightSentencePage.text(),
                rightPhrase.text(),
                String.format(Locale.ROOT, "%.1f", answers == 0 ? 0 : (double) citations / answers),
                refused.text());
    }

    ObjectNode figures() {
        return Json.object()
                .put("rightPageCited", rightPage.value())
                .put("rightSentencePageCited", rightSentencePage.value())
                .put("rightWords", rightPhrase.value())
                .put("citationsPerAnswer", answers == 0 ? 0 : (double) citations / answers)
                .put("refused", refused.value());
    }

    private static boolean isRight(PageQuestion question, Answer.Citation cited) {
        var source = cited.source();
        return question.isOn(source.filename(), source.page(), source.pageEnd())
                || question.isOn(source.filename(), cited.sentencePage(), cited.sentencePage());
    }

    /** Returns letters and digits only: line breaks, hyphens at line ends and kinds of quotes make no difference. */
    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
