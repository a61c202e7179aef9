package quintet.modelserver.pipeline.speculation;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quintet.modelserver.model.TokenBatch;
import quintet.modelserver.model.Tokens;
import quintet.modelserver.pipeline.sampling.Sampler;
import quintet.modelserver.port.LanguageModel;

/**
 * Guesses what a small model of the same vocabulary would say (Leviathan et al. 2023, Chen et al. 2023). The texts go through it
 * together: a decode for each token of the longest guess, not of all. It keeps up with a text by what it has of it: tokens that were
 * guessed and refused are dropped, those that came instead are caught up on.
 */
public final class ModelDrafter implements Drafter {
    private final LanguageModel model;
    private final List<Tokens> known;
    private final TokenBatch batch;
    private final float[] logits;

    /** Over a model that is closed with it. */
    public ModelDrafter(LanguageModel model) {
        this.model = model;
        this.known = Stream.generate(Tokens::new).limit(model.sequences()).toList();
        this.batch = new TokenBatch(model.batchTokens());
        this.logits = new float[model.ref().vocabularySize()];
    }

    @Override
    public List<Tokens> draft(List<Continuation> texts) {
        List<Tokens> drafts = texts.stream().map(_ -> new Tokens()).toList();
        texts.forEach(this::dropWhatIsDifferent);
        List<Integer> active = IntStream.range(0, texts.size())
                .filter(i -> fits(texts.get(i)))
                .boxed()
                .toList();
        if (!catchUp(texts, active, drafts)) {
            return texts.stream().map(_ -> new Tokens()).toList();
        }
        active = longerThan(1, texts, active);
        for (int round = 2; !active.isEmpty(); round++) {
            if (!next(texts, active, drafts)) {
                break;
            }
            active = longerThan(round, texts, active);
        }
        return drafts;
    }

    private boolean fits(Continuation text) {
        return text.text().size() + text.length() <= model.ref().contextTokens();
    }

    private void dropWhatIsDifferent(Continuation continuation) {
        Tokens have = known.get(continuation.sequence());
        // The last token is always computed, for its logits.
        int same = have.commonPrefix(
                continuation.text(), Math.max(0, continuation.text().size() - 1));
        if (same < have.size()) {
            model.forget(continuation.sequence(), same);
            have.truncate(same);
        }
    }

    /** Computes what is missing of the texts, and the first token of each guess. */
    private boolean catchUp(List<Continuation> texts, List<Integer> active, List<Tokens> drafts) {
        batch.clear();
        for (int i : active) {
            Continuation text = texts.get(i);
            int size = text.text().size();
            for (int at = known.get(text.sequence()).size(); at < size; at++) {
                if (batch.room() == 0 && !decode(texts, drafts)) {
                    return false;
                }
                add(text.sequence(), text.text().get(at), at == size - 1);
            }
        }
        return batch.size() == 0 || decode(texts, drafts);
    }

    /** Computes the last token of each guess, and the one behind it. */
    private boolean next(List<Continuation> texts, List<Integer> active, List<Tokens> drafts) {
        batch.clear();
        for (int i : active) {
            Tokens draft = drafts.get(i);
            add(texts.get(i).sequence(), draft.get(draft.size() - 1), true);
        }
        return decode(texts, drafts);
    }

    private void add(int sequence, int token, boolean wanted) {
        Tokens have = known.get(sequence);
        batch.add(token, have.size(), sequence, wanted);
        have.add(token);
    }

    /** Returns false if there is no room; all of its memory is given up then, to begin anew. */
    private boolean decode(List<Continuation> texts, List<Tokens> drafts) {
        if (!model.decode(batch)) {
            for (int sequence = 0; sequence < known.size(); sequence++) {
                model.forget(sequence, 0);
                known.get(sequence).truncate(0);
            }
            return false;
        }
        for (int row = 0; row < batch.size(); row++) {
            if (batch.wanted(row)) {
                model.logits(row, logits);
                drafts.get(indexOf(batch.sequence(row), texts)).add(Sampler.likeliest(logits));
            }
        }
        batch.clear();
        return true;
    }

    private static int indexOf(int sequence, List<Continuation> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).sequence() == sequence) {
                return i;
            }
        }
        throw new IllegalStateException("sequence %d is not among the texts".formatted(sequence));
    }

    private static List<Integer> longerThan(int length, List<Continuation> texts, List<Integer> active) {
        return active.stream().filter(i -> texts.get(i).length() > length).toList();
    }

    @Override
    public void close() {
        model.close();
    }
}
