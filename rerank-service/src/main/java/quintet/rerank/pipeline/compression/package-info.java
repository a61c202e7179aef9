/** Leaving out of passages what does not matter; {@link quintet.rerank.pipeline.compression.CompressPipeline} is the place to begin. */
@NullMarked
package quintet.rerank.pipeline.compression;

import org.jspecify.annotations.NullMarked;
