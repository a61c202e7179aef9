package quintet.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.local.part.PartStatus;
import quintet.local.part.StatusBoard;
import quintet.local.process.Ledger;
import quintet.local.process.Ports;
import quintet.local.process.ProcessPlan;
import quintet.local.process.SupervisedProcess;

/** What a disk does to the broker that has little or no room left. */
class FullDiskIT {
    private static final String QUEUE = "kept";
    private static final String PASSWORD = "a secret";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    private final int port = new Ports().any();
    private SupervisedProcess broker;

    @AfterEach
    void stop() throws Exception {
        if (broker != null) {
            broker.stop();
            run("umount", "-l", folder.toString());
        }
    }

    /** A full disk closes Berkeley DB for good: only a new process has it again. */
    @Test
    void comesBackWithEverythingItConfirmed() throws Exception {
        startOnVolumeOf(192);
        int confirmed = 0;
        while (confirmed < 3) {
            confirmed += publish() ? 1 : 0;
        }
        Path filler = folder.resolve("filler");
        fill(filler, Long.MAX_VALUE);
        while (publish()) {
            confirmed++;
            fill(filler, Long.MAX_VALUE);
        }
        Files.delete(filler);

        await().atMost(PATIENCE).until(this::publish);
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            assertThat(channel.messageCount(QUEUE)).isGreaterThan(confirmed);
        }
    }

    /** Broker-J itself would block its publishers, within a second, on a disk that is used to more than 90 %. */
    @Test
    void goesOnWhileLittleIsLeftButEnough() throws Exception {
        startOnVolumeOf(1024);
        fill(folder.resolve("filler"), 935L << 20);

        await().atMost(PATIENCE).during(Duration.ofSeconds(3)).until(this::publish);
    }

    private void startOnVolumeOf(int megabytes) throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        Assumptions.assumeTrue(mounted, "no volume of limited size can be mounted here");
        StatusBoard board = new StatusBoard();
        board.add(PartStatus.waiting("broker", port));
        broker = new SupervisedProcess(plan(), new Ledger(logs.resolve("ledger")), board);
        broker.start();
    }

    private ProcessPlan plan() {
        return new ProcessPlan(
                "broker",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "quintet.local.cli.Main",
                        "broker",
                        "--folder=" + folder.resolve("broker"),
                        "--port=" + port),
                Map.of("QUINTET_BROKER_PASSWORD", PASSWORD),
                logs,
                logs.resolve("broker.log"),
                new BrokerProbe(BrokerServer.address(port, PASSWORD)),
                Duration.ofMinutes(1),
                Duration.ofSeconds(40),
                ProcessPlan::terminate);
    }

    private boolean publish() throws InterruptedException {
        Connection connection = null;
        try {
            connection = connect();
            Channel channel = connection.createChannel();
            channel.queueDeclare(QUEUE, true, false, false, null);
            channel.confirmSelect();
            channel.basicPublish("", QUEUE, MessageProperties.MINIMAL_PERSISTENT_BASIC, new byte[100_000]);
            return channel.waitForConfirms(2_000);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            return false;
        } finally {
            if (connection != null) {
                connection.abort(1_000);
            }
        }
    }

    private Connection connect() throws IOException, TimeoutException {
        return BrokerServer.address(port, PASSWORD)
                .connectionFactory(Duration.ofSeconds(2))
                .newConnection();
    }

    private static void fill(Path filler, long bytes) {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
        } catch (IOException full) {
            // As it should be.
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
