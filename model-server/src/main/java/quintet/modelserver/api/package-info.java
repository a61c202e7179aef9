/** The HTTP edge: OpenAI's API, health and metrics. */
@NullMarked
package quintet.modelserver.api;

import org.jspecify.annotations.NullMarked;
