/** Parts that wait for the rest of their version, as files. */
@NullMarked
package quintet.retrieve.adapter.file;

import org.jspecify.annotations.NullMarked;
