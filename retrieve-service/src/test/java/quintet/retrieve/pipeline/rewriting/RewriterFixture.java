package quintet.retrieve.pipeline.rewriting;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import quintet.retrieve.port.TextModel;

/** The rewriter as it runs in the service, without its container. */
public final class RewriterFixture {
    /** No model server is configured. */
    public static final TextModel NO_MODEL = new TextModel() {
        @Override
        public boolean isConfigured() {
            return false;
        }

        @Override
        public Uni<String> write(String instructions, String input, int maxTokens, Duration budget) {
            throw new IllegalStateException("there is no model server");
        }
    };

    private RewriterFixture() {}

    public static QueryRewriter rewriter(TextModel model) {
        RewritingConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RewritingConfig.class)
                .build()
                .getConfigMapping(RewritingConfig.class);
        return new QueryRewriter(model, config);
    }
}
