package quintet.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import quintet.bench.suite.SuiteException;

/** Programs of the operating system, which say nothing unless they fail. */
final class SystemCommand {
    private SystemCommand() {}

    /** Sends a signal, such as KILL, STOP or CONT. */
    static void signal(String name, long pid) {
        if (pid <= 1) {
            throw new SuiteException("there is no process " + pid + " to send " + name + " to");
        }
        run("kill", "-" + name, Long.toString(pid));
    }

    /** Runs a program to its end. */
    static void run(String... words) {
        String what = String.join(" ", words);
        try {
            Process process =
                    new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new SuiteException(what + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new SuiteException(what + " can not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SuiteException(what + " was interrupted", e);
        }
    }
}
