package quintet.ingest.pipeline.deduplication;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.model.DuplicateKind;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.MinHashSignature;
import quintet.ingest.port.DuplicateIndex.Match;
import quintet.ingest.port.DuplicateIndex.Originals;

/** Finds the original that a document is most like. */
final class Comparison {
    /** Candidates whose texts are read. */
    private static final int MAX_TEXTS = 8;

    private final int maxCandidates;
    private final int maxVectors;

    Comparison(int maxCandidates, int maxVectors) {
        this.maxCandidates = maxCandidates;
        this.maxVectors = maxVectors;
    }

    /** Compares texts alone. */
    static Optional<Match> byText(Originals originals, Fingerprint fingerprint) {
        return originals.ofText(fingerprint.textSha256()).map(ref -> new Match(ref, DuplicateKind.EXACT, 1));
    }

    /** Compares texts, then words, as far as the settings say so. */
    Optional<Match> byWords(
            Originals originals, Fingerprint fingerprint, Shingles shingles, DeduplicationSettings settings) {
        Optional<Match> exact = settings.exact() ? byText(originals, fingerprint) : Optional.empty();
        Fingerprint.@Nullable Sketch sketch = fingerprint.sketch();
        return exact.isPresent() || !settings.fuzzy() || sketch == null
                ? exact
                : byShingles(originals, sketch, shingles, settings.fuzzyThreshold());
    }

    /**
     * Compares the estimates of all candidates, then the shingles themselves of the best ones. Those whose estimate is up to
     * two standard errors below the threshold have a chance; where the text is not there yet, the estimate decides.
     */
    private Optional<Match> byShingles(
            Originals originals, Fingerprint.Sketch sketch, Shingles shingles, double threshold) {
        MinHashSignature signature = sketch.signature();
        double error = Math.sqrt(threshold * (1 - threshold) / signature.length());
        List<Match> candidates = originals.sharingABucket(sketch, maxCandidates).stream()
                .map(signed -> new Match(signed.ref(), DuplicateKind.FUZZY, signature.estimate(signed.signature())))
                .filter(match -> match.score() >= threshold - 2 * error)
                .sorted(Comparator.comparingDouble(Match::score)
                        .reversed()
                        .thenComparing(match -> match.original().key().documentId()))
                .limit(MAX_TEXTS)
                .toList();
        return candidates.stream()
                .map(match -> originals
                        .text(match.original())
                        .map(text -> shingles.jaccard(Shingles.of(NormalText.of(text), shingles.shingleSize())))
                        .map(jaccard -> new Match(match.original(), DuplicateKind.FUZZY, jaccard))
                        .orElse(match))
                .filter(match -> match.score() >= threshold)
                .max(Comparator.comparingDouble(Match::score));
    }

    /** Compares a vector with those of the newest originals, one by one. */
    Optional<Match> byMeaning(Originals originals, DocumentVector vector, double threshold) {
        Nearest nearest = new Nearest(vector, threshold);
        originals.vectors(vector.model(), maxVectors, nearest::visit);
        return nearest.match();
    }

    private static final class Nearest {
        private final DocumentVector vector;
        private double best;
        private @Nullable DocumentRef ref;

        Nearest(DocumentVector vector, double threshold) {
            this.vector = vector;
            best = Math.nextDown(threshold);
        }

        void visit(DocumentRef other, DocumentVector othersVector) {
            double cosine = vector.cosine(othersVector);
            if (cosine > best) {
                best = cosine;
                ref = other;
            }
        }

        Optional<Match> match() {
            return Optional.ofNullable(ref).map(found -> new Match(found, DuplicateKind.SEMANTIC, best));
        }
    }
}
