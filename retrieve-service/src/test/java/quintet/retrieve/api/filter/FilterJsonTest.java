package quintet.retrieve.api.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.failure.Failure;
import quintet.retrieve.model.MetadataFilter;

class FilterJsonTest {
    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> Filters.ofText(json)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo("INVALID_FILTER");
            assertThat(failure.message()).contains(message);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"author": "Kim"}                             | author = Kim
            {"year": 2020}                                | year = 2020
            {"final": true}                               | final = true
            {"author": "Kim", "year": [2020, "2021"]}     | author = Kim and year in (2020, 2021)
            {"year": {"gte": 2020, "lt": 2024}}           | year >= 2020 and year < 2024
            {"year": {"gt": "2020", "lte": 2.5e3}}        | year > 2020 and year <= 2500
            {"created": {"gt": "2024-05-01"}}             | created > 2024-05-01
            {"a": {"eq": 1}}                              | a = 1
            {"a": {"ne": "x"}}                            | a != x
            {"a": {"in": [1, 2]}}                         | a in (1, 2)
            {"a": {"notIn": [1, 2]}}                      | a not in (1, 2)
            {"a": {"prefix": "x"}}                        | a starts with x
            {"a": {"exists": true}}                       | a exists
            {"a": {"exists": false}}                      | not exists a
            {"a": {"exists": true, "ne": "x"}}            | a exists and a != x
            {"or": [{"a": 1}, {"b": 2, "c": 3}]}          | a = 1 or (b = 2 and c = 3)
            {"and": [{"a": 1}, {"a": {"ne": 2}}]}         | a = 1 and a != 2
            {"not": {"a": 1, "b": 2}}                     | not (a = 1 and b = 2)
            {"or": [{"a": 1}, {"not": {"b": 2}}], "c": 3} | (a = 1 or not b = 2) and c = 3
            {"and": [1, 2]}                               | `and` in (1, 2)
            {"or": "x", "not": "y"}                       | `or` = x and `not` = y
            {"and": {"gte": 5}}                           | `and` >= 5
            {"not": {"gte": 5}}                           | not gte = 5
            {"field": "x", "gte": 5}                      | field = x and gte = 5
            """)
    void readsWhatTheShortFormSays(String json, String text) {
        assertThat(Filters.ofText(json)).isEqualTo(Filters.ofText(text));
    }

    @Test
    void anObjectWithoutMembersIsNoFilter() {
        assertThat(Filters.ofText(" {}")).isEqualTo(MetadataFilter.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a": null}                        | filter.a: found null, must be a string, a number, a boolean, or an array of them
            {"a": [[1]]}                       | filter.a: found [1], must be a string
            {"a": []}                          | filter.a: there are 0 values, must have 1 to 256
            {"": 1}                            | filter.: the field has 0 characters, must have 1 to 256
            {"a": {}}                          | filter.a: there is no comparison, must be at least 1
            {"a": {"b": 1}}                    | filter.a.b: is no comparison, must be one of eq, ne, in
            {"a": {"gte": "soon"}}             | filter.a.gte: found "soon", must be a number or a date
            {"a": {"gte": true}}               | filter.a.gte: found true, must be a number or a date
            {"a": {"gte": 1e999}}              | filter.a.gte: the end of a range is Infinity, must be finite
            {"a": {"eq": [1]}}                 | filter.a.eq: found [1], must be a string, a number or a boolean
            {"a": {"in": 1}}                   | filter.a.in: found 1, must be an array
            {"a": {"prefix": 1}}               | filter.a.prefix: found 1, must be a string
            {"a": {"prefix": ""}}              | filter.a.prefix: the prefix has 0 characters
            {"a": {"exists": "yes"}}           | filter.a.exists: found "yes", must be true or false
            {"or": [{"a": 1}, 2]}              | filter.or[1]: found 2, must be an object
            {"or": [{"a": 1}, {}]}             | filter.or: a part has no condition, must have at least 1
            {"or": []}                         | filter.or: there are 0 values
            {"not": {}}                        | filter.not: a part has no condition
            {"and": [{"x": {"lt": 1}}, {"or": [{"y": {"lt": {}}}]}]} | filter.and[1].or[0].y.lt: found {}, must be a number
            {"a": 1                            | filter, column 8: this is no JSON
            {"a": 1} x                         | this is no JSON
            {"a": 1, "a": 2}                   | Duplicate field 'a'
            """)
    void namesThePathAndWhatMustBeThere(String json, String message) {
        refuses(json, message);
    }

    @Test
    void isBounded() {
        refuses("{\"not\": ".repeat(17) + "{\"a\": 1}" + "}".repeat(17), ": there are more than 16 levels");
        refuses("{\"not\": ".repeat(16) + "{\"a\": 1}" + "}".repeat(16), "more than 16 levels");
        assertThat(Filters.ofText("{\"not\": ".repeat(15) + "{\"a\": 1}" + "}".repeat(15)))
                .isInstanceOf(MetadataFilter.Not.class);
        refuses("{\"a\": " + "[".repeat(900) + "]".repeat(900) + "}", "filter.a: found [[[");
        refuses("{\"a\": " + "[".repeat(5_000), "this is no JSON");
        String many =
                IntStream.range(0, 128).mapToObj(i -> "\"f%d\": 1".formatted(i)).collect(Collectors.joining(","));
        refuses("{" + many + "}", "filter: there are 129 conditions and groups, must be at most 128");
        String values = IntStream.range(0, 257).mapToObj(Integer::toString).collect(Collectors.joining(","));
        refuses("{\"a\": [" + values + "]}", "filter.a: there are 257 values, must have 1 to 256");
    }
}
