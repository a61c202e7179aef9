/** What a person sees while it runs, and what it leaves. */
@NullMarked
package quintet.bench.report;

import org.jspecify.annotations.NullMarked;
