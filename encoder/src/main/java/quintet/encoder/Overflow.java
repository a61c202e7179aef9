package quintet.encoder;

/** What becomes of a text that does not fit the model's window. */
public enum Overflow {
    /** It is refused with {@link TextTooLongException}. */
    REFUSE,
    /** Its end is cut off, which the sequence says. */
    CUT
}
