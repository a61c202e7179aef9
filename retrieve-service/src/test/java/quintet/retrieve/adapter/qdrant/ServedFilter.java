package quintet.retrieve.adapter.qdrant;

import static quintet.retrieve.adapter.qdrant.Refusal.require;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which points a filter keeps, by Qdrant's rules: a condition on an array holds if it holds for one of its values. */
final class ServedFilter {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private ServedFilter() {}

    /** Refuses what Qdrant would, whether or not there is a point, and passes on the fields that are asked for. */
    static void check(Filter filter, Consumer<String> fields) {
        require(!filter.hasMinShould(), "this server does not know min_should");
        Stream.of(filter.getMustList(), filter.getShouldList(), filter.getMustNotList())
                .flatMap(List::stream)
                .forEach(condition -> check(condition, fields));
    }

    private static void check(Condition condition, Consumer<String> fields) {
        switch (condition.getConditionOneOfCase()) {
            case FILTER -> check(condition.getFilter(), fields);
            case HAS_ID -> condition.getHasId().getHasIdList().forEach(ServedPoint::checkId);
            case FIELD -> {
                FieldCondition field = condition.getField();
                require(PATH.matcher(field.getKey()).matches(), "Invalid json path: '" + field.getKey() + "'");
                require(field.hasMatch() != field.hasRange(), "At least one field condition must be specified");
                fields.accept(field.getKey());
            }
            default -> throw Refusal.unsupported(condition.getConditionOneOfCase());
        }
    }

    static boolean keeps(Filter filter, PointId id, Map<String, Value> payload) {
        return filter.getMustList().stream().allMatch(each -> keeps(each, id, payload))
                && filter.getMustNotList().stream().noneMatch(each -> keeps(each, id, payload))
                && (filter.getShouldCount() == 0
                        || filter.getShouldList().stream().anyMatch(each -> keeps(each, id, payload)));
    }

    private static boolean keeps(Condition condition, PointId id, Map<String, Value> payload) {
        return switch (condition.getConditionOneOfCase()) {
            case FILTER -> keeps(condition.getFilter(), id, payload);
            case HAS_ID -> condition.getHasId().getHasIdList().contains(id);
            case FIELD -> {
                FieldCondition field = condition.getField();
                yield values(payload, field.getKey())
                        .anyMatch(value -> field.hasMatch()
                                ? matches(field.getMatch(), value)
                                : isWithin(field.getRange(), value));
            }
            default -> throw Refusal.unsupported(condition.getConditionOneOfCase());
        };
    }

    /** Returns the values at a path, those of an array one by one. */
    static Stream<Value> values(Map<String, Value> payload, String path) {
        int dot = path.indexOf('.');
        Value value = payload.get(dot < 0 ? path : path.substring(0, dot));
        if (value == null) {
            return Stream.empty();
        }
        if (dot >= 0) {
            return values(value.getStructValue().getFieldsMap(), path.substring(dot + 1));
        }
        return value.hasListValue() ? value.getListValue().getValuesList().stream() : Stream.of(value);
    }

    private static boolean matches(Match match, Value value) {
        return switch (match.getMatchValueCase()) {
            case KEYWORD -> value.hasStringValue() && value.getStringValue().equals(match.getKeyword());
            case KEYWORDS ->
                value.hasStringValue() && match.getKeywords().getStringsList().contains(value.getStringValue());
            case INTEGER -> value.hasIntegerValue() && value.getIntegerValue() == match.getInteger();
            default -> throw Refusal.unsupported(match.getMatchValueCase());
        };
    }

    private static boolean isWithin(Range range, Value value) {
        if (!value.hasDoubleValue() && !value.hasIntegerValue()) {
            return false;
        }
        double number = value.hasDoubleValue() ? value.getDoubleValue() : value.getIntegerValue();
        return (!range.hasLt() || number < range.getLt())
                && (!range.hasLte() || number <= range.getLte())
                && (!range.hasGt() || number > range.getGt())
                && (!range.hasGte() || number >= range.getGte());
    }
}
