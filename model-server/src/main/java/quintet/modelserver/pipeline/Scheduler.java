package quintet.modelserver.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.modelserver.model.TokenBatch;
import quintet.modelserver.model.Tokens;
import quintet.modelserver.pipeline.speculation.Continuation;
import quintet.modelserver.pipeline.speculation.Drafter;
import quintet.modelserver.port.LanguageModel;

/**
 * Continuous batching (Yu et al. 2022, Orca): every {@link #step} is one decode for all completions that run. First each that is being
 * written gets its last token and what is guessed to follow; what room is left goes to prompts that are being read, in pieces (chunked
 * prefill, Agrawal et al. 2023), the oldest first. A completion joins at any step and leaves as soon as it ends.
 *
 * <p>Belongs to the thread of the model.
 */
final class Scheduler {
    private final LanguageModel model;
    private final Drafter drafter;
    private final int draftBudget;
    private final int prefillTokens;
    private final ServerMetrics metrics;
    private final Slots slots;
    private final Deque<Completion> waiting = new ArrayDeque<>();
    private final TokenBatch batch;
    private final float[] logits;

    /**
     * Over a model that is somebody else's to close.
     *
     * @param draftBudget guessed tokens of all completions in a step
     * @param prefillTokens of prompts in a step while completions are being written; bounds how long these wait
     */
    Scheduler(LanguageModel model, Drafter drafter, int draftBudget, int prefillTokens, ServerMetrics metrics) {
        this.model = model;
        this.drafter = drafter;
        this.draftBudget = Math.min(draftBudget, Math.max(0, model.batchTokens() - model.sequences()));
        this.prefillTokens = prefillTokens;
        this.metrics = metrics;
        this.slots = new Slots(model, this.draftBudget);
        this.batch = new TokenBatch(model.batchTokens());
        this.logits = new float[model.ref().vocabularySize()];
    }

    /** Most tokens of a prompt with its completion. */
    int mostTokens() {
        return slots.mostCells();
    }

    /** Lets a completion wait for its turn. Its prompt and limit together are at most {@link #mostTokens}. */
    void submit(Completion completion) {
        waiting.add(completion);
        tellLoad();
    }

    /** Tells whether there is nothing to do. */
    boolean idle() {
        return waiting.isEmpty() && slots.running() == 0;
    }

    /** Does one step of everything that runs; returns at once if there is nothing. */
    void step() {
        dropCancelled();
        admit();
        List<Slot> taken = slots.taken();
        if (!taken.isEmpty()) {
            plan(taken);
            decode();
            settle(taken);
        }
        tellLoad();
    }

    /** Ends everything badly and forgets what is cached. */
    void failAll(Failure failure) {
        for (Slot slot : slots.taken()) {
            completion(slot).fail(failure);
            slots.leave(slot);
        }
        waiting.forEach(completion -> completion.fail(failure));
        waiting.clear();
        slots.clear();
        tellLoad();
    }

    private void dropCancelled() {
        waiting.removeIf(Completion::cancelled);
        for (Slot slot : slots.taken()) {
            if (completion(slot).cancelled()) {
                slots.leave(slot);
                metrics.cancelled();
            }
        }
    }

    /** In the order of arrival: who needs much is not overtaken for ever by those who need little. */
    private void admit() {
        while (!waiting.isEmpty()) {
            Completion next = waiting.element();
            Optional<Slot> slot = slots.take(next);
            if (slot.isEmpty()) {
                return;
            }
            waiting.remove();
            metrics.started(next, slot.get().cached());
        }
    }

    private void plan(List<Slot> taken) {
        batch.clear();
        List<Slot> writing =
                taken.stream().filter(slot -> completion(slot).produced() > 0).toList();
        guess(writing);
        for (Slot slot : writing) {
            Tokens draft = completion(slot).draft();
            int base = slot.cached();
            batch.add(slot.text().get(base), base, slot.sequence(), true);
            for (int i = 0; i < draft.size(); i++) {
                batch.add(draft.get(i), base + 1 + i, slot.sequence(), true);
            }
        }
        int room = writing.isEmpty() ? batch.room() : Math.min(batch.room(), prefillTokens);
        for (Slot slot : taken) {
            if (completion(slot).produced() == 0) {
                completion(slot).begin(new Tokens());
                room -= read(slot, room);
            }
        }
    }

    private void guess(List<Slot> writing) {
        int each = writing.isEmpty() ? 0 : draftBudget / writing.size();
        List<Slot> guessing = new ArrayList<>();
        List<Continuation> texts = new ArrayList<>();
        for (Slot slot : writing) {
            completion(slot).begin(new Tokens());
            int length = Math.min(each, completion(slot).wantedDraft());
            if (length > 0) {
                guessing.add(slot);
                texts.add(new Continuation(slot.sequence(), slot.text(), length));
            }
        }
        if (!texts.isEmpty()) {
            List<Tokens> drafts = drafter.draft(texts);
            for (int i = 0; i < drafts.size(); i++) {
                completion(guessing.get(i)).begin(drafts.get(i));
            }
        }
    }

    /** Adds the next piece of a prompt; returns its length. */
    private int read(Slot slot, int room) {
        int length = Math.min(slot.pending(), room);
        for (int i = 0; i < length; i++) {
            int position = slot.cached() + i;
            batch.add(
                    slot.text().get(position),
                    position,
                    slot.sequence(),
                    position == slot.text().size() - 1);
        }
        return length;
    }

    /** In one piece as long as the cache has room for it side by side. */
    private void decode() {
        int size = batch.size();
        int piece = size;
        int from = 0;
        while (from < size) {
            int to = Math.min(size, from + piece);
            if (model.decode(to - from == size ? batch : batch.slice(from, to))) {
                metrics.decoded(to - from);
                draw(from, to);
                from = to;
            } else if (!slots.evict()) {
                if (piece == 1) {
                    throw new IllegalStateException("the cache has no room for what was promised");
                }
                piece = Math.max(1, (to - from) / 2);
            }
        }
    }

    private void draw(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!batch.wanted(i)) {
                continue;
            }
            Slot slot = slots.of(batch.sequence(i));
            Completion completion = completion(slot);
            if (!completion.settled()) {
                model.logits(i - from, logits);
                int token = completion.sample(logits);
                slot.text().add(token);
                completion.take(token, model.piece(token), model.ends(token));
            }
        }
    }

    private void settle(List<Slot> taken) {
        int[] fed = new int[model.sequences()];
        for (int i = 0; i < batch.size(); i++) {
            fed[batch.sequence(i)]++;
        }
        for (Slot slot : taken) {
            if (fed[slot.sequence()] > 0) {
                settle(slot, fed[slot.sequence()]);
            }
        }
    }

    private void settle(Slot slot, int fed) {
        Completion completion = completion(slot);
        int refused = completion.draft().size() - completion.accepted();
        int cached = slot.cached() + fed - refused;
        if (refused > 0) {
            model.forget(slot.sequence(), cached);
        }
        slot.cached(cached);
        metrics.produced(completion, completion.settle());
        if (completion.ended()) {
            slots.leave(slot);
            metrics.finished(completion);
        }
    }

    private void tellLoad() {
        metrics.load(slots.running(), waiting.size(), slots.usage());
    }

    private static Completion completion(Slot slot) {
        Completion completion = slot.completion();
        if (completion == null) {
            throw new IllegalStateException("slot %d is free".formatted(slot.sequence()));
        }
        return completion;
    }
}
