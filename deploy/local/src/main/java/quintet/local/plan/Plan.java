package quintet.local.plan;

import java.util.List;
import quintet.local.plan.model.Quantization;

/**
 * What came of a request.
 *
 * @param best the layout to take
 * @param carries whether all sequences of the load run at the same time
 * @param others further layouts, best first, for comparison
 * @param arguments of each server
 * @param notes what a reader must know, a sentence each
 */
public record Plan(
        PlanRequest request,
        Quantization quantization,
        Drafter drafter,
        Candidate best,
        boolean carries,
        List<Candidate> others,
        ServerArguments arguments,
        List<String> notes) {
    public Plan {
        others = List.copyOf(others);
        notes = List.copyOf(notes);
    }
}
