package quintet.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the registry says of a document.
 *
 * @param failure reason and sentence; empty unless it failed
 */
record Registered(long version, String state, String sha256, int chunkCount, String failure) {
    static Registered of(JsonNode document) {
        JsonNode failure = document.path("failure");
        return new Registered(
                document.path("version").asLong(),
                document.path("state").asText(),
                document.path("sha256").asText(),
                document.path("chunkCount").asInt(),
                failure.isObject()
                        ? failure.path("stage").asText() + " "
                                + failure.path("reason").asText() + ": "
                                + failure.path("message").asText()
                        : "");
    }

    boolean isDeleted() {
        return state.equals("DELETED");
    }

    boolean isReady() {
        return state.equals("READY");
    }

    boolean isFailed() {
        return state.equals("FAILED");
    }
}
