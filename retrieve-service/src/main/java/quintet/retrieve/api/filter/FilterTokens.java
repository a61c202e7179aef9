package quintet.retrieve.api.filter;

import java.util.ArrayList;
import java.util.List;
import quintet.retrieve.api.filter.FilterToken.Kind;

/** Cuts the short form of a filter into its pieces; {@link FilterParser} has the grammar. */
final class FilterTokens {
    /** What a word may have beside letters and digits. */
    static final String OF_WORDS = "_-.+:/@#$%";

    private static final List<String> SYMBOLS = List.of("<=", ">=", "!=", "^=", "(", ")", ",", "=", "<", ">");

    private final String text;
    private final List<FilterToken> tokens = new ArrayList<>();
    private int at;

    private FilterTokens(String text) {
        this.text = text;
    }

    /** Returns the pieces of {@code text}, the last of them its end; throws at a character that begins none. */
    static List<FilterToken> of(String text) {
        FilterTokens cutter = new FilterTokens(text);
        while (cutter.at < text.length()) {
            cutter.next();
        }
        cutter.add(Kind.END, "", text.length());
        return cutter.tokens;
    }

    private void next() {
        int c = text.codePointAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '"' || c == '\'' || c == '`') {
            quoted((char) c);
        } else if (isOfWord(c)) {
            word();
        } else {
            symbol(c);
        }
    }

    private void word() {
        int start = at;
        while (at < text.length() && isOfWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        add(Kind.WORD, text.substring(start, at), start);
    }

    private static boolean isOfWord(int c) {
        return Character.isLetterOrDigit(c) || OF_WORDS.indexOf(c) >= 0;
    }

    private void symbol(int c) {
        String symbol = SYMBOLS.stream()
                .filter(each -> text.startsWith(each, at))
                .findFirst()
                .orElseThrow(() -> unexpected(at, "expected a word, a quote or an operator, found " + shown(c)));
        add(Kind.SYMBOL, symbol, at);
        at += symbol.length();
    }

    private void quoted(char quote) {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            content.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
            at++;
        }
        if (at == text.length()) {
            throw unexpected(start, "expected a closing " + quote + ", found the end");
        }
        at++;
        add(quote == '`' ? Kind.NAME : Kind.QUOTED, content.toString(), start);
    }

    /** Reads an escape up to its last character. */
    private char escaped() {
        int start = at++;
        char c = at < text.length() ? text.charAt(at) : ' ';
        return switch (c) {
            case '\\', '"', '\'', '`' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield hexadecimal(start, start + 2);
            }
            default ->
                throw unexpected(start, "expected one of the escapes \\\\, \\\", \\', \\`, \\n, \\r, \\t and \\u0000");
        };
    }

    private char hexadecimal(int escape, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw unexpected(escape, "expected four hexadecimal digits behind \\u");
            }
            value = 16 * value + digit;
        }
        return (char) value;
    }

    private void add(Kind kind, String content, int start) {
        tokens.add(new FilterToken(kind, content, start + 1));
    }

    private static RuntimeException unexpected(int index, String message) {
        return InvalidFilter.at(FilterParser.column(index + 1), message);
    }

    private static String shown(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                ? "U+%04X".formatted(c)
                : Character.toString(c);
    }
}
