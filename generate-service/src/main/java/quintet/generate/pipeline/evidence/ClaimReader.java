package quintet.generate.pipeline.evidence;

import java.util.ArrayList;
import java.util.List;
import quintet.generate.model.Claim;
import quintet.generate.model.Sentence;
import quintet.generate.model.SentenceSplitter;
import quintet.generate.model.Terms;

/**
 * Finds the sentences of an answer while it is being written. One is finished when the next has begun, since the marks that name
 * its sources may stand behind its full stop. Sentences without words of their own ("Yes.") are no claims. One per answer, not
 * thread-safe.
 */
public final class ClaimReader {
    /** A sentence that is longer is taken for finished, so that what is kept has a bound. */
    private static final int MAX_CHARACTERS = 4_000;

    private static final int FEWEST_TERMS = 2;

    /** The answer without marks, from the first sentence that is not finished. */
    private final StringBuilder tail = new StringBuilder();

    private final List<Mark> marks = new ArrayList<>();
    /** Where the tail begins in the answer as it was sent. */
    private int tailStart;

    /**
     * A mark that was sent.
     *
     * @param at offset in the tail that it stands before
     * @param number of the source
     * @param length as it was sent, in characters
     */
    private record Mark(int at, int number, int length) {}

    /** Takes text that was sent and returns the claims that are finished now. */
    public List<Claim> text(String sent) {
        tail.append(sent);
        return mayEnd(sent) || tail.length() > MAX_CHARACTERS ? finished(false) : List.of();
    }

    /** Takes a mark that was sent. */
    public void mark(int number, String sent) {
        marks.add(new Mark(tail.length(), number, sent.length()));
    }

    /** Returns what is left when nothing more is sent. */
    public List<Claim> end() {
        return finished(true);
    }

    /** Only behind the end of a sentence another one can begin, and only a letter or a digit begins one. */
    private boolean mayEnd(String sent) {
        return sent.codePoints().anyMatch(Character::isLetterOrDigit)
                && tail.chars().anyMatch(c -> ".!?:;。！？\n".indexOf(c) >= 0);
    }

    private List<Claim> finished(boolean all) {
        List<Sentence> sentences = SentenceSplitter.split(tail.toString());
        boolean tooLong = sentences.size() == 1 && tail.length() > MAX_CHARACTERS;
        int count = all || tooLong ? sentences.size() : sentences.size() - 1;
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sentence sentence = sentences.get(i);
            int next = i + 1 < sentences.size() ? sentences.get(i + 1).start() : tail.length();
            if (Terms.of(sentence.text()).size() >= FEWEST_TERMS) {
                claims.add(new Claim(
                        sent(sentence.start(), true),
                        sent(sentence.end(), false),
                        sentence.inline(),
                        cited(sentence.start(), next)));
            }
        }
        if (count > 0) {
            forget(count < sentences.size() ? sentences.get(count).start() : tail.length());
        }
        return claims;
    }

    /** Marks behind a sentence are its own; a list may have some within. */
    private List<Integer> cited(int start, int next) {
        return marks.stream()
                .filter(mark -> mark.at() > start && mark.at() <= next)
                .map(Mark::number)
                .distinct()
                .toList();
    }

    /** Returns where in the answer an offset of the tail is: behind the marks that stand there, or before them. */
    private int sent(int offset, boolean behindMarks) {
        return tailStart
                + offset
                + marks.stream()
                        .filter(mark -> behindMarks ? mark.at() <= offset : mark.at() < offset)
                        .mapToInt(Mark::length)
                        .sum();
    }

    private void forget(int until) {
        int start = sent(until, true);
        List<Mark> left = marks.stream()
                .filter(mark -> mark.at() > until)
                .map(mark -> new Mark(mark.at() - until, mark.number(), mark.length()))
                .toList();
        marks.clear();
        marks.addAll(left);
        tail.delete(0, until);
        tailStart = start;
    }
}
