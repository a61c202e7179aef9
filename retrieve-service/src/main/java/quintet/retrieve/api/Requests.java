package quintet.retrieve.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Identity;
import quintet.retrieve.model.Arrangement;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Phrase;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;

/** The bounds of a request, the same on both edges; each refusal names the value and the bound. */
final class Requests {
    private Requests() {}

    /** Returns a collection of the caller's that may exist; a text that can be no name is not looked up. */
    static CollectionAccess collection(Identity caller, String name) {
        requireName(name, name.indexOf('.') < 0 && name.indexOf('~') < 0 && CollectionName.isValid(name));
        return new CollectionAccess(new CollectionName(caller.stored(name)), caller.everyGroup(), caller.groups());
    }

    /** Returns what gives a collection the name that the caller knows it by; empty for another tenant's. */
    static Function<CollectionName, Optional<String>> shownTo(Identity caller) {
        return name -> caller.shown(name.base().value());
    }

    /** Returns a collection by the name under which it is stored, which only services know. */
    static CollectionName stored(String name) {
        requireName(name, CollectionName.isValid(name));
        return new CollectionName(name);
    }

    private static void requireName(String name, boolean valid) {
        if (!valid) {
            throw Failure.notFound(
                    "COLLECTION_NOT_FOUND",
                    "there is no collection '%s': names have 1 to 64 of a-z, 0-9, _ and -",
                    name.length() <= 64 ? name : name.substring(0, 64) + "…");
        }
    }

    /** Returns a parameter of a URL that is {@code true} or {@code false}; absent for false. */
    static boolean flag(String name, @Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw Failure.invalidInput(
                    "INVALID_" + name.toUpperCase(Locale.ROOT),
                    "%s is '%s', must be true or false",
                    name,
                    value.length() <= 64 ? value : value.substring(0, 64) + "…");
        }
        return true;
    }

    static Query query(
            String text,
            int topK,
            SearchMode mode,
            Fusion fusion,
            MetadataFilter filter,
            Rewriting rewriting,
            Arrangement arrangement) {
        if (text.isBlank()) {
            throw Failure.invalidInput("EMPTY_QUERY", "query has no characters but spaces, must have at least 1");
        }
        if (text.length() > Query.MAX_LENGTH) {
            throw Failure.invalidInput(
                    "QUERY_TOO_LONG",
                    "query has %d characters, must have at most %d".formatted(text.length(), Query.MAX_LENGTH),
                    Map.of("length", Integer.toString(text.length()), "bound", Integer.toString(Query.MAX_LENGTH)));
        }
        int phrases = Phrase.quotedIn(text).size();
        if (phrases > Phrase.MAX_COUNT) {
            throw Failure.invalidInput(
                    "TOO_MANY_PHRASES",
                    "query has %d phrases in quotes, must have at most %d".formatted(phrases, Phrase.MAX_COUNT),
                    Map.of("phrases", Integer.toString(phrases), "bound", Integer.toString(Phrase.MAX_COUNT)));
        }
        if (topK < 1 || topK > Query.MAX_TOP_K) {
            throw Failure.invalidInput(
                    "INVALID_TOP_K",
                    "topK is %d, must be 1 to %d".formatted(topK, Query.MAX_TOP_K),
                    Map.of("topK", Integer.toString(topK), "bound", Integer.toString(Query.MAX_TOP_K)));
        }
        return new Query(text, topK, mode, fusion, filter, rewriting, arrangement);
    }

    /** Returns a query as one that says nothing but the text, with the best hit of each document. */
    static Query oneOfEachDocument(String text, int topK) {
        Arrangement arrangement = new Arrangement(0, 1, 0, null);
        return query(
                text, topK, SearchMode.HYBRID, Fusion.ADAPTIVE, MetadataFilter.NONE, Rewriting.DEFAULT, arrangement);
    }

    static void requireTurns(int count) {
        if (count > Rewriting.MAX_TURNS) {
            throw Failure.invalidInput(
                    "INVALID_HISTORY",
                    "history has %d turns, must have at most %d".formatted(count, Rewriting.MAX_TURNS),
                    Map.of("turns", Integer.toString(count), "bound", Integer.toString(Rewriting.MAX_TURNS)));
        }
    }

    /** Returns a turn of the history; {@code at} is where it stands in the request. */
    static Turn turn(String at, Speaker speaker, String content) {
        if (content.length() > Turn.MAX_LENGTH) {
            throw Failure.invalidInput(
                    "INVALID_HISTORY",
                    "%s has %d characters, must have at most %d".formatted(at, content.length(), Turn.MAX_LENGTH),
                    Map.of("length", Integer.toString(content.length()), "bound", Integer.toString(Turn.MAX_LENGTH)));
        }
        return new Turn(speaker, content);
    }

    /** Absent values ask for nothing. */
    static Arrangement arrangement(
            @Nullable Double diversity,
            @Nullable Integer perDocument,
            @Nullable Integer expand,
            @Nullable Double minScore,
            SearchMode mode) {
        if (diversity != null && !(diversity >= 0 && diversity <= 1)) {
            throw Failure.invalidInput("INVALID_DIVERSITY", "diversity is %s, must be 0 to 1", diversity);
        }
        if (perDocument != null && (perDocument < 1 || perDocument > Query.MAX_TOP_K)) {
            throw Failure.invalidInput(
                    "INVALID_PER_DOCUMENT", "perDocument is %d, must be 1 to %d", perDocument, Query.MAX_TOP_K);
        }
        if (expand != null && (expand < 0 || expand > Arrangement.MAX_EXPAND)) {
            throw Failure.invalidInput(
                    "INVALID_EXPAND", "expand is %d, must be 0 to %d", expand, Arrangement.MAX_EXPAND);
        }
        if (minScore != null && !isScore(minScore, mode)) {
            String must = mode == SearchMode.LEXICAL
                    ? "a BM25 score of at least 0 in lexical mode"
                    : "a cosine similarity of -1 to 1";
            throw Failure.invalidInput("INVALID_MIN_SCORE", "minScore is %s, must be %s", minScore, must);
        }
        return new Arrangement(
                diversity == null ? 0 : diversity,
                perDocument == null ? 0 : perDocument,
                expand == null ? 0 : expand,
                minScore);
    }

    private static boolean isScore(double minScore, SearchMode mode) {
        return mode == SearchMode.LEXICAL
                ? minScore >= 0 && Double.isFinite(minScore)
                : minScore >= -1 && minScore <= 1;
    }
}
