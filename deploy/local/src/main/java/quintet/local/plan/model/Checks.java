package quintet.local.plan.model;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import quintet.failure.Failure;

/** Preconditions of the planner's types. */
public final class Checks {
    private Checks() {}

    /** Fails with {@code PLAN_INVALID} unless {@code holds}; the message names the value and the bound. */
    @FormatMethod
    public static void require(boolean holds, @FormatString String message, Object... arguments) {
        if (!holds) {
            throw Failure.invalidInput("PLAN_INVALID", "%s", String.format(Locale.ROOT, message, arguments));
        }
    }
}
