package quintet.generate.model;

import java.util.Locale;

/** Whether somebody waits for an answer. The order is that of service. */
public enum Priority {
    /** A person waits: served first, and answered from the passages alone rather than refused. */
    INTERACTIVE,
    /** Nobody waits: served when nobody else is, and refused rather than answered worse. */
    BATCH;

    /** Returns the name on the wire, such as {@code interactive}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
