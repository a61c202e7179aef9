package quintet.modelserver.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quintet.modelserver.port.LanguageModel;

/**
 * Who has which sequence, and what of the cache is promised to whom. A completion starts when all cells it can come to need are free, so
 * that none is ever taken back in the middle. What earlier completions left is kept as long as nobody needs its cells: a prompt that
 * begins like it, as all prompts with the same instructions do, shares these cells and computes only the rest.
 */
final class Slots {
    private final LanguageModel model;
    private final List<Slot> slots;
    /** Cells for guesses, which come before they are known to be wrong. */
    private final int draftCells;

    private long clock;

    Slots(LanguageModel model, int draftCells) {
        this.model = model;
        this.draftCells = draftCells;
        this.slots = IntStream.range(0, model.sequences()).mapToObj(Slot::new).toList();
    }

    /** Most cells that a single completion may need. */
    int mostCells() {
        return Math.min(model.ref().contextTokens(), model.cells() - draftCells);
    }

    Slot of(int sequence) {
        return slots.get(sequence);
    }

    /** Slots that are taken, the longest taken first. */
    List<Slot> taken() {
        return slots.stream()
                .filter(slot -> !slot.free())
                .sorted(Comparator.comparingLong(Slot::used))
                .toList();
    }

    int running() {
        return (int) slots.stream().filter(slot -> !slot.free()).count();
    }

    /** Share of the cells that hold something, 0 to 1; shared ones count for each that shares them. */
    double usage() {
        return Math.min(1, slots.stream().mapToInt(Slot::cached).sum() / (double) model.cells());
    }

    /** Gives a completion a slot if there is one and room for all it may need; returns how many tokens of its prompt are there. */
    Optional<Slot> take(Completion completion) {
        int needed = needed(completion);
        Optional<Slot> oldest = idle().findFirst();
        if (oldest.isEmpty() || promised() + needed > model.cells()) {
            return Optional.empty();
        }
        Slot source = slots.stream()
                .max(Comparator.comparingInt((Slot slot) -> common(slot, completion))
                        .thenComparing(Slot::free))
                .orElseThrow();
        int length = common(source, completion);
        // Nothing is lost by going on where the prompt goes on from all that the slot has.
        Slot target = source.free() && length == source.cached() ? source : oldest.get();
        if (target == source) {
            cut(target, length);
        } else {
            cut(target, 0);
            if (length > 0) {
                model.share(source.sequence(), target.sequence(), length);
                target.adopt(source, length);
            }
        }
        completion.reused(length);
        target.take(completion, ++clock);
        makeRoom();
        return Optional.of(target);
    }

    /** Frees a slot; what it has cached stays for others. */
    void leave(Slot slot) {
        slot.leave(++clock);
    }

    /** Drops what the longest unused free slot has cached; false if none has anything. */
    boolean evict() {
        Optional<Slot> oldest = idle().filter(slot -> slot.cached() > 0).findFirst();
        oldest.ifPresent(slot -> cut(slot, 0));
        return oldest.isPresent();
    }

    /** Forgets everything that is cached, after a failure that leaves it unknown. */
    void clear() {
        slots.forEach(slot -> cut(slot, 0));
    }

    private Stream<Slot> idle() {
        return slots.stream().filter(Slot::free).sorted(Comparator.comparingLong(Slot::used));
    }

    private void makeRoom() {
        while (promised() + idle().mapToInt(Slot::cached).sum() > model.cells()) {
            if (!evict()) {
                return;
            }
        }
    }

    private void cut(Slot slot, int length) {
        if (slot.cached() > length || slot.text().size() > length) {
            model.forget(slot.sequence(), length);
            slot.cut(length);
        }
    }

    /** The last token of a prompt is always computed, for its logits. */
    private static int common(Slot slot, Completion completion) {
        return completion
                .prompt()
                .commonPrefix(
                        slot.text(), Math.min(slot.cached(), completion.prompt().size() - 1));
    }

    private int promised() {
        return draftCells
                + slots.stream()
                        .map(Slot::completion)
                        .filter(completion -> completion != null)
                        .mapToInt(Slots::needed)
                        .sum();
    }

    private static int needed(Completion completion) {
        return completion.prompt().size() + completion.limit();
    }
}
