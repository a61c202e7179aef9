package quintet.generate.adapter.openai;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.openai.internal.chat.AssistantMessage;
import dev.langchain4j.model.openai.internal.chat.ChatCompletionRequest;
import dev.langchain4j.model.openai.internal.chat.ChatCompletionResponse;
import dev.langchain4j.model.openai.internal.chat.SystemMessage;
import dev.langchain4j.model.openai.internal.chat.UserMessage;
import dev.langchain4j.model.openai.internal.shared.StreamOptions;
import dev.langchain4j.model.openai.internal.shared.Usage;
import io.quarkiverse.langchain4j.openai.common.OpenAiRestApi;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Completion;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Message;
import quintet.generate.port.ChatModel;

/**
 * {@link ChatModel} over any server that speaks OpenAI's chat completions: vLLM, SGLang, llama.cpp's server, Ollama, OpenAI.
 *
 * <p>It stands on the REST client of quarkus-langchain4j, one level below its {@code StreamingChatModel}: that one's streaming handle
 * does nothing for this provider, so the server would go on writing for a client that has left. Cancelling the {@link Multi} of the
 * REST client closes the connection, at the latest when the server sends its headers, which vLLM does before the first token.
 */
@ApplicationScoped
class OpenAiChatModel implements ChatModel {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Optional<OpenAiRestApi> server;
    private final String model;
    private final int maxTokens;
    private final double temperature;
    private final OpenAiRestApi.ApiMetadata metadata;

    OpenAiChatModel(OpenAiConfig config) {
        this.server = config.url().map(url -> client(url, config.connectTimeout()));
        this.model = config.model();
        this.maxTokens = config.maxTokens();
        this.temperature = config.temperature();
        this.metadata = OpenAiRestApi.ApiMetadata.builder()
                .openAiApiKey(config.apiKeyFile().map(OpenAiChatModel::read).orElse(null))
                .build();
    }

    private static OpenAiRestApi client(URI url, Duration connectTimeout) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                // The pipeline bounds the time to the first token and between tokens.
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .build(OpenAiRestApi.class);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the API key file %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public AnswerMode mode() {
        return AnswerMode.GENERATIVE;
    }

    @Override
    public boolean configured() {
        return server.isPresent();
    }

    @Override
    public String name() {
        return model;
    }

    @Override
    public Multi<Completion> complete(Task task) {
        return Multi.createFrom().deferred(() -> {
            Stream stream = new Stream();
            return server.orElseThrow()
                    .streamingChatCompletion(request(task.prompt()), metadata)
                    .onItem()
                    .transformToIterable(stream::read)
                    .onCompletion()
                    .switchTo(() -> Multi.createFrom().item(stream::finished))
                    .onFailure()
                    .transform(OpenAiChatModel::toFailure);
        });
    }

    private ChatCompletionRequest request(List<Message> prompt) {
        List<dev.langchain4j.model.openai.internal.chat.Message> messages = new ArrayList<>();
        for (Message message : prompt) {
            messages.add(
                    switch (message.speaker()) {
                        case SYSTEM -> SystemMessage.from(message.content());
                        case USER -> UserMessage.from(message.content());
                        case ASSISTANT -> AssistantMessage.from(message.content());
                    });
        }
        return ChatCompletionRequest.builder()
                .model(model)
                .messages(messages)
                .temperature(temperature)
                .maxTokens(maxTokens)
                .stream(true)
                .streamOptions(StreamOptions.builder().includeUsage(true).build())
                .build();
    }

    private static Failure toFailure(Throwable thrown) {
        if (thrown instanceof Failure failure) {
            return failure;
        }
        int status = status(thrown);
        if (status == 429) {
            return Failure.overloaded(
                    "MODEL_SERVER_OVERLOADED", "the model server refused for load (429)", RETRY_AFTER);
        }
        String what = status > 0 ? "answered with status %d".formatted(status) : "does not answer as it should";
        return Failure.unavailable("MODEL_SERVER_UNAVAILABLE", "the model server " + what, thrown);
    }

    private static int status(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof HttpException http) {
                return http.statusCode();
            }
            if (t instanceof WebApplicationException refused) {
                return refused.getResponse().getStatus();
            }
        }
        return 0;
    }

    /** What is known of one stream. */
    private static final class Stream {
        private @Nullable String finishReason;
        private quintet.generate.model.Usage usage = quintet.generate.model.Usage.NONE;

        List<Completion> read(ChatCompletionResponse chunk) {
            Usage counted = chunk.usage();
            if (counted != null && counted.promptTokens() != null) {
                Integer completion = counted.completionTokens();
                usage = new quintet.generate.model.Usage(counted.promptTokens(), completion == null ? 0 : completion);
            }
            if (chunk.choices() == null || chunk.choices().isEmpty()) {
                return List.of();
            }
            var choice = chunk.choices().getFirst();
            if (choice.finishReason() != null) {
                finishReason = choice.finishReason();
            }
            String text = choice.delta() == null ? null : choice.delta().content();
            return text == null || text.isEmpty() ? List.of() : List.of(new Completion.Delta(text));
        }

        /** Returns the end; a stream that only stops was broken. */
        Completion finished() {
            if (finishReason == null) {
                throw Failure.unavailable(
                        "MODEL_SERVER_UNAVAILABLE", "the model server broke off before the end of the answer", null);
            }
            FinishReason reason = finishReason.equals("length") ? FinishReason.LENGTH : FinishReason.STOP;
            return new Completion.Finished(reason, usage);
        }
    }
}
