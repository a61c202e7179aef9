package quintet.local.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quintet.local.broker.BrokerAddress;
import quintet.local.broker.BrokerProbe;
import quintet.local.broker.BrokerServer;
import quintet.local.process.ProcessPlan;

/**
 * How the embedded broker runs: in a process of its own, since one that lost its database, as on a full disk, or a thread that
 * serves connections gets them back only by a new start.
 */
final class BrokerPlan {
    /** Name of the part. */
    static final String NAME = "broker";

    private BrokerPlan() {}

    static ProcessPlan of(Installation installation, DataFolder data, AotMode aot, BrokerAddress address) {
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(aot.flags(NAME));
        command.addAll(JvmOptions.broker());
        command.add(Leftovers.tag(data));
        command.addAll(List.of(
                "-jar",
                installation.launcherJar().toString(),
                "broker",
                "--folder",
                data.broker().toString(),
                "--port",
                Integer.toString(address.port())));
        Map<String, String> environment = new HashMap<>(JvmOptions.environment());
        environment.put(BrokerServer.PASSWORD_VARIABLE, address.password());
        return new ProcessPlan(
                NAME,
                command,
                environment,
                data.root(),
                data.log(NAME),
                new BrokerProbe(address),
                aot.startTimeout(),
                aot.stopTimeout(),
                ProcessPlan::terminate);
    }
}
