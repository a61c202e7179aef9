package quintet.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The suite as {@code up} starts it on a bare machine, with everything that needs no other. */
class EmbeddedBrokerIT implements SuiteScenarios {
    @TempDir
    static Path data;

    private static OtlpReceiver traces;
    private static Suite suite;

    @BeforeAll
    static void start() {
        System.out.println("end to end on the embedded broker: runs");
        traces = new OtlpReceiver();
        suite = new Suite(data, "--otlp", traces.endpoint()).up();
    }

    @AfterAll
    static void stop() {
        suite.close();
        traces.close();
    }

    @Override
    public Suite suite() {
        return suite;
    }

    @Override
    public OtlpReceiver traces() {
        return traces;
    }

    /** Requests that must be refused, each with its reason. */
    @Nested
    class BadInput implements BadInputScenarios {
        @Override
        public Suite suite() {
            return suite;
        }
    }

    /** Collections that leave as a file and come back. */
    @Nested
    class Bundles implements BundleScenarios {
        @Override
        public Suite suite() {
            return suite;
        }
    }

    /** Collections that are built anew beside themselves. */
    @Nested
    class Reindexing implements ReindexScenarios {
        @Override
        public Suite suite() {
            return suite;
        }
    }

    /** The page in a browser. */
    @Nested
    class Page implements PageScenarios {
        @Override
        public Suite suite() {
            return suite;
        }
    }
}
