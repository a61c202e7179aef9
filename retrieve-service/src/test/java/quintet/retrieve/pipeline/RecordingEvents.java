package quintet.retrieve.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.EventPublisher;

/** Remembers events as lines of text. */
final class RecordingEvents implements EventPublisher {
    final List<String> events = new CopyOnWriteArrayList<>();
    volatile boolean broken;

    private void publish(String event) {
        if (broken) {
            throw Failure.unavailable("BROKER_UNAVAILABLE", "the broker is down", null);
        }
        events.add(event);
    }

    @Override
    public void chunksStaged(DocumentPart part) {
        publish("staged %s part %d".formatted(part.ref(), part.part()));
    }

    @Override
    public void documentIndexed(VersionRef ref, DocumentHead head, ModelRef model) {
        publish("indexed %s with %d".formatted(ref, head.passageCount()));
    }

    @Override
    public void documentRemoved(VersionRef ref) {
        publish("removed " + ref);
    }

    @Override
    public void vectorsMissing(VersionRef ref, int part, int missing) {
        publish("missing %s part %d vectors %d".formatted(ref, part, missing));
    }

    @Override
    public void stageFailed(VersionRef ref, Failure why) {
        publish("failed %s %s".formatted(ref, why.reason()));
    }
}
