package quintet.retrieve.api.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import quintet.failure.Failure;
import quintet.retrieve.model.Comparison;
import quintet.retrieve.model.MetadataFilter;

/**
 * Reads the short form of a filter by recursive descent. Keywords are the same in capitals.
 *
 * <pre>
 * filter    = some { "or" some }
 * some      = one { "and" one }
 * one       = "not" one | "(" filter ")" | condition
 * condition = "exists" field
 *           | field [ "not" ] "exists"
 *           | field ( "=" | "!=" ) value
 *           | field ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) end
 *           | field [ "not" ] "in" "(" value { "," value } ")"
 *           | field ( [ "not" ] "starts" "with" | "^=" ) value
 * field     = word | `any characters` | "any characters"
 * value     = word | "any characters" | 'any characters'
 * end       = a value that reads as a number or as a date, 2024-05-01 or 2024-05-01T10:30:00+02:00
 * word      = letters, digits and _ - . + : / @ # $ %, but no keyword
 * </pre>
 */
final class FilterParser {
    /** Longest text in UTF-16 code units. */
    static final int MAX_LENGTH = 16_384;

    private static final Map<String, Comparison> COMPARISONS =
            Map.of("<", Comparison.LESS, "<=", Comparison.AT_MOST, ">", Comparison.MORE, ">=", Comparison.AT_LEAST);

    private final List<FilterToken> tokens;
    private int at;

    private FilterParser(List<FilterToken> tokens) {
        this.tokens = tokens;
    }

    /** Returns the filter that {@code text} stands for, or fails with INVALID_FILTER that names the column. */
    static MetadataFilter parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw InvalidFilter.at(
                    "filter", "the text has %d characters, must have at most %d".formatted(text.length(), MAX_LENGTH));
        }
        FilterParser parser = new FilterParser(FilterTokens.of(text));
        MetadataFilter filter = parser.filter(0);
        if (parser.peek().kind() != FilterToken.Kind.END) {
            throw parser.expected("and, or, or the end");
        }
        return filter;
    }

    static String column(int column) {
        return "filter, column " + column;
    }

    private MetadataFilter filter(int level) {
        FilterToken start = peek();
        List<MetadataFilter> alternatives = new ArrayList<>();
        do {
            alternatives.add(some(level));
        } while (takeKeyword("or"));
        return checked(start, () -> MetadataFilter.any(alternatives));
    }

    private MetadataFilter some(int level) {
        FilterToken start = peek();
        List<MetadataFilter> parts = new ArrayList<>();
        do {
            parts.add(one(level));
        } while (takeKeyword("and"));
        return checked(start, () -> MetadataFilter.all(parts));
    }

    private MetadataFilter one(int level) {
        FilterToken start = peek();
        if (level > MetadataFilter.MAX_DEPTH) {
            throw InvalidFilter.at(
                    column(start.column()),
                    "there are more than %d levels of not and parentheses".formatted(MetadataFilter.MAX_DEPTH));
        }
        if (takeKeyword("not")) {
            MetadataFilter negated = one(level + 1);
            return checked(start, () -> new MetadataFilter.Not(negated));
        }
        if (takeSymbol("(")) {
            MetadataFilter inner = filter(level + 1);
            require(takeSymbol(")"), "and, or, or )");
            return inner;
        }
        return condition(start);
    }

    private MetadataFilter condition(FilterToken start) {
        if (takeKeyword("exists")) {
            String field = field();
            return checked(start, () -> new MetadataFilter.Exists(field));
        }
        String field = field();
        boolean negated = takeKeyword("not");
        MetadataFilter condition = checked(start, predicate(field, negated));
        return negated ? checked(start, () -> new MetadataFilter.Not(condition)) : condition;
    }

    private Supplier<MetadataFilter> predicate(String field, boolean negated) {
        if (takeKeyword("exists")) {
            return () -> new MetadataFilter.Exists(field);
        }
        if (takeKeyword("in")) {
            List<String> values = values();
            return () -> new MetadataFilter.In(field, new TreeSet<>(values));
        }
        if (takeKeyword("starts")) {
            require(takeKeyword("with"), "with");
            String prefix = value();
            return () -> new MetadataFilter.Prefix(field, prefix);
        }
        if (negated) {
            throw expected("in, starts with, or exists");
        }
        return operator(field);
    }

    private Supplier<MetadataFilter> operator(String field) {
        if (takeSymbol("^=")) {
            String prefix = value();
            return () -> new MetadataFilter.Prefix(field, prefix);
        }
        if (takeSymbol("=")) {
            String value = value();
            return () -> new MetadataFilter.In(field, new TreeSet<>(List.of(value)));
        }
        if (takeSymbol("!=")) {
            String value = value();
            return () -> new MetadataFilter.Not(new MetadataFilter.In(field, new TreeSet<>(List.of(value))));
        }
        Comparison comparison = peek().kind() == FilterToken.Kind.SYMBOL ? COMPARISONS.get(peek().text()) : null;
        if (comparison == null) {
            throw expected("=, !=, <, <=, >, >=, ^=, in, not in, starts with, or exists");
        }
        at++;
        FilterToken end = peek();
        String value = value();
        return () -> comparison
                .range(field, value)
                .orElseThrow(() -> InvalidFilter.at(
                        column(end.column()), "expected a number or a date such as 2024-05-01, found " + end.shown()));
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        require(takeSymbol("("), "(");
        do {
            values.add(value());
        } while (takeSymbol(","));
        require(takeSymbol(")"), "a comma or )");
        return values;
    }

    private String field() {
        require(peek().isField(), "a field");
        return tokens.get(at++).text();
    }

    private String value() {
        require(peek().isValue(), "a value");
        return tokens.get(at++).text();
    }

    private FilterToken peek() {
        return tokens.get(at);
    }

    private boolean takeKeyword(String word) {
        return take(peek().isKeyword(word));
    }

    private boolean takeSymbol(String symbol) {
        return take(peek().isSymbol(symbol));
    }

    private boolean take(boolean fits) {
        if (fits) {
            at++;
        }
        return fits;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw expected(what);
        }
    }

    private Failure expected(String what) {
        return InvalidFilter.at(column(peek().column()), "expected " + what + ", found " + peek().shown());
    }

    private static MetadataFilter checked(FilterToken start, Supplier<? extends MetadataFilter> filter) {
        return InvalidFilter.checked(column(start.column()), filter);
    }
}
