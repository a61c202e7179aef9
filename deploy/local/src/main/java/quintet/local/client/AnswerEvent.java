package quintet.local.client;

import tools.jackson.databind.JsonNode;

/**
 * One event of an answer.
 *
 * @param name {@code sources}, {@code token}, {@code citation}, {@code done} or {@code failed}
 * @param data its JSON
 */
public record AnswerEvent(String name, JsonNode data) {}
