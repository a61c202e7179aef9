package quintet.modelserver.model;

/**
 * A model as its file describes it.
 *
 * @param name what requests and answers call it
 * @param description architecture, size and kind of numbers, for people
 * @param contextTokens most tokens of a prompt with its completion
 * @param vocabularySize number of tokens
 */
public record ModelRef(String name, String description, int contextTokens, int vocabularySize) {}
