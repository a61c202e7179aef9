package quintet.ingest.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.Selection;

/**
 * What a deletion of several documents would do, or did.
 *
 * @param count documents that are meant
 * @param deleted whether that is done; if not, the same request with {@code confirm} set to the count does it
 * @param sample ids of some of them; absent once deleted
 * @param pending how many of them are not carried out yet; absent before that
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeletionReply(
        long count,
        boolean deleted,
        @Nullable List<String> sample,
        @Nullable Long pending) {
    static Response preview(Selection.Size size) {
        return Response.ok(new DeletionReply(size.documents(), false, size.sample(), null))
                .build();
    }

    static Response done(long count, long pending) {
        return Response.accepted(new DeletionReply(count, true, null, pending)).build();
    }
}
