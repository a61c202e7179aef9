/** Processes, their identity across restarts of the launcher, their ports, logs and memory. */
@NullMarked
package quintet.local.process;

import org.jspecify.annotations.NullMarked;
