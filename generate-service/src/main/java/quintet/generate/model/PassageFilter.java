package quintet.generate.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which passages an answer may use; retrieve-service reads it.
 *
 * @param fields all of them must hold
 * @param text a filter in its short form or as a JSON object, which must hold too; absent if there is none
 */
public record PassageFilter(
        List<FieldValues> fields, @Nullable String text) {
    /** Lets every passage through. */
    public static final PassageFilter NONE = new PassageFilter(List.of(), null);

    /** Copies the list. */
    public PassageFilter {
        fields = List.copyOf(fields);
    }
}
