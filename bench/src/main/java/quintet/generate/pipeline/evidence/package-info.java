/** The checker of generate-service, without a service around it. */
@NullMarked
package quintet.generate.pipeline.evidence;

import org.jspecify.annotations.NullMarked;
