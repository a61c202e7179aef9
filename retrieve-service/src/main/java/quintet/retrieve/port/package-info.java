/** What the pipelines need from outside. */
@NullMarked
package quintet.retrieve.port;

import org.jspecify.annotations.NullMarked;
