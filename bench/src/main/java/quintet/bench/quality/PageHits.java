package quintet.bench.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import quintet.bench.data.PageQuestion;
import quintet.bench.metric.HitRate;
import quintet.bench.metric.Share;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.suite.Passage;

/**
 * How often the right page is among the passages: counted over the pages that a passage runs over, and the same with the page
 * after it, where a piece of text that begins on the right page often goes on.
 */
final class PageHits {
    private final HitRate page = new HitRate();
    private final HitRate nextPage = new HitRate();

    void add(PageQuestion question, List<Passage> ranking) {
        page.addFlags(ranking.stream()
                .map(hit -> question.isOn(hit.filename(), hit.page(), hit.pageEnd()))
                .toList());
        nextPage.addFlags(ranking.stream()
                .map(hit -> question.isOn(hit.filename(), hit.page() - 1, hit.pageEnd()))
                .toList());
    }

    HitRate page() {
        return page;
    }

    static MarkdownTable table() {
        return new MarkdownTable("", "hit@1", "hit@5", "hit@10", "MRR");
    }

    void addRows(MarkdownTable table, String name) {
        addRow(table, name, page);
        addRow(table, name + ", or on the page after", nextPage);
    }

    ObjectNode figures() {
        ObjectNode figures = Json.object();
        figures.set("page", figures(page));
        figures.set("nextPage", figures(nextPage));
        return figures;
    }

    private static void addRow(MarkdownTable table, String name, HitRate hits) {
        table.row(
                name,
                Share.text(hits.at(1)),
                Share.text(hits.at(5)),
                Share.text(hits.at(10)),
                Share.text(hits.meanReciprocalRank()));
    }

    private static ObjectNode figures(HitRate hits) {
        return Json.object()
                .put("hitAt1", hits.at(1))
                .put("hitAt5", hits.at(5))
                .put("hitAt10", hits.at(10))
                .put("meanReciprocalRank", hits.meanReciprocalRank());
    }
}
