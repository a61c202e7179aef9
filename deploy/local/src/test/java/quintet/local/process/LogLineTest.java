package quintet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void saysWhatAnExceptionCameFromInTheEnd() {
        String line = """
                {"timestamp":"2026-01-02T03:04:05Z","level":"ERROR","loggerName":"a.b.Application",\
                "message":"Failed to start application","exception":{"exceptionType":"X","message":"Failed to start",\
                "causedBy":{"exception":{"exceptionType":"Y","message":"no model","causedBy":{"exception":\
                {"exceptionType":"java.nio.file.AccessDeniedException","message":"/tmp/x"}}}}}}""";
        assertThat(LogLine.forPeople(line))
                .contains("ERROR Application Failed to start application")
                .endsWith("Failed to start%n  from java.nio.file.AccessDeniedException: /tmp/x".formatted());
    }

    @Test
    void leavesOtherLinesAsTheyAre() {
        assertThat(LogLine.forPeople("Error: no such file")).isEqualTo("Error: no such file");
        assertThat(LogLine.forPeople("{half")).isEqualTo("{half");
    }
}
