/** Answers written by any server that speaks OpenAI's chat completions. */
@NullMarked
package quintet.generate.adapter.openai;

import org.jspecify.annotations.NullMarked;
