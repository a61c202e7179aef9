package quintet.retrieve.pipeline.rewriting;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import quintet.retrieve.model.Recognised;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.port.PassageView;

/** What the collection's own vocabulary says of the query: filters, abbreviations and spelling, from one look into the index. */
record Vocabulary() implements RewriteStep {
    @Override
    public String name() {
        return "vocabulary";
    }

    @Override
    public boolean isWanted(Rewriting options) {
        return options.recognises();
    }

    @Override
    public Uni<Void> apply(Draft draft, PassageView view, Duration budget) {
        return view.recognise(draft.text(), draft.query().filter())
                .invoke(known -> apply(draft, known))
                .replaceWithVoid();
    }

    private static void apply(Draft draft, Recognised known) {
        Rewriting options = draft.query().rewriting();
        RecognisedFilters.apply(draft, known, options.selfQuery());
        if (options.abbreviations()) {
            Abbreviations.apply(draft, known.abbreviations());
        }
        if (options.spelling()) {
            SpellingCorrection.apply(draft, known.corrections());
        }
    }
}
