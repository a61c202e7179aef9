package quintet.embed.model;

/** Whether somebody waits for the vectors. */
public enum Urgency {
    /** Overtakes everything that is not. */
    INTERACTIVE,
    /** Runs when nothing interactive waits. */
    BULK
}
