package quintet.bench.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import quintet.bench.data.HandbookQuestions;
import quintet.bench.data.PageQuestion;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Passage;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;

/** Questions about the sample handbook: is the right page found, first, and cited? */
public final class HandbookQuality {
    /** More than are counted: re-ranking may bring forward what search put behind. */
    private static final int TOP_K = 20;

    private final SuiteClient suite;
    private final Progress progress;

    /** Measures a suite that is up. */
    public HandbookQuality(SuiteClient suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /** Ingests the handbook into a scratch collection, asks everything, prints the tables and returns their figures. */
    public ObjectNode measure(Path folder, PrintStream out) throws IOException {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "handbook")) {
            collection.ingest(files(folder));
            ObjectNode figures = Json.object();
            MarkdownTable answers = AnswerEvidence.table();
            figures.set(
                    "development", ask(collection, "the 201 questions", HandbookQuestions.development(), out, answers));
            figures.set(
                    "heldOut", ask(collection, "the held-out questions", HandbookQuestions.heldOut(), out, answers));
            AnswerEvidence unanswerable = new AnswerEvidence();
            for (String question : HandbookQuestions.unanswerable()) {
                unanswerable.addRefusal(suite.answer(collection.name(), question));
            }
            unanswerable.addRow(answers, "questions without an answer");
            figures.put(
                    "refusedWithoutAnswer",
                    unanswerable.figures().path("refused").asDouble());
            out.println(answers);
            return figures;
        }
    }

    private ObjectNode ask(
            ScratchCollection collection,
            String name,
            List<PageQuestion> questions,
            PrintStream out,
            MarkdownTable answers) {
        PageHits found = new PageHits();
        PageHits reranked = new PageHits();
        AnswerEvidence evidence = new AnswerEvidence();
        int asked = 0;
        for (PageQuestion question : questions) {
            List<Passage> hits = suite.search(collection.name(), question.question(), TOP_K, SearchMode.HYBRID);
            found.add(question, hits);
            reranked.add(question, suite.rerank(question.question(), hits));
            evidence.add(question, suite.answer(collection.name(), question.question()));
            progress.show("asked of " + name, ++asked, questions.size());
        }
        MarkdownTable pages = PageHits.table();
        found.addRows(pages, "search");
        reranked.addRows(pages, "search + re-rank");
        out.println("Right page, " + name + " (" + questions.size() + "):\n");
        out.println(pages);
        evidence.addRow(answers, name);
        ObjectNode figures = Json.object().put("questions", questions.size());
        figures.set("search", found.figures());
        figures.set("searchAndRerank", reranked.figures());
        figures.set("answers", evidence.figures());
        return figures;
    }

    /** Returns the PDF files of the handbook, by name. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pdfs =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".pdf"))
                            .sorted()
                            .toList());
            if (pdfs.isEmpty()) {
                throw new IOException("no PDF in " + folder);
            }
            return pdfs;
        }
    }
}
