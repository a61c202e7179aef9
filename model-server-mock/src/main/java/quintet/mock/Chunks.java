package quintet.mock;

import io.vertx.core.json.Json;

/** OpenAI's chunks as they go over the wire. */
final class Chunks {
    private static final String HEAD =
            "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"mock\",\"choices\":[";

    static final String DONE = "data: [DONE]\n\n";

    private Chunks() {}

    static String token(String text) {
        return HEAD + "{\"index\":0,\"delta\":{\"content\":" + Json.encode(text) + "},\"finish_reason\":null}]}\n\n";
    }

    static String finish(String reason) {
        return HEAD + "{\"index\":0,\"delta\":{},\"finish_reason\":" + Json.encode(reason) + "}]}\n\n";
    }

    static String usage(int prompt, int completion) {
        return HEAD + "],\"usage\":" + usageObject(prompt, completion) + "}\n\n";
    }

    static String error(String message) {
        return "data: " + errorObject(message) + "\n\n";
    }

    static String errorObject(String message) {
        return "{\"error\":{\"message\":" + Json.encode(message) + ",\"type\":\"mock\",\"code\":500}}";
    }

    static String whole(String text, String reason, int prompt, int completion) {
        return "{\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":" + Json.encode(text) + "},\"finish_reason\":"
                + Json.encode(reason) + "}],\"usage\":" + usageObject(prompt, completion) + "}";
    }

    private static String usageObject(int prompt, int completion) {
        return "{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + ",\"total_tokens\":"
                + (prompt + completion) + "}";
    }
}
