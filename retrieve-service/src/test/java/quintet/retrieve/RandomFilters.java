package quintet.retrieve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.RangeEnd;

/** Random metadata and random filters that often fit it. */
public final class RandomFilters {
    private static final List<String> KEYS =
            List.of("year", "author", "created", "mixed", "a key, `quoted` \"twice\"", "or");
    private static final List<String> OWN =
            List.of("documentId", "filename", "title", "source", "mimeType", "language", "no");
    private static final List<String> NUMBERS = List.of(
            "2020",
            "2021",
            "2022",
            "-5",
            "3.5",
            "1e3",
            "1000",
            "007",
            "+7",
            "2020.0",
            ".5",
            "5.",
            "-0",
            "0",
            "1e400",
            "NaN",
            "0x10",
            "12abc",
            "123456789012345678901234567890");
    private static final List<String> TIMES = List.of(
            "2024-05-01",
            "2024-05-01T10:00:00Z",
            "2024-05-01T12:00:00+02:00",
            "2024-05-01T10:00",
            "2024-05",
            "2024-05-31",
            "2024-02-30",
            "2023-12-31T23:59:59.999999999Z",
            "2024-01-01",
            "2024-05-01 08:15",
            "9999-12-31",
            "0000-01-01",
            "24-05-01",
            "2024-5-1",
            "20240501",
            "2024-05-01T10:00:00.5-03:30",
            "1969-12-31T23:59:59.25Z");
    private static final List<String> TEXTS = List.of(
            "Kim",
            "Kim Lee",
            "Kimberly",
            "kim",
            "Ünal",
            "日本",
            "\"b\\c`d'",
            "in",
            "true",
            " spaced ",
            "😀a",
            "tab\there",
            "x".repeat(1000),
            "x".repeat(1001),
            "x".repeat(1001) + "y");

    private final Random random;

    public RandomFilters(Random random) {
        this.random = random;
    }

    public DocumentInfo info(String documentId) {
        Map<String, String> metadata = new HashMap<>();
        for (String key : KEYS) {
            if (random.nextInt(4) > 0) {
                metadata.put(key, random.nextInt(12) == 0 ? "" : value(key));
            }
        }
        return new DocumentInfo(
                documentId + ".txt",
                random.nextBoolean() ? "" : pick(TEXTS),
                "",
                "text/plain",
                pick(List.of("en", "de", "")),
                metadata,
                List.of());
    }

    /** Returns a filter of at most {@code depth} levels in its shortest form. */
    public MetadataFilter filter(int depth) {
        return switch (depth <= 1 ? 3 : random.nextInt(6)) {
            case 0 -> MetadataFilter.all(several(depth));
            case 1 -> MetadataFilter.any(several(depth));
            case 2 -> new MetadataFilter.Not(filter(depth - 1));
            default -> condition();
        };
    }

    private List<MetadataFilter> several(int depth) {
        List<MetadataFilter> filters = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            filters.add(filter(depth - 1));
        }
        return filters;
    }

    private MetadataFilter condition() {
        String field = random.nextInt(4) == 0 ? pick(OWN) : pick(KEYS);
        return switch (random.nextInt(6)) {
            case 0 -> new MetadataFilter.In(field, new TreeSet<>(List.of(value(field))));
            case 1 -> {
                TreeSet<String> values = new TreeSet<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    values.add(value(field));
                }
                yield new MetadataFilter.In(field, values);
            }
            case 2 -> {
                String value = value(field);
                int length = Math.min(1000, 1 + random.nextInt(value.length()));
                yield new MetadataFilter.Prefix(
                        field, Character.isHighSurrogate(value.charAt(length - 1)) ? "😀" : value.substring(0, length));
            }
            case 3 -> new MetadataFilter.Exists(field);
            default -> range(field);
        };
    }

    private MetadataFilter range(String field) {
        boolean numbers = field.equals("year") || (!field.equals("created") && random.nextBoolean());
        boolean both = random.nextBoolean();
        boolean lower = random.nextBoolean();
        return new MetadataFilter.Range(
                field, both || lower ? end(numbers) : null, both || !lower ? end(numbers) : null);
    }

    private RangeEnd end(boolean numbers) {
        boolean inclusive = random.nextBoolean();
        if (numbers) {
            double number = random.nextBoolean()
                    ? pick(List.of(2020.0, 2021.0, 7.0, 0.5, 5.0, 0.0, 1000.0, 3.5, 1.0E29))
                    : random.nextGaussian() * Math.pow(10, random.nextInt(6));
            return new RangeEnd.Numeric(number, inclusive);
        }
        Instant time = Instant.parse(pick(List.of(
                "2024-05-01T00:00:00Z",
                "2024-05-01T10:00:00Z",
                "2024-05-01T08:15:00Z",
                "2023-12-31T23:59:59.999999999Z",
                "9999-12-31T23:59:59.999999999Z",
                "1969-12-31T23:59:59.250Z",
                "0000-01-01T00:00:00Z")));
        return new RangeEnd.Moment(time, inclusive);
    }

    private String value(@Nullable String field) {
        List<String> values = switch (field) {
            case "year" -> NUMBERS;
            case "created" -> TIMES;
            case "author" -> TEXTS;
            case "documentId" -> List.of("d1", "d7", "d30");
            case "filename" -> List.of("d1.txt", "d7.txt");
            case "language" -> List.of("en", "de");
            case null, default -> List.of(pick(NUMBERS), pick(TIMES), pick(TEXTS));
        };
        return pick(values);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
