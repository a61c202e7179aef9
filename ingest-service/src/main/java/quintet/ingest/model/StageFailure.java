package quintet.ingest.model;

/**
 * Why a document version failed.
 *
 * @param stage stage that gave up
 * @param reason stable reason in UPPER_SNAKE_CASE
 * @param message a sentence that a person can act on
 */
public record StageFailure(Stage stage, String reason, String message) {}
