package quintet.generate.pipeline;

import java.util.ArrayList;
import java.util.List;
import quintet.generate.model.Passage;
import quintet.generate.model.Source;
import quintet.generate.model.Terms;

/**
 * Chooses the passages that an answer may use: the best ones up to a number and a budget of tokens, without those that say the same
 * again. Two passages say the same when they are the same words, or when half of one lies inside the other; passages that are
 * merely alike stay, since two plans may differ in one word.
 */
final class ContextPacker {
    /** Share of a passage inside another one from which it is left out. */
    private static final double MOST_OVERLAP = 0.5;

    /** Characters of a token, where nobody counted them. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final int maxTokens;

    ContextPacker(int maxTokens) {
        this.maxTokens = maxTokens;
    }

    /** Returns at most {@code topK} sources in the order of {@code passages}, numbered from 1; the first passage always fits. */
    List<Source> pack(List<Passage> passages, int topK) {
        List<Source> sources = new ArrayList<>();
        int tokens = 0;
        for (Passage passage : passages) {
            if (sources.size() == topK) {
                break;
            }
            boolean said = sources.stream().anyMatch(source -> saysTheSame(source.passage(), passage));
            boolean fits = sources.isEmpty() || tokens + tokens(passage) <= maxTokens;
            if (!said && fits) {
                sources.add(new Source(sources.size() + 1, passage));
                tokens += tokens(passage);
            }
        }
        return List.copyOf(sources);
    }

    private static int tokens(Passage passage) {
        return passage.tokenCount() > 0 ? passage.tokenCount() : passage.text().length() / CHARACTERS_PER_TOKEN + 1;
    }

    private static boolean saysTheSame(Passage taken, Passage other) {
        if (taken.documentId().equals(other.documentId())) {
            int common = Math.min(taken.end(), other.end()) - Math.max(taken.start(), other.start());
            return common >= MOST_OVERLAP * (other.end() - other.start()) && other.end() > other.start();
        }
        return taken.text().length() == other.text().length()
                && Terms.list(taken.text()).equals(Terms.list(other.text()));
    }
}
