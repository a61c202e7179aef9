package quintet.retrieve.pipeline;

import java.util.Comparator;
import java.util.List;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.PassageContext;
import quintet.retrieve.model.StoredPassage;

/**
 * Shows a passage together with its neighbours, as one text of the document. Every offset into it still holds: what passages
 * have in common is there once, and the white space between them, which no passage keeps, is replaced by as much.
 */
final class PassageExpansion {
    /** Passages further apart than this have more between them than white space. */
    private static final int MAX_GAP = 64;

    private final StringBuilder text;
    private int start;
    private int end;
    private int page;
    private int pageEnd;

    private PassageExpansion(Passage shown) {
        text = new StringBuilder(shown.text());
        start = shown.start();
        end = shown.end();
        page = shown.page();
        pageEnd = shown.pageEnd();
    }

    /**
     * Returns {@code hit} with what stands around it as its context.
     *
     * @param neighbours passages of the same version of the document, in any order
     */
    static StoredPassage of(StoredPassage hit, List<StoredPassage> neighbours) {
        Passage passage = hit.passage();
        Passage shown = passage.shown();
        if (!isExact(shown)) {
            return hit;
        }
        PassageExpansion expansion = new PassageExpansion(shown);
        List<Passage> rising = neighbours.stream()
                .map(StoredPassage::passage)
                .sorted(Comparator.comparingInt(Passage::ordinal))
                .toList();
        for (Passage next : rising) {
            if (next.ordinal() > passage.ordinal() && !expansion.append(next.shown())) {
                break;
            }
        }
        for (Passage before : rising.reversed()) {
            if (before.ordinal() < passage.ordinal() && !expansion.prepend(before.shown())) {
                break;
            }
        }
        return new StoredPassage(hit.documentId(), hit.version(), hit.info(), expansion.around(passage));
    }

    /** Returns whether the passage was joined or is there already; if not, those beyond it can not be joined either. */
    private boolean append(Passage next) {
        if (!isExact(next) || next.start() - end > MAX_GAP) {
            return false;
        }
        if (next.end() > end) {
            text.append(space(next.start() - end));
            text.append(
                    next.text(), Math.max(0, end - next.start()), next.text().length());
            end = next.end();
            pageEnd = Math.max(pageEnd, next.pageEnd());
        }
        return true;
    }

    private boolean prepend(Passage before) {
        if (!isExact(before) || start - before.end() > MAX_GAP) {
            return false;
        }
        if (before.start() < start) {
            text.insert(0, space(start - before.end()));
            text.insert(0, before.text(), 0, Math.min(before.text().length(), start - before.start()));
            start = before.start();
            page = Math.min(page, before.page());
        }
        return true;
    }

    private static String space(int length) {
        return length == 1 ? " " : "\n".repeat(Math.max(0, length));
    }

    /** An index that was made elsewhere may have texts that are no spans. */
    private static boolean isExact(Passage shown) {
        return shown.text().length() == shown.end() - shown.start();
    }

    private Passage around(Passage matched) {
        if (start == matched.start() && end == matched.end()) {
            return matched;
        }
        return new Passage(
                matched.chunkId(),
                matched.ordinal(),
                matched.text(),
                matched.start(),
                matched.end(),
                matched.page(),
                matched.pageEnd(),
                matched.sectionPath(),
                matched.tokenCount(),
                new PassageContext(text.toString(), start, end, page, pageEnd));
    }
}
