/** The commands behind the {@code quintet} script; each parses, calls one thing and prints. */
@NullMarked
package quintet.local.cli;

import org.jspecify.annotations.NullMarked;
