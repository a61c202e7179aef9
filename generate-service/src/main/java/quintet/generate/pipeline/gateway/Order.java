package quintet.generate.pipeline.gateway;

import quintet.generate.model.Asker;
import quintet.generate.model.Deadline;

/**
 * A prompt as admission sees it.
 *
 * @param prefix key of what it shares with other prompts
 * @param price tokens of the prompt and of the answer that is expected
 * @param deadline when the answer has to be complete
 */
record Order(Asker asker, long prefix, long price, Deadline deadline) {}
