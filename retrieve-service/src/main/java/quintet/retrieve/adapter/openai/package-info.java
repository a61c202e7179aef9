/** Queries written by any server that speaks OpenAI's chat completions. */
@NullMarked
package quintet.retrieve.adapter.openai;

import org.jspecify.annotations.NullMarked;
