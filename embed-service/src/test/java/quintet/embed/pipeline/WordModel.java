package quintet.embed.pipeline;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.embed.port.EmbeddingModel;
import quintet.failure.Failure;

/** An {@link EmbeddingModel} whose tokens are words and which remembers what it was asked. */
final class WordModel implements EmbeddingModel {
    final List<String> embedded = new ArrayList<>();
    final List<Urgency> urgencies = new ArrayList<>();
    private final int maxTokens;
    boolean busy;

    WordModel(int maxTokens) {
        this.maxTokens = maxTokens;
    }

    @Override
    public ModelRef ref() {
        return new ModelRef("words", "1", 2);
    }

    @Override
    public Uni<Void> ready() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public int maxPassageTokens() {
        return maxTokens;
    }

    @Override
    public boolean canBeCutTo(int dimensions) {
        return dimensions == 1;
    }

    @Override
    public boolean takesInstructions() {
        return false;
    }

    @Override
    public boolean takesImages() {
        return false;
    }

    @Override
    public int countTokens(String text) {
        return words(text).size();
    }

    @Override
    public String firstTokens(String text, int tokens) {
        List<String> kept = new ArrayList<>();
        int left = tokens;
        for (String word : text.split(" ")) {
            left -= word.equals(">") ? 0 : 1;
            if (left < 0) {
                break;
            }
            kept.add(word);
        }
        return String.join(" ", kept).replaceAll(" >$", "");
    }

    @Override
    public Uni<EmbedResult> embed(EmbedRequest request, Urgency urgency) {
        urgencies.add(urgency);
        return Uni.createFrom().item(() -> embedWhenRoom(request.texts()));
    }

    @Override
    public EmbedResult embedWhenRoom(List<String> passages) {
        if (busy) {
            throw new AssertionError("waits for the model");
        }
        for (String passage : passages) {
            if (countTokens(passage) > maxTokens) {
                throw Failure.invalidInput("TEXT_TOO_LONG", "too long");
            }
            embedded.add(passage);
        }
        return new EmbedResult(
                passages.stream()
                        .map(_ -> new Embedding(new UnitVector(0.6f, 0.8f), 3, false))
                        .toList(),
                ref(),
                Duration.ZERO,
                Duration.ofMillis(1));
    }

    @Override
    public void close() {}

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.isBlank() && !word.equals(">"))
                .collect(Collectors.toList());
    }
}
