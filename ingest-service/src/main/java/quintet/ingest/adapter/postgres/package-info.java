/** Registry and outbox in PostgreSQL through plain JDBC. */
@NullMarked
package quintet.ingest.adapter.postgres;

import org.jspecify.annotations.NullMarked;
