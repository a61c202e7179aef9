package quintet.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The suite on a RabbitMQ that somebody else runs, when one answers on localhost. */
class RabbitMqIT implements SuiteScenarios {
    @TempDir
    static Path data;

    private static OtlpReceiver traces;
    private static Suite suite;

    @BeforeAll
    static void start() {
        boolean there = answers(5672);
        System.out.println("end to end on RabbitMQ at localhost:5672: " + (there ? "runs" : "skipped, none answers"));
        assumeTrue(there, "no RabbitMQ answers on localhost:5672");
        traces = new OtlpReceiver();
        suite = new Suite(data, "--otlp", traces.endpoint(), "--rabbitmq", "amqp://guest:guest@127.0.0.1:5672").up();
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
            traces.close();
        }
    }

    @Override
    public Suite suite() {
        return suite;
    }

    @Override
    public OtlpReceiver traces() {
        return traces;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
