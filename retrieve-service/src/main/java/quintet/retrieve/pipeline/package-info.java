/** The two flows of the service: a question in {@link quintet.retrieve.pipeline.RetrievePipeline}, a document in {@link quintet.retrieve.pipeline.IndexPipeline}. */
@NullMarked
package quintet.retrieve.pipeline;

import org.jspecify.annotations.NullMarked;
