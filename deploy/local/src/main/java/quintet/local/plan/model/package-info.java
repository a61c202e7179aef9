/** What a model's {@code config.json} says: attention, windows, experts, parameters, quantization; and the models known by name. */
@NullMarked
package quintet.local.plan.model;

import org.jspecify.annotations.NullMarked;
