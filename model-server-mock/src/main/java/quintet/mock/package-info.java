/**
 * A model server that follows a script. It is a test tool for faults and overhead: it holds no model, and no service depends on it.
 */
@NullMarked
package quintet.mock;

import org.jspecify.annotations.NullMarked;
