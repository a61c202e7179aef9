package quintet.retrieve.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.Expansion;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SelfQuery;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;

/**
 * {@code rewrite} in the body of a search: what may be done to the query; what is absent is as by default. {@code false} instead
 * of an object searches the query as it is.
 *
 * @param followUp a query that points back into {@code history} is made to stand by itself; default true
 * @param spelling unknown words are searched as the nearest known ones too; default true
 * @param abbreviations abbreviations that the collection explains are searched in both forms; default true
 * @param feedback words of the best passages are searched too (RM3); default false
 * @param expansions {@code multi-query}, {@code hyde}, {@code step-back}, {@code decompose}: further queries from a model server; default
 *     none
 * @param selfQuery {@code off}, {@code suggest} (default), {@code boost} or {@code apply}: what becomes of recognised filters
 */
public record RewriteBody(
        @Nullable Boolean followUp,
        @Nullable Boolean spelling,
        @Nullable Boolean abbreviations,
        @Nullable Boolean feedback,
        @Nullable List<@Nullable String> expansions,
        @Nullable String selfQuery) {

    /** Takes an object; the annotation keeps it beside the other creator. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public RewriteBody {}

    /** A turn of the conversation: {@code role} is {@code user} or {@code assistant}. */
    public record TurnBody(@Nullable String role, @Nullable String content) {}

    /** All on or all off: {@code true} is the default. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RewriteBody of(boolean on) {
        return on
                ? new RewriteBody(null, null, null, null, null, null)
                : new RewriteBody(false, false, false, false, null, "off");
    }

    static Rewriting toModel(@Nullable RewriteBody body, @Nullable List<@Nullable TurnBody> history) {
        RewriteBody rewrite = body == null ? of(true) : body;
        Rewriting defaults = Rewriting.DEFAULT;
        return new Rewriting(
                turns(history),
                chosen(rewrite.followUp, defaults.followUp()),
                chosen(rewrite.spelling, defaults.spelling()),
                chosen(rewrite.abbreviations, defaults.abbreviations()),
                chosen(rewrite.feedback, defaults.feedback()),
                rewrite.expansions == null ? defaults.expansions() : expansions(rewrite.expansions),
                rewrite.selfQuery == null
                        ? defaults.selfQuery()
                        : constant("rewrite.selfQuery", rewrite.selfQuery, SelfQuery.class));
    }

    private static boolean chosen(@Nullable Boolean value, boolean otherwise) {
        return value == null ? otherwise : value;
    }

    private static Set<Expansion> expansions(List<@Nullable String> names) {
        Set<Expansion> expansions = EnumSet.noneOf(Expansion.class);
        for (String name : names) {
            expansions.add(constant("rewrite.expansions", name, Expansion.class));
        }
        return expansions;
    }

    private static List<Turn> turns(@Nullable List<@Nullable TurnBody> history) {
        List<Turn> turns = new ArrayList<>();
        if (history != null) {
            Requests.requireTurns(history.size());
            for (TurnBody turn : history) {
                String at = "history[%d]".formatted(turns.size());
                String content = turn == null || turn.content == null ? "" : turn.content;
                turns.add(Requests.turn(at, speaker(at, turn), content));
            }
        }
        return turns;
    }

    private static Speaker speaker(String at, @Nullable TurnBody turn) {
        return switch (String.valueOf(turn == null ? null : turn.role)) {
            case "user" -> Speaker.USER;
            case "assistant" -> Speaker.ASSISTANT;
            case String other ->
                throw Failure.invalidInput(
                        "INVALID_HISTORY", "%s.role is '%s', must be user or assistant", at, shortened(other));
        };
    }

    private static <E extends Enum<E>> E constant(String field, @Nullable String name, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String written = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (written.equals(name)) {
                return constant;
            }
            names.add(written);
        }
        throw Failure.invalidInput(
                "INVALID_REWRITE", "%s has '%s', must be one of %s", field, shortened(String.valueOf(name)), names);
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
