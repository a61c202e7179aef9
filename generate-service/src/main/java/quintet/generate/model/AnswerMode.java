package quintet.generate.model;

/** How an answer came about. */
public enum AnswerMode {
    /** Put together from sentences of the passages. */
    EXTRACTIVE,
    /** Written by a language model. */
    GENERATIVE
}
