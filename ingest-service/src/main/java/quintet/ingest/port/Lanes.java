package quintet.ingest.port;

import java.util.Map;
import quintet.failure.Failure;
import quintet.ingest.model.Lane;
import quintet.ingest.model.LaneLoad;

/** How busy each lane is, over all processes. Blocking. */
public interface Lanes {
    /**
     * Returns the load of every lane; fails with {@link Failure.Kind#UNAVAILABLE} if the database does not answer.
     *
     * @param countUpTo waiting events of a lane that are counted at most, so that counting stays cheap
     */
    Map<Lane, LaneLoad> load(long countUpTo);
}
