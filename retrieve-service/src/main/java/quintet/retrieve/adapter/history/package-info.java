/** The last searches, in a ring of files. */
@NullMarked
package quintet.retrieve.adapter.history;

import org.jspecify.annotations.NullMarked;
