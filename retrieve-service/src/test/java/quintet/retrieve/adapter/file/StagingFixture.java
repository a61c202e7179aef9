package quintet.retrieve.adapter.file;

import java.nio.file.Path;
import quintet.retrieve.port.PartStaging;

/** The staging of the service, without its container. */
public final class StagingFixture {
    private StagingFixture() {}

    public static PartStaging in(Path folder) {
        return new FilePartStaging(() -> folder);
    }
}
