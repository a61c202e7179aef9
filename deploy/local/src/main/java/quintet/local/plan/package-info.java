/**
 * The GPU planner: from a model, a GPU and a load to memory, parallelism, speed and the model server's arguments. Arithmetic alone:
 * no network, no GPU. {@link quintet.local.plan.Planner} is the class to open first.
 */
@NullMarked
package quintet.local.plan;

import org.jspecify.annotations.NullMarked;
