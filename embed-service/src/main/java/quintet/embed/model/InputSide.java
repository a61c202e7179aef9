package quintet.embed.model;

/** Which side of a search a text is on: asymmetric models encode them differently. */
public enum InputSide {
    /** A question or keywords; gets the model's query instruction. */
    QUERY,
    /** A text to be found. */
    PASSAGE
}
