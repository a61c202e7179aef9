/** Documents, versions, blocks and chunks. */
@NullMarked
package quintet.ingest.model;

import org.jspecify.annotations.NullMarked;
