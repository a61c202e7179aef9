package quintet.local.part;

import java.util.Locale;

/** The five services, each with what it takes to run it on one machine. */
public enum Service {
    /** Documents, versions, chunks. */
    INGEST(8081, 224, true, true),
    /** Vectors of passages and queries. */
    EMBED(8082, 256, true, false),
    /** The index. */
    RETRIEVE(8083, 192, true, false),
    /** The second look. */
    RERANK(8084, 128, false, false),
    /** Answers. */
    GENERATE(8085, 128, false, false);

    private final int preferredPort;
    private final int heapMiB;
    private final boolean needsBroker;
    private final boolean needsDatabase;

    Service(int preferredPort, int heapMiB, boolean needsBroker, boolean needsDatabase) {
        this.preferredPort = preferredPort;
        this.heapMiB = heapMiB;
        this.needsBroker = needsBroker;
        this.needsDatabase = needsDatabase;
    }

    /** Its name in commands, folders and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The port it gets unless somebody else listens there. */
    public int preferredPort() {
        return preferredPort;
    }

    /** Upper bound of its Java heap. */
    public int heapMiB() {
        return heapMiB;
    }

    /** Whether it sends or receives messages. */
    public boolean needsBroker() {
        return needsBroker;
    }

    /** Whether it keeps rows. */
    public boolean needsDatabase() {
        return needsDatabase;
    }
}
