package quintet.generate.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.AnswerSpan;
import quintet.generate.model.Citation;
import quintet.generate.model.Claim;
import quintet.generate.model.Passage;
import quintet.generate.model.Sentence;
import quintet.generate.model.SentenceSplitter;
import quintet.generate.model.Source;
import quintet.generate.model.Terms;
import quintet.generate.pipeline.evidence.ClaimReader;

/**
 * Ties an answer to its evidence while it is being written: a mark such as {@code [2]} becomes a citation of the sentence of source
 * 2 that has most in common with the sentence just written. A mark with a number that was not given is left out of the answer, and
 * so are the addresses of links and images.
 * One per answer, not thread-safe.
 */
final class Grounding {
    private static final Logger LOG = Logger.getLogger(Grounding.class);

    /** The sentence just written begins within this many characters. */
    private static final int LOOK_BACK_CHARACTERS = 800;

    private final CitationParser parser = new CitationParser();
    private final Map<Integer, Passage> passages = new HashMap<>();
    private final Map<Integer, List<Sentence>> sentences = new HashMap<>();
    private final LinkFilter links = new LinkFilter();
    private final ClaimReader reader = new ClaimReader();
    private final List<Claim> claims = new ArrayList<>();
    private final StringBuilder written = new StringBuilder();
    private int unknownMarks;
    private boolean cited;
    private boolean refused;

    Grounding(List<Source> sources) {
        sources.forEach(source -> passages.put(source.number(), source.passage()));
    }

    /** Returns the events that {@code delta} gives rise to. */
    List<AnswerEvent> push(String delta) {
        return events(parser.push(links.push(delta)));
    }

    /** Returns the events that are left when nothing more arrives. */
    List<AnswerEvent> end() {
        List<AnswerEvent> events = new ArrayList<>(events(parser.push(links.end())));
        events.addAll(events(parser.end()));
        claims.addAll(reader.end());
        return events;
    }

    /** Returns how many marks named a source that was not given. */
    int unknownMarks() {
        return unknownMarks;
    }

    /** Returns the sentences that are finished and were not returned before. */
    List<Claim> takeClaims() {
        List<Claim> taken = List.copyOf(claims);
        claims.clear();
        return taken;
    }

    /** Returns whether the answer says, by the mark {@code [0]}, that the passages do not hold one. */
    boolean refused() {
        return refused && !cited;
    }

    /** Returns how many links and images were left out. */
    int links() {
        return links.removed();
    }

    private List<AnswerEvent> events(List<CitationParser.Piece> pieces) {
        List<AnswerEvent> events = new ArrayList<>();
        for (CitationParser.Piece piece : pieces) {
            switch (piece) {
                case CitationParser.Piece.Text(String text) -> {
                    String shown = written.isEmpty() ? text.stripLeading() : text;
                    if (!shown.isEmpty()) {
                        written.append(shown);
                        claims.addAll(reader.text(shown));
                        events.add(new AnswerEvent.Token(shown));
                    }
                }
                case CitationParser.Piece.Mark(int number) -> {
                    Passage passage = passages.get(number);
                    if (number == PromptAssembler.NO_ANSWER) {
                        refused = true;
                    } else if (passage == null) {
                        unknownMarks++;
                        LOG.debugf("left out the mark of an unknown source, number=%d", number);
                    } else {
                        String mark = "[%d]".formatted(number);
                        cited = true;
                        reader.mark(number, mark);
                        events.add(new AnswerEvent.Token(mark));
                        events.add(new AnswerEvent.Cited(cite(number, passage)));
                    }
                }
            }
        }
        return events;
    }

    private Citation cite(int number, Passage passage) {
        Sentence best = mostInCommon(number, passage, Terms.of(claim()));
        Optional<AnswerSpan> answer =
                passage.answer().filter(span -> span.start() >= best.start() && span.end() <= best.end());
        return new Citation(number, best.text(), best.start(), best.end(), passage.pageAt(best.start()), answer);
    }

    /** Returns the sentence just written, without marks. */
    private String claim() {
        String tail = written.substring(Math.max(0, written.length() - LOOK_BACK_CHARACTERS));
        List<Sentence> pieces = SentenceSplitter.split(tail);
        return pieces.isEmpty() ? "" : pieces.getLast().text();
    }

    private Sentence mostInCommon(int number, Passage passage, Set<String> claim) {
        List<Sentence> candidates = sentences.computeIfAbsent(number, _ -> SentenceSplitter.split(passage.text()));
        return candidates.stream()
                .max(Comparator.comparingDouble(sentence -> Terms.similarity(claim, Terms.of(sentence.text()))))
                .orElseGet(() ->
                        new Sentence(Sentence.Kind.FRAGMENT, 0, passage.text().length(), passage.text()));
    }
}
