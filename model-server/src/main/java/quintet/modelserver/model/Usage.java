package quintet.modelserver.model;

/**
 * What a completion took, in tokens.
 *
 * @param promptTokens of the prompt
 * @param cachedTokens of the prompt that were computed before, for another request
 * @param completionTokens of the completion, with the one that ended it
 * @param draftedTokens guessed ahead
 * @param acceptedTokens guessed ahead and right
 */
public record Usage(int promptTokens, int cachedTokens, int completionTokens, int draftedTokens, int acceptedTokens) {}
