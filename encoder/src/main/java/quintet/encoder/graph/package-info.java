/**
 * Rewrites a transformer's weights as one packed, fused graph; {@link quintet.encoder.graph.RewriteModel} is the place to begin. Used
 * when the services are built, not when they run.
 */
@NullMarked
package quintet.encoder.graph;

import org.jspecify.annotations.NullMarked;
