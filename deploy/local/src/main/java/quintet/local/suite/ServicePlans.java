package quintet.local.suite;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import quintet.local.broker.BrokerAddress;
import quintet.local.database.DatabaseAddress;
import quintet.local.part.Service;
import quintet.local.process.Probe;
import quintet.local.process.ProcessPlan;

/** Turns settings into the command and the environment of each service: the only place that knows the variables. */
final class ServicePlans {
    private static final String LOOPBACK = "127.0.0.1";

    /** A model on a processor reads a prompt in tens of seconds where a GPU takes one. */
    private static final Map<String, String> PATIENCE = Map.of(
            "QUINTET_GENERATE_GATEWAY_FIRST_TOKEN_TIMEOUT", "120s",
            "QUINTET_GENERATE_GATEWAY_BETWEEN_TOKENS_TIMEOUT", "30s",
            "QUINTET_GENERATE_GENERATIVE_DEADLINE", "300s");

    private final Installation installation;
    private final DataFolder data;
    private final SuiteSettings settings;
    private final Map<Service, Integer> ports;
    private final AotMode aot;

    ServicePlans(
            Installation installation,
            DataFolder data,
            SuiteSettings settings,
            Map<Service, Integer> ports,
            AotMode aot) {
        this.installation = installation;
        this.data = data;
        this.settings = settings;
        this.ports = ports;
        this.aot = aot;
    }

    /** How to run a service, given where its broker and database are. */
    ProcessPlan plan(Service service, BrokerAddress broker, DatabaseAddress database) {
        URI ready = URI.create("http://" + LOOPBACK + ":" + ports.get(service) + "/q/health/ready");
        return new ProcessPlan(
                service.label(),
                command(service),
                environment(service, broker, database),
                data.root(),
                data.log(service.label()),
                Probe.http(ready),
                aot.startTimeout(),
                aot.stopTimeout(),
                ProcessPlan::terminate);
    }

    private List<String> command(Service service) {
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(aot.flags(service.label()));
        command.addAll(JvmOptions.lean(service.heapMiB()));
        if (service == Service.RETRIEVE) {
            // Lucene computes with SIMD only when the Vector API is there, and that needs the optimizing compiler.
            command.add("--add-modules=jdk.incubator.vector");
        } else {
            command.add(JvmOptions.QUICK_COMPILER);
        }
        command.add(Leftovers.tag(data));
        command.add("-jar");
        command.add(installation.jar(service).toString());
        return command;
    }

    private Map<String, String> environment(Service service, BrokerAddress broker, DatabaseAddress database) {
        Map<String, String> variables = new HashMap<>(JvmOptions.environment());
        variables.put("QUINTET_HTTP_HOST", LOOPBACK);
        variables.put("QUINTET_HTTP_PORT", Integer.toString(port(service)));
        for (Service callee : List.of(Service.EMBED, Service.RETRIEVE, Service.RERANK)) {
            variables.put("QUINTET_" + callee.name() + "_HOST", LOOPBACK);
            variables.put("QUINTET_" + callee.name() + "_PORT", Integer.toString(port(callee)));
        }
        variables.put("QUINTET_DATA_DIR", data.of(service).toString());
        if (service.needsBroker()) {
            variables.putAll(broker.environment());
        }
        if (service.needsDatabase()) {
            variables.putAll(database.environment());
        }
        // Answers are written there, and questions rewritten.
        if (service == Service.GENERATE || service == Service.RETRIEVE) {
            settings.modelServer().ifPresent(server -> {
                variables.put(
                        "QUINTET_MODEL_SERVER_URL",
                        server.urls().stream().map(URI::toString).collect(Collectors.joining(",")));
                variables.put("QUINTET_MODEL_SERVER_MODEL", server.model());
                server.apiKeyFile()
                        .ifPresent(file -> variables.put("QUINTET_MODEL_SERVER_API_KEY_FILE", file.toString()));
            });
        }
        if (service == Service.GENERATE && settings.embeddedModel().isPresent()) {
            variables.putAll(PATIENCE);
        }
        settings.otlp().ifPresent(endpoint -> variables.put("QUINTET_OTLP_ENDPOINT", endpoint.toString()));
        // What the launcher was started with is not meant for a suite that says nothing of keys.
        variables.put(SuiteSettings.API_KEYS, "");
        variables.putAll(settings.environment().getOrDefault(service.label(), Map.of()));
        if (!variables.getOrDefault(SuiteSettings.API_KEYS, "").isEmpty()) {
            variables.putIfAbsent(
                    "QUINTET_SERVICE_KEY_FILE", data.secrets().file("services").toString());
        }
        return variables;
    }

    private int port(Service service) {
        return ports.getOrDefault(service, service.preferredPort());
    }
}
