package quintet.modelserver.adapter.llama;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A function of the library. What it throws can only be a bug in how it is called. */
record NativeFunction(String name, MethodHandle handle) {
    int callInt(Object... arguments) {
        return (int) call(arguments);
    }

    boolean callBoolean(Object... arguments) {
        return (boolean) call(arguments);
    }

    MemorySegment callPointer(Object... arguments) {
        return (MemorySegment) call(arguments);
    }

    void callVoid(Object... arguments) {
        try {
            handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of " + name + " failed", e);
        }
    }

    private Object call(Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of " + name + " failed", e);
        }
    }
}
