package quintet.retrieve.api.filter;

import java.util.Locale;
import quintet.retrieve.model.FilterText;

/**
 * A piece of the short form of a filter.
 *
 * @param text what it stands for, without quotes and escapes
 * @param column its first character, from 1, in UTF-16 code units
 */
record FilterToken(Kind kind, String text, int column) {
    enum Kind {
        /** A run of letters, digits and {@value FilterTokens#OF_WORDS}. */
        WORD,
        /** A text in double or single quotes. */
        QUOTED,
        /** A field in backquotes. */
        NAME,
        /** A parenthesis, a comma or an operator. */
        SYMBOL,
        /** Behind the last character. */
        END
    }

    boolean isKeyword() {
        return kind == Kind.WORD && FilterText.KEYWORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    boolean isKeyword(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Returns whether it can name a field. */
    boolean isField() {
        return kind == Kind.NAME || kind == Kind.QUOTED || (kind == Kind.WORD && !isKeyword());
    }

    /** Returns whether it can be a value. */
    boolean isValue() {
        return kind == Kind.QUOTED || (kind == Kind.WORD && !isKeyword());
    }

    /** Returns it for a message. */
    String shown() {
        String shown = InvalidFilter.shown(text);
        return switch (kind) {
            case WORD -> isKeyword() ? "the keyword " + shown + ", which must be quoted to be anything else" : shown;
            case QUOTED -> '"' + shown + '"';
            case NAME -> '`' + shown + '`';
            case SYMBOL -> shown;
            case END -> "the end";
        };
    }
}
