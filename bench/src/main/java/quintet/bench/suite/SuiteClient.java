package quintet.bench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the benchmark asks of a suite, through the API that everybody uses. Thread-safe. */
public final class SuiteClient implements AutoCloseable {
    private final HttpJson http;

    /** Talks to the suite whose front door is at {@code base}. */
    public SuiteClient(URI base) {
        this.http = new HttpJson(base);
    }

    /** Tells whether a suite answers. */
    public boolean isUp() {
        return http.answers("/v1/models");
    }

    /** Finds passages, best first; both lists are fused in the suite's default way. */
    public List<Passage> search(String collection, String query, int topK, SearchMode mode) {
        return search(
                collection,
                HttpJson.object().put("query", query).put("topK", topK).put("mode", mode.wireName()));
    }

    /**
     * Finds passages by both lists, best first.
     *
     * @param fusion how they are fused, by its name on the wire
     */
    public List<Passage> searchFused(String collection, String query, int topK, String fusion) {
        return search(
                collection,
                HttpJson.object().put("query", query).put("topK", topK).put("fusion", fusion));
    }

    private List<Passage> search(String collection, ObjectNode body) {
        JsonNode reply = http.post("/v1/collections/" + collection + "/search", body);
        requireWhole("search", strings(reply.path("degraded")));
        return stream(reply.path("hits")).map(SuiteClient::passage).toList();
    }

    /** Returns the passages in the re-ranker's order, which fuses its own score with the passages' scores. */
    public List<Passage> rerank(String query, List<Passage> passages) {
        if (passages.isEmpty()) {
            return passages;
        }
        return rerank(query, passages, passages.size()).order().stream()
                .map(passages::get)
                .toList();
    }

    /**
     * Re-ranks passages with their scores.
     *
     * @param passages at least one
     * @param topN results that are asked for, 1 to the number of passages
     */
    public Reranking rerank(String query, List<Passage> passages, int topN) {
        ObjectNode body = HttpJson.object().put("query", query).put("top_n", topN);
        var documents = body.putArray("documents");
        passages.forEach(
                passage -> documents.addObject().put("text", passage.text()).put("score", passage.score()));
        JsonNode reply = http.post("/v1/rerank", body);
        return new Reranking(
                stream(reply.path("results")).map(SuiteClient::result).toList(),
                reply.path("meta").path("scored").asInt(),
                reply.path("meta").path("stop_reason").asText());
    }

    private static Reranking.Result result(JsonNode result) {
        JsonNode relevance = result.path("relevance_score");
        return new Reranking.Result(
                result.path("index").asInt(),
                relevance.isNumber() ? OptionalDouble.of(relevance.doubleValue()) : OptionalDouble.empty());
    }

    /**
     * Leaves out of passages what does not matter to a query.
     *
     * @param passages texts, at least one
     * @param threshold share of the best sentence's score below which a sentence is left out, 0 to 1
     */
    public Compression compress(String query, List<String> passages, double threshold, boolean keepFirst) {
        ObjectNode body = HttpJson.object()
                .put("query", query)
                .put("threshold", threshold)
                .put("keep_first", keepFirst);
        passages.forEach(body.putArray("passages")::add);
        JsonNode reply = http.post("/v1/compress", body);
        JsonNode meta = reply.path("meta");
        if (meta.path("scored").asInt() < meta.path("sentences").asInt()) {
            throw new SuiteException(
                    "of %s sentences only %s were read".formatted(meta.path("sentences"), meta.path("scored")));
        }
        return new Compression(
                stream(reply.path("passages"))
                        .map(passage -> passage.path("text").asText())
                        .toList(),
                meta.path("original_tokens").asInt(),
                meta.path("kept_tokens").asInt());
    }

    /** Answers a question, whole. */
    public Answer answer(String collection, String question) {
        ObjectNode body = HttpJson.object().put("collection", collection).put("question", question);
        JsonNode reply = http.post("/v1/answers", body);
        Map<Integer, Passage> sources = new HashMap<>();
        List<Passage> ordered = new ArrayList<>();
        for (JsonNode source : reply.path("sources")) {
            Passage passage = passage(source);
            sources.put(source.path("number").asInt(), passage);
            ordered.add(passage);
        }
        List<Answer.Citation> citations = new ArrayList<>();
        for (JsonNode citation : reply.path("citations")) {
            Passage source = sources.get(citation.path("number").asInt());
            if (source == null) {
                throw new SuiteException("an answer cites a source that it does not name: " + citation);
            }
            citations.add(new Answer.Citation(
                    source,
                    citation.path("page").asInt(),
                    citation.path("sentence").asText()));
        }
        Map<String, Double> timings = reply.path("timings").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, timing -> timing.getValue().asDouble()));
        return new Answer(
                reply.path("answer").asText(),
                reply.path("finishReason").asText(),
                citations,
                ordered,
                strings(reply.path("degraded")),
                timings);
    }

    /** Embeds passages in one request and returns how many vectors came back. */
    public int embed(List<String> passages) {
        ObjectNode body = HttpJson.object();
        var input = body.putArray("input");
        passages.forEach(input::add);
        return http.post("/v1/embeddings", body).path("data").size();
    }

    HttpJson http() {
        return http;
    }

    /** A figure measured with a step left out would be a figure of something else; a long query is cut each time. */
    private static void requireWhole(String what, List<String> degraded) {
        List<String> leftOut = degraded.stream()
                .filter(step -> !step.endsWith("-query-truncated"))
                .toList();
        if (!leftOut.isEmpty()) {
            throw new SuiteException("a " + what + " left out " + leftOut + ": is a service down?");
        }
    }

    private static Passage passage(JsonNode hit) {
        int page = hit.path("page").asInt();
        return new Passage(
                hit.path("documentId").asText(),
                hit.path("filename").asText(),
                page,
                hit.path("pageEnd").asInt(page),
                hit.path("text").asText(),
                hit.path("score").asDouble(),
                hit.path("start").asInt());
    }

    private static List<String> strings(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public void close() {
        http.close();
    }
}
