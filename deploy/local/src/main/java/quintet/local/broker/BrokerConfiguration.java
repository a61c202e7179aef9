package quintet.local.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Broker-J's configuration, made anew at each start; queues, bindings and messages are in the virtual host's own store. */
final class BrokerConfiguration {
    private static final String MODEL_VERSION = "9.1";
    private static final long MAX_MESSAGE_BYTES = 16L << 20;
    private static final long FREE_DISK_BYTES = 64L << 20;

    private BrokerConfiguration() {}

    static String json(Path folder, int port, String user, String password) {
        Map<String, Object> broker = Map.of(
                "name", "quintet",
                "modelVersion", MODEL_VERSION,
                "context", context(),
                "authenticationproviders",
                        List.of(Map.of(
                                "name",
                                "passwords",
                                "type",
                                "Plain",
                                // The port is a loopback one: passwords may travel in the clear.
                                "secureOnlyMechanisms",
                                List.of(),
                                "users",
                                List.of(Map.of("name", user, "type", "managed", "password", password)))),
                "ports",
                        List.of(Map.of(
                                "name", "amqp",
                                "type", "AMQP",
                                "port", port,
                                "bindingAddress", "127.0.0.1",
                                "protocols", List.of("AMQP_0_9_1"),
                                "authenticationProvider", "passwords",
                                "virtualhostaliases",
                                        List.of(
                                                Map.of("name", "defaultAlias", "type", "defaultAlias"),
                                                Map.of("name", "nameAlias", "type", "nameAlias")))),
                "virtualhostnodes",
                        List.of(Map.of(
                                "name",
                                "quintet",
                                "type",
                                "JSON",
                                "storePath",
                                folder.resolve("queues").toString(),
                                "defaultVirtualHostNode",
                                true,
                                "virtualHostInitialConfiguration",
                                JsonMapper.shared().writeValueAsString(virtualHost(folder)))));
        return JsonMapper.shared().writeValueAsString(broker);
    }

    private static Map<String, Object> context() {
        return Map.ofEntries(
                // RabbitMQ's x- arguments are sent to every broker; the default refuses what it doesn't know.
                Map.entry("queue.behaviourOnUnknownDeclareArgument", "LOG"),
                Map.entry("exchange.behaviourOnUnknownDeclareArgument", "LOG"),
                Map.entry("broker.failStartupWithErroredChild", "true"),
                Map.entry("broker.failStartupWithErroredChildScope", "ALL"),
                Map.entry("qpid.max_message_size", Long.toString(MAX_MESSAGE_BYTES)),
                // What waits in a retry queue goes back when this looks at it; the default is every 30 s.
                Map.entry("virtualhost.housekeepingCheckPeriod", "1000"),
                // Berkeley DB takes no message while less than this is free: five gigabytes unless told otherwise.
                Map.entry("je.freeDisk", Long.toString(FREE_DISK_BYTES)),
                // The broker's own check stops its publishers for as long as more than 90 % of a disk is used, be there
                // 100 GB left: Berkeley DB's is the one that counts.
                Map.entry("store.filesystem.maxUsagePercent", "100"),
                // One machine, a handful of connections: small buffers and pools.
                Map.entry("qpid.broker.networkBufferSize", "65536"),
                Map.entry("virtualhost.connectionThreadPool.size", "8"),
                Map.entry("virtualhost.connectionThreadPool.numberOfSelectors", "2"),
                Map.entry("qpid.port.amqp.threadPool.size", "4"),
                Map.entry("qpid.port.amqp.threadPool.numberOfSelectors", "1"));
    }

    private static Map<String, Object> virtualHost(Path folder) {
        return Map.of(
                "name",
                "quintet",
                "type",
                "BDB",
                "modelVersion",
                MODEL_VERSION,
                "storePath",
                folder.resolve("messages").toString(),
                // A dead-letter queue is there before the queue that names it.
                "nodeAutoCreationPolicies",
                List.of(Map.of(
                        "pattern",
                        ".*\\.dlq",
                        "nodeType",
                        "Queue",
                        "createdOnPublish",
                        true,
                        "createdOnConsume",
                        false,
                        "attributes",
                        Map.of())));
    }
}
