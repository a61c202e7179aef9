package quintet.local.suite;

/** Another launcher has the data folder. */
public final class AlreadyRunningException extends Exception {
    private static final long serialVersionUID = 1L;

    AlreadyRunningException(DataFolder data) {
        super("Quintet is running already with the data folder " + data.root());
    }
}
