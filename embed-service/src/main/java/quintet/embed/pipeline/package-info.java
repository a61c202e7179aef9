/** The flow from texts to vectors; {@link quintet.embed.pipeline.EmbedPipeline} is the place to begin. */
@NullMarked
package quintet.embed.pipeline;

import org.jspecify.annotations.NullMarked;
