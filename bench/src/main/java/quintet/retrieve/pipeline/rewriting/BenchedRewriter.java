package quintet.retrieve.pipeline.rewriting;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import quintet.retrieve.port.TextModel;

/** What retrieve-service makes of queries, with its defaults and without a model server; in this package as only a benchmark may be. */
public final class BenchedRewriter {
    private static final int PRIORITY = 200;

    private static final TextModel NO_MODEL = new TextModel() {
        @Override
        public boolean isConfigured() {
            return false;
        }

        @Override
        public Uni<String> write(String instructions, String input, int maxTokens, Duration budget) {
            throw new IllegalStateException("there is no model server");
        }
    };

    private BenchedRewriter() {}

    /** Returns it. */
    public static QueryRewriter create() {
        RewritingConfig config = new SmallRyeConfigBuilder()
                // Quarkus brings this one to the service: "2s".
                .withConverter(Duration.class, PRIORITY, text -> Duration.parse("PT" + text))
                .withMapping(RewritingConfig.class)
                .build()
                .getConfigMapping(RewritingConfig.class);
        return new QueryRewriter(NO_MODEL, config);
    }
}
