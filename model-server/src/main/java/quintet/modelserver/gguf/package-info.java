/** Files of models: what is read of them before llama.cpp is, and small ones made up for trials. */
@NullMarked
package quintet.modelserver.gguf;

import org.jspecify.annotations.NullMarked;
