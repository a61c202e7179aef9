package quintet.rerank.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import quintet.rerank.model.CompressResult;
import quintet.rerank.model.CompressedPassage;

/**
 * The reply of {@code POST /v1/compress}.
 *
 * @param id of this reply
 * @param passages as many as in the request, in its order
 * @param model name of the model
 * @param revision the first 12 hexadecimal digits of the SHA-256 of the model's file
 * @param meta what was done
 */
public record CompressReply(String id, List<Passage> passages, String model, String revision, Meta meta) {
    /**
     * What is kept of a passage.
     *
     * @param index position in the request, from 0
     * @param outcome KEPT, MERGED, IRRELEVANT or OVER_BUDGET
     * @param mergedInto position of the passage that stands for this one, if it was merged
     * @param text what is kept, empty if nothing
     * @param spans where that stands in the passage, in order
     * @param tokens length of {@code text}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Passage(
            int index,
            CompressedPassage.Outcome outcome,
            @JsonProperty("merged_into") @Nullable Integer mergedInto,
            String text,
            List<Span> spans,
            int tokens) {}

    /**
     * A part of a passage.
     *
     * @param start offset of its first character, in UTF-16 code units
     * @param end offset behind its last character
     */
    public record Span(int start, int end) {}

    /**
     * What was done.
     *
     * @param originalTokens length of all passages as they came
     * @param keptTokens length of what is kept
     * @param sentences sentences of the passages that were not merged
     * @param scored how many of them the cross-encoder scored; the others are judged by their words alone
     */
    public record Meta(
            @JsonProperty("original_tokens") int originalTokens,
            @JsonProperty("kept_tokens") int keptTokens,
            int sentences,
            int scored) {}

    /** Returns the reply that says {@code result}. */
    static CompressReply of(CompressResult result) {
        List<Passage> passages = new ArrayList<>(result.passages().size());
        for (CompressedPassage passage : result.passages()) {
            passages.add(new Passage(
                    passages.size(),
                    passage.outcome(),
                    passage.mergedInto().orElse(null),
                    passage.text(),
                    passage.spans().stream()
                            .map(span -> new Span(span.start(), span.end()))
                            .toList(),
                    passage.tokens()));
        }
        return new CompressReply(
                UUID.randomUUID().toString(),
                passages,
                result.model().name(),
                result.model().revision(),
                new Meta(result.originalTokens(), result.keptTokens(), result.sentenceCount(), result.scoredCount()));
    }
}
