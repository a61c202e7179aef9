package quintet.local.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The two calls of the C library that Java has no name for. */
public final class Posix {
    private static final int SIGINT = 2;

    private Posix() {}

    /** Leaves the terminal: Ctrl-C and its closing no longer reach this process or its children. */
    public static void leaveTerminal() {
        call("setsid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    /** Sends SIGINT, which PostgreSQL takes as: disconnect everybody and stop. */
    public static void interrupt(long pid) {
        call(
                "kill",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                (int) pid,
                SIGINT);
    }

    private static void call(String function, FunctionDescriptor descriptor, Object... arguments) {
        Linker linker = Linker.nativeLinker();
        MethodHandle handle = linker.downcallHandle(linker.defaultLookup().findOrThrow(function), descriptor);
        try {
            // -1, such as for a process that is gone or a session that is led already, needs no answer.
            handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(function + " cannot be called", e);
        }
    }
}
