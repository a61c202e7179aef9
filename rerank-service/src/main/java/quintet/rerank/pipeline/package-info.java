/** The second look at passages; {@link quintet.rerank.pipeline.RerankPipeline} is the place to begin. */
@NullMarked
package quintet.rerank.pipeline;

import org.jspecify.annotations.NullMarked;
