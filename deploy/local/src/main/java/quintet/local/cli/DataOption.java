package quintet.local.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quintet.local.suite.DataFolder;
import quintet.local.suite.Installation;

/** The option that every command has which concerns a suite. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:QUINTET_DATA}",
            description = "Folder with everything this Quintet keeps. Default: .quintet beside the script,"
                    + " or $QUINTET_DATA.")
    private @Nullable Path data;

    DataFolder folder() {
        return new DataFolder(data == null ? Installation.find().home().resolve(".quintet") : data);
    }

    /** How a command that concerns the same folder has to be called. */
    String command(String name) {
        return "./quintet " + name + (data == null ? "" : " --data " + data);
    }
}
