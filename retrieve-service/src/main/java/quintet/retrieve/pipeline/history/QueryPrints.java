package quintet.retrieve.pipeline.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.history.QueryPrint;

/** Makes and compares what tells whether the same was searched. */
final class QueryPrints {
    private static final int BYTES = 8;

    private QueryPrints() {}

    static List<QueryPrint> of(RewrittenQuery rewritten) {
        return rewritten.variants().stream().map(QueryPrints::of).toList();
    }

    private static QueryPrint of(QueryVariant variant) {
        LexicalQuery words = variant.words().orElse(LexicalQuery.of(""));
        return new QueryPrint(
                variant.kind(),
                digest(variant.text().orElse("")),
                digest(words.text()),
                words.also().isEmpty() ? "" : digest(words.also().toString()),
                digest(FilterText.of(variant.filter())));
    }

    /** Returns the first bytes of the SHA-256 of a text in hexadecimal digits; nothing for an empty text. */
    private static String digest(String text) {
        if (text.isEmpty()) {
            return "";
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what differs: {@code queries}, {@code text}, {@code words}, {@code added-words}, {@code filter}. */
    static List<String> changes(List<QueryPrint> then, List<QueryPrint> now) {
        Set<String> changes = new LinkedHashSet<>();
        List<QueryVariant.Kind> kindsThen = then.stream().map(QueryPrint::kind).toList();
        if (!kindsThen.equals(now.stream().map(QueryPrint::kind).toList())) {
            changes.add("queries");
        }
        for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
            QueryPrint before = then.get(i);
            QueryPrint after = now.get(i);
            note(changes, "text", before.text(), after.text());
            note(changes, "words", before.words(), after.words());
            note(changes, "added-words", before.added(), after.added());
            note(changes, "filter", before.filter(), after.filter());
        }
        return new ArrayList<>(changes);
    }

    private static void note(Set<String> changes, String name, String before, String after) {
        if (!before.equals(after)) {
            changes.add(name);
        }
    }
}
