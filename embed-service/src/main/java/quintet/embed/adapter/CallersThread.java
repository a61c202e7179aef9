package quintet.embed.adapter;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The way back: results arrive on a thread of the model, what follows belongs on the thread of the request. */
public final class CallersThread {
    private CallersThread() {}

    /** Returns what runs tasks on the Vert.x context of the thread that calls this; where it runs them if there is none. */
    public static Executor executor() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
    }
}
