/** The database of ingest: PostgreSQL unpacked from its artifact, or the address of one that is there already. */
@NullMarked
package quintet.local.database;

import org.jspecify.annotations.NullMarked;
