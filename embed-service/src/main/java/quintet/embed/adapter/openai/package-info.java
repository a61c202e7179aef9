/** The embedding model behind any server that speaks OpenAI's embeddings. */
@NullMarked
package quintet.embed.adapter.openai;

import org.jspecify.annotations.NullMarked;
