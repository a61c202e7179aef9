package quintet.retrieve.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.explanation.LeftOut;
import quintet.retrieve.pipeline.Ranking.Ranked;

/**
 * The best of a ranking, each showing something that no better one shows already: a passage that lies within the window or the
 * parent of a better one, or whose document has as many hits as it may, is left out, and the next one moves up. Passages
 * without a context are all kept.
 */
final class DistinctHits {
    private final List<Ranked> ranked;
    private final int k;
    private final int perDocument;
    private final Map<String, Integer> byDocument = new HashMap<>();
    private final List<Hit> hits = new ArrayList<>();
    private final SearchTrace trace;
    private int loaded;

    /** Hits of one document are at most {@code perDocument}; 0 for any number. */
    DistinctHits(Ranking ranking, int k, int perDocument, SearchTrace trace) {
        this.ranked = ranking.ranked();
        this.k = k;
        this.perDocument = perDocument;
        this.trace = trace;
    }

    /** Returns what is to be loaded next, as many as are missing; empty once there are enough or no more. */
    List<Candidate> next() {
        int end = Math.min(ranked.size(), loaded + k - hits.size());
        return ranked.subList(loaded, end).stream().map(Ranked::candidate).toList();
    }

    /** Takes the passages of {@link #next}, in their order. */
    void add(List<StoredPassage> passages) {
        for (StoredPassage passage : passages) {
            Ranked at = ranked.get(loaded++);
            int ofDocument = byDocument.getOrDefault(passage.documentId(), 0);
            if (perDocument > 0 && ofDocument >= perDocument) {
                trace.leftOut(at, LeftOut.Rule.PER_DOCUMENT, passage.documentId());
                continue;
            }
            Optional<Hit> better =
                    hits.stream().filter(hit -> shows(hit.stored(), passage)).findFirst();
            if (better.isPresent()) {
                trace.leftOut(
                        at,
                        LeftOut.Rule.SHOWN_ALREADY,
                        better.get().stored().passage().chunkId());
                continue;
            }
            byDocument.put(passage.documentId(), ofDocument + 1);
            hits.add(new Hit(passage, at.score(), at.scores()));
        }
    }

    List<Hit> list() {
        return List.copyOf(hits);
    }

    private static boolean shows(StoredPassage better, StoredPassage other) {
        Passage shown = better.passage();
        Passage matched = other.passage();
        return shown.context() != null
                && better.documentId().equals(other.documentId())
                && better.version() == other.version()
                && shown.shownStart() <= matched.start()
                && matched.end() <= shown.shownEnd();
    }
}
