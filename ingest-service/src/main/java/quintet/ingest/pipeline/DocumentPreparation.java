package quintet.ingest.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Block;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Findings;
import quintet.ingest.model.ParsedDocument;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.pipeline.chunking.CollectionChunker;
import quintet.ingest.pipeline.cleaning.TextCleaner;
import quintet.ingest.port.DocumentParser;
import quintet.ingest.port.LanguageDetector;
import quintet.ingest.port.VersionProgress.Prepared;

/** Reads a file: parse, clean, detect the language; chunk, once that is asked for. Each step is a span. Blocking. */
@ApplicationScoped
class DocumentPreparation {
    static final StageFailure NO_TEXT = new StageFailure(
            Stage.PARSE, "NO_TEXT", "the file holds no text; pictures of text, such as scans, are not read");

    private static final int MAX_TITLE_CHARACTERS = 300;

    private final DocumentParser parser;
    private final LanguageDetector languages;
    private final CollectionChunker chunker;
    private final Tracer tracer;
    private final MeterRegistry meters;

    DocumentPreparation(
            DocumentParser parser,
            LanguageDetector languages,
            CollectionChunker chunker,
            Tracer tracer,
            MeterRegistry meters) {
        this.parser = parser;
        this.languages = languages;
        this.chunker = chunker;
        this.tracer = tracer;
        this.meters = meters;
    }

    /** A file that can never become chunks. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient StageFailure why;

        Refused(StageFailure why) {
            super(why.message());
            this.why = why;
        }

        StageFailure why() {
            return why;
        }
    }

    Prepared prepare(DocumentRef ref, Path file, Attributes given) throws Refused {
        long begun = System.nanoTime();
        ParsedDocument parsed = parse(file, given);
        CleanText clean = traced("clean", () -> TextCleaner.clean(parsed.blocks()));
        meters.timer("quintet.ingest.parse", "type", parsed.findings().mimeType())
                .record(Duration.ofNanos(System.nanoTime() - begun));
        Instant parsedAt = Instant.now();
        if (clean.text().isBlank()) {
            throw new Refused(NO_TEXT);
        }
        return new Prepared(
                complete(parsed.findings(), clean, given),
                clean,
                () -> traced("chunk", () -> chunker.chunk(ref, clean)),
                parsedAt);
    }

    private ParsedDocument parse(Path file, Attributes given) throws Refused {
        try {
            return traced("parse", () -> parser.parse(file, given.filename(), given.mimeType()));
        } catch (Failure failure) {
            if (failure.kind() == Failure.Kind.INVALID_INPUT) {
                throw new Refused(new StageFailure(Stage.PARSE, failure.reason(), failure.message()));
            }
            throw failure;
        }
    }

    /** Adds the language, and a title where the document names none: its first heading, else its file name. */
    private Findings complete(Findings found, CleanText clean, Attributes given) {
        String title = Strings.oneLine(found.title(), MAX_TITLE_CHARACTERS);
        if (title.isEmpty()) {
            title = Strings.oneLine(firstHeading(clean), MAX_TITLE_CHARACTERS);
        }
        if (title.isEmpty()) {
            title = given.filename();
        }
        String language = languages.detect(clean.text());
        return new Findings(found.mimeType(), title, language, found.pageCount(), Strings.clean(found.metadata()));
    }

    /** Returns the heading that the text begins with; a cover may set it in several. */
    private static String firstHeading(CleanText clean) {
        return clean.blocks().stream()
                .dropWhile(block -> block.kind() != Block.Kind.HEADING)
                .takeWhile(block -> block.kind() == Block.Kind.HEADING)
                .limit(2)
                .map(clean::textOf)
                .collect(Collectors.joining(" – "));
    }

    private <T> T traced(String step, Supplier<T> work) {
        Span span = tracer.spanBuilder(step).startSpan();
        try (Scope _ = span.makeCurrent()) {
            return work.get();
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR, Failure.of(e).reason());
            throw e;
        } finally {
            span.end();
        }
    }
}
