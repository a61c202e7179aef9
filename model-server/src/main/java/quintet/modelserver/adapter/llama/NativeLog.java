package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/** What llama.cpp says: errors and warnings go to the log, and the last errors are kept to explain a failure. */
final class NativeLog {
    private static final Logger LOG = Logger.getLogger(NativeLog.class);
    private static final int KEPT = 8;
    private static final int WARN = 3;
    private static final int ERROR = 4;
    /** Continues the line before. */
    private static final int CONT = 5;

    private final Deque<String> errors = new ArrayDeque<>();
    private int level;

    /** Returns the function to hand to {@code llama_log_set}; it lives as long as the process. */
    MemorySegment upcall(Linker linker) {
        try {
            MethodHandle handle = MethodHandles.lookup()
                    .bind(
                            this,
                            "log",
                            MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class));
            return linker.upcallStub(handle, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), Arena.global());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called by llama.cpp; must not throw, there is nobody above to catch it. */
    @SuppressWarnings("unused") // by its name
    synchronized void log(int ofLevel, MemorySegment text, MemorySegment data) {
        try {
            level = ofLevel == CONT ? level : ofLevel;
            String line = LlamaLibrary.text(text).strip();
            if (line.isEmpty()) {
                return;
            }
            if (level == ERROR) {
                errors.addLast(line);
                if (errors.size() > KEPT) {
                    errors.removeFirst();
                }
                LOG.warnf("llama.cpp: %s", line);
            } else if (level == WARN) {
                LOG.infof("llama.cpp: %s", line);
            } else {
                LOG.debugf("llama.cpp: %s", line);
            }
        } catch (RuntimeException e) {
            LOG.warn("a line of llama.cpp's log is lost", e);
        }
    }

    /** Returns the errors since the last call, oldest first. */
    synchronized List<String> takeErrors() {
        List<String> taken = new ArrayList<>(errors);
        errors.clear();
        return taken;
    }
}
