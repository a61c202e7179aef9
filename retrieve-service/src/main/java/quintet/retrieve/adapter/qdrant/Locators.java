package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the points that a view finds, the same point always by the same number. */
final class Locators {
    private final List<PointId> points = new ArrayList<>();
    private final Map<PointId, Integer> numbers = new HashMap<>();

    synchronized int of(PointId point) {
        return numbers.computeIfAbsent(point, added -> {
            points.add(added);
            return points.size() - 1;
        });
    }

    synchronized PointId at(int locator) {
        return points.get(locator);
    }
}
