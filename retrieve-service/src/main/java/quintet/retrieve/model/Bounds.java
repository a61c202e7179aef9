package quintet.retrieve.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks the parameters of an {@link IndexKind} with sentences that name value and bound. */
final class Bounds {
    private Bounds() {}

    static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %d, must be %d to %d".formatted(name, value, least, most));
        }
    }

    static void check(String name, int value, List<Integer> allowed) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException("%s is %d, must be one of %s"
                    .formatted(
                            name, value, allowed.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
    }

    /** Returns a map of names and values in turn that keeps their order. */
    static Map<String, Integer> ordered(Object... namesAndValues) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], (Integer) namesAndValues[i + 1]);
        }
        return map;
    }
}
