package quintet.ingest.pipeline.deduplication;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.port.CollectionRegistry;
import quintet.ingest.port.DuplicateIndex;
import quintet.ingest.port.DuplicateIndex.Decision;
import quintet.ingest.port.DuplicateIndex.Match;
import quintet.ingest.port.DuplicateIndex.Twin;
import quintet.ingest.port.VersionProgress.Prepared;

/**
 * Keeps documents that say what another one says already from being embedded and indexed, as far as their collection wants
 * that: {@link #claim} comes after chunking and before the chunks are handed over. Blocking.
 *
 * <p>Only documents with equal metadata of the caller's are compared: a search that filters by it finds each of two others.
 */
@ApplicationScoped
public class Deduplication {
    private static final Logger LOG = Logger.getLogger(Deduplication.class);

    private final CollectionRegistry collections;
    private final DuplicateIndex index;
    private final Sketches sketches;
    private final MeanVector vectors;
    private final Comparison comparison;
    private final MeterRegistry meters;

    Deduplication(
            CollectionRegistry collections,
            DuplicateIndex index,
            MeanVector vectors,
            DeduplicationConfig config,
            MeterRegistry meters) {
        this.collections = collections;
        this.index = index;
        this.sketches = Sketches.of(config);
        this.vectors = vectors;
        this.comparison = new Comparison(config.maxCandidates(), config.maxVectors());
        this.meters = meters;
    }

    /**
     * Returns whether a version is to be read at all. If not, another document with the same bytes answers for it, as whose alias it
     * is recorded, or there is nothing to do for it any more.
     */
    public boolean claimUnread(Document document) {
        if (!collections
                .settings(document.ref().key().collection())
                .deduplication()
                .exact()) {
            return true;
        }
        String scope = scope(document.given());
        Optional<Twin> twin = index.twin(document, scope);
        if (twin.isEmpty()) {
            return true;
        }
        Fingerprint fingerprint = new Fingerprint(scope, twin.get().textSha256(), null, null);
        Prepared prepared =
                new Prepared(twin.get().found(), new CleanText("", List.of(), List.of()), List::of, Instant.now());
        // Where the twin has just gone, the version is decided on once more when it is read.
        return noted(
                document,
                index.decide(
                        document.ref(),
                        prepared,
                        fingerprint,
                        false,
                        originals -> Comparison.byText(originals, fingerprint)));
    }

    /**
     * Returns whether a version is to be embedded and indexed. If not, it is recorded as an alias of the document that answers
     * for it, or there is nothing to do for it any more.
     */
    public boolean claim(Document document, Prepared prepared) {
        DeduplicationSettings settings =
                collections.settings(document.ref().key().collection()).deduplication();
        Timer.Sample time = Timer.start(meters);
        Decision decision = decide(document, prepared, settings);
        time.stop(meters.timer("quintet.ingest.deduplicate"));
        return noted(document, decision);
    }

    /**
     * Returns what the text of a document looks like that is an original already, with its words as far as its collection compares
     * them. Its meaning is not looked at: that takes a model.
     */
    public Fingerprint fingerprint(DocumentKey key, Attributes given, String text) {
        String normal = NormalText.of(text);
        String scope = scope(given);
        Shingles shingles =
                collections.settings(key.collection()).deduplication().fuzzy()
                        ? sketches.shingles(normal)
                        : Shingles.NONE;
        return new Fingerprint(
                scope,
                NormalText.sha256(normal),
                sketches.sketch(key.collection(), scope, shingles).orElse(null),
                null);
    }

    /** Returns whether the version is an original, and tells of it if it is an alias. */
    private boolean noted(Document document, Decision decision) {
        DocumentKey key = document.ref().key();
        if (decision instanceof Decision.Alias(Match match)) {
            meters.counter("quintet.ingest.duplicates", "kind", match.kind().name())
                    .increment();
            LOG.infof(
                    "document is a duplicate, collection=%s documentId=%s version=%d original=%s kind=%s score=%.3f",
                    key.collection(),
                    key.documentId(),
                    document.ref().version(),
                    match.original().key().documentId(),
                    match.kind(),
                    match.score());
        }
        return decision instanceof Decision.Original;
    }

    private Decision decide(Document document, Prepared prepared, DeduplicationSettings settings) {
        DocumentRef ref = document.ref();
        DocumentKey key = ref.key();
        String normal = NormalText.of(prepared.text().text());
        String scope = scope(document.given());
        Shingles shingles = settings.fuzzy() ? sketches.shingles(normal) : Shingles.NONE;
        Fingerprint words = new Fingerprint(
                scope,
                NormalText.sha256(normal),
                sketches.sketch(key.collection(), scope, shingles).orElse(null),
                null);
        Fingerprint fingerprint = settings.semantic()
                        && index.look(ref, scope, originals -> comparison.byWords(originals, words, shingles, settings))
                                .isEmpty()
                ? words.with(vectors.of(prepared))
                : words;
        return index.decide(
                ref,
                prepared,
                fingerprint,
                settings.fuzzy() || settings.semantic(),
                originals -> comparison
                        .byWords(originals, fingerprint, shingles, settings)
                        .or(() -> byMeaning(originals, fingerprint, settings)));
    }

    /** No key, no value and no group holds a NUL. Who sees one of two documents must see the other, too. */
    private static String scope(Attributes given) {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(given.metadata())
                .forEach((key, value) ->
                        all.append(key).append('\0').append(value).append('\0'));
        given.groups().forEach(group -> all.append('\0').append(group));
        return NormalText.sha256(all.toString());
    }

    private Optional<Match> byMeaning(
            DuplicateIndex.Originals originals, Fingerprint fingerprint, DeduplicationSettings settings) {
        if (!settings.semantic()) {
            return Optional.empty();
        }
        if (fingerprint.vector() == null) {
            throw Failure.unavailable(
                    "ORIGINALS_CHANGE", "the document that this one is like has just gone; it is compared again", null);
        }
        return comparison.byMeaning(originals, fingerprint.vector(), settings.semanticThreshold());
    }
}
