/** Parsing with Apache Tika and the libraries beneath it. */
@NullMarked
package quintet.ingest.adapter.tika;

import org.jspecify.annotations.NullMarked;
