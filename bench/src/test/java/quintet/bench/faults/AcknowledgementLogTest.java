package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.bench.faults.Operation.Outcome;

class AcknowledgementLogTest {
    @TempDir
    Path folder;

    @Test
    void readsBackWhatBecameOfEachRequest() {
        Path file = folder.resolve("log");
        Subject one = new Subject("a", 1);
        Subject two = new Subject("b", 2);
        Operation put = Operation.put(1, 1, "sha");
        try (AcknowledgementLog log = new AcknowledgementLog(file)) {
            log.append(one, put);
            log.append(two, put);
            log.append(one, put.settled(Outcome.ACKNOWLEDGED, 5));
            log.append(one, Operation.delete(2));
        }

        Map<Subject, History> histories = AcknowledgementLog.read(file);

        assertThat(histories).containsOnlyKeys(one, two);
        assertThat(histories.get(one).operations())
                .containsExactly(put.settled(Outcome.ACKNOWLEDGED, 5), Operation.delete(2));
        assertThat(histories.get(two).operations()).as("sent, never answered").containsExactly(put);
    }
}
