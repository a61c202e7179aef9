package quintet.local.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import quintet.local.part.PartStatus;
import quintet.local.process.PrivateFiles;
import quintet.local.process.ProcessIdentity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a launcher says about itself, in a file that is replaced at every change.
 *
 * @param launcher its process
 * @param url address of the front door
 * @param phase where it is
 * @param message why it failed; empty otherwise
 * @param parts its parts in the order in which people see them
 */
public record SuiteStatus(ProcessIdentity launcher, URI url, Phase phase, String message, List<PartStatus> parts) {
    /** Where a launcher is. */
    public enum Phase {
        /** On its way. */
        STARTING,
        /** Every part has been ready; one that dies comes back by itself. */
        READY,
        /** On its way out. */
        STOPPING,
        /** It could not be started. */
        FAILED
    }

    /** What the launcher of a data folder said last, be it alive or not. */
    public static Optional<SuiteStatus> read(DataFolder data) {
        try {
            return Optional.of(JsonMapper.shared().readValue(Files.readString(data.statusFile()), SuiteStatus.class));
        } catch (IOException | JacksonException _) {
            return Optional.empty();
        }
    }

    /** What the launcher of a data folder says, if it is alive. */
    public static Optional<SuiteStatus> ofRunning(DataFolder data) {
        return read(data).filter(status -> status.launcher().find().isPresent());
    }

    void write(DataFolder data) {
        PrivateFiles.replace(data.statusFile(), JsonMapper.shared().writeValueAsString(this));
    }
}
