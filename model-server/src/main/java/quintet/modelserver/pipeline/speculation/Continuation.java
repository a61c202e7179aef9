package quintet.modelserver.pipeline.speculation;

import quintet.modelserver.model.Tokens;

/**
 * A text whose next tokens are to be guessed.
 *
 * @param sequence its number, the same for as long as it grows
 * @param text all of it; read at once and not kept
 * @param length most tokens to guess, at least 1
 */
public record Continuation(int sequence, Tokens text, int length) {}
