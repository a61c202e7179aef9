package quintet.local.door;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The door's own errors, in the shape of those of the services: RFC 9457 with a stable reason.
 *
 * @param status HTTP status
 * @param title the status in words
 * @param reason stable, UPPER_SNAKE_CASE
 * @param detail a sentence that a person can act on
 */
record DoorProblem(int status, String title, String reason, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static DoorProblem badRequest(String reason, String detail) {
        return new DoorProblem(400, "Bad Request", reason, detail);
    }

    static DoorProblem forbidden(String reason, String detail) {
        return new DoorProblem(403, "Forbidden", reason, detail);
    }

    static DoorProblem notFound(String detail) {
        return new DoorProblem(404, "Not Found", "NOT_FOUND", detail);
    }

    static DoorProblem overloaded(String detail) {
        return new DoorProblem(429, "Too Many Requests", "OVERLOADED", detail);
    }

    static DoorProblem badGateway(String detail) {
        return new DoorProblem(502, "Bad Gateway", "SERVICE_FAILED", detail);
    }

    static DoorProblem unavailable(String detail) {
        return new DoorProblem(503, "Service Unavailable", "SERVICE_UNAVAILABLE", detail);
    }

    static DoorProblem timeout(String detail) {
        return new DoorProblem(504, "Gateway Timeout", "SERVICE_TIMEOUT", detail);
    }

    /** Tells whether the same request may succeed in a moment. */
    boolean isTransient() {
        return status == 429 || status == 503;
    }

    String json() {
        return JsonMapper.shared()
                .writeValueAsString(new TreeMap<>(Map.of(
                        "type", "about:blank", "title", title, "status", status, "reason", reason, "detail", detail)));
    }
}
