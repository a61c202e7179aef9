package quintet.local.client;

import tools.jackson.databind.JsonNode;

/**
 * How far a document is.
 *
 * @param id its identifier
 * @param version counts from 1
 * @param state of its newest version
 * @param chunks how many it has, 0 until that is known
 * @param chunksIndexed how many of them can be found
 * @param failure why it failed; empty if it did not
 */
public record DocumentStatus(String id, long version, String state, int chunks, int chunksIndexed, String failure) {
    static DocumentStatus of(JsonNode document) {
        JsonNode failure = document.path("failure");
        String reason = failure.path("reason").asString("");
        return new DocumentStatus(
                document.path("id").asString(""),
                document.path("version").asLong(0),
                document.path("state").asString(""),
                document.path("chunkCount").asInt(0),
                document.path("chunksIndexed").asInt(0),
                reason.isEmpty() ? "" : failure.path("message").asString("") + " [" + reason + "]");
    }

    /** Tells whether it can be found. */
    public boolean isReady() {
        return state.equals("READY");
    }

    /** Tells whether nothing more will happen to it. */
    public boolean isSettled() {
        return isReady() || state.equals("FAILED") || state.equals("CANCELLED") || state.equals("DELETED");
    }
}
