/** Language detection by n-gram profiles. */
@NullMarked
package quintet.ingest.adapter.optimaize;

import org.jspecify.annotations.NullMarked;
