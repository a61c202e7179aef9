package quintet.local.door;

import quintet.local.part.Service;

/** Where a request goes. */
public sealed interface Route {
    /** To a service. */
    record To(Service service) implements Route {}

    /** Nowhere: the path is for those who run the services, not for their callers. */
    record Hidden() implements Route {}

    /**
     * Nowhere: two readers of the path could understand two things.
     *
     * @param problem what is wrong with it
     */
    record Ambiguous(String problem) implements Route {}
}
