/** The flow of a document: {@link quintet.ingest.pipeline.IngestPipeline} is the class to open first. */
@NullMarked
package quintet.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
