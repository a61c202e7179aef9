package quintet.embed.adapter.openai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import quintet.embed.model.UnitVector;
import quintet.encoder.model.ModelException;
import quintet.encoder.work.Priority;
import quintet.failure.Failure;

/**
 * Asks the server until it answers, a bounded number of times: after a time that doubles, less a random part of up to half of it, or after the
 * pause that the server asked for, which holds for all that go there.
 */
final class Repeater {
    private static final Duration MOST_BACKOFF = Duration.ofSeconds(10);

    private final EmbeddingServer server;
    private final Lane lane;
    private final int retries;
    private final Duration backoff;

    /** What became of a text. */
    sealed interface Outcome {
        /** It has a vector. */
        record Made(UnitVector vector) implements Outcome {}

        /** It has none. */
        record Failed(Failure why) implements Outcome {}
    }

    Repeater(EmbeddingServer server, RemoteConfig config) {
        this.server = server;
        this.lane = new Lane(config.maxPause());
        this.retries = config.retries();
        this.backoff = config.backoff();
    }

    /** Returns an outcome for each text. When the server refuses one of several, each goes alone, so that only that one fails. */
    List<Outcome> embed(List<String> texts, Priority priority) {
        List<Outcome> outcomes = new ArrayList<>(texts.size());
        try {
            ask(texts, priority).forEach(vector -> outcomes.add(new Outcome.Made(vector)));
        } catch (TextRefusedException e) {
            if (texts.size() > 1) {
                texts.forEach(text -> outcomes.addAll(embed(List.of(text), priority)));
            } else {
                outcomes.add(
                        new Outcome.Failed(Failure.invalidInput("TEXT_REFUSED", "%s", String.valueOf(e.getMessage()))));
            }
        } catch (ModelException e) {
            Failure mismatch = Failure.unavailable("MODEL_MISMATCH", String.valueOf(e.getMessage()), e);
            texts.forEach(_ -> outcomes.add(new Outcome.Failed(mismatch)));
        } catch (Failure e) {
            texts.forEach(_ -> outcomes.add(new Outcome.Failed(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Failure stopping = Failure.unavailable("SHUTTING_DOWN", "the service is shutting down", e);
            texts.forEach(_ -> outcomes.add(new Outcome.Failed(stopping)));
        }
        return outcomes;
    }

    private List<UnitVector> ask(List<String> texts, Priority priority)
            throws TextRefusedException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            Lane.Pass pass = lane.enter(priority);
            try {
                return server.embed(texts);
            } catch (TryAgainException e) {
                Duration wait = e.after().orElse(backoff(attempt));
                if (e.overloaded() || e.after().isPresent()) {
                    lane.pause(wait);
                }
                if (attempt == retries) {
                    throw e.overloaded()
                            ? Failure.overloaded("OVERLOADED", "the embedding server refused for load (429)", wait)
                            : EmbeddingServer.unavailable("%s, %d times".formatted(e.getMessage(), attempt + 1));
                }
                if (!e.overloaded() && e.after().isEmpty()) {
                    Thread.sleep(wait);
                }
            } finally {
                pass.close();
            }
        }
    }

    private Duration backoff(int attempt) {
        long most = Math.min(backoff.toNanos() << attempt, MOST_BACKOFF.toNanos());
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
