package quintet.local.part;

/** Something that the launcher starts, watches and stops. */
public interface Part {
    /** Short and unique, such as {@code ingest}. */
    String name();

    /**
     * Starts it and waits until it is ready.
     *
     * @throws PartFailedException if it can't be brought up; nothing of it is left running then
     * @throws InterruptedException if the launcher is stopped meanwhile; {@link #stop} cleans up
     */
    void start() throws PartFailedException, InterruptedException;

    /** Stops it: politely, then by force. Returns when it is gone; does nothing if it never ran. */
    void stop();
}
