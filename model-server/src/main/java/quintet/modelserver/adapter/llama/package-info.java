/** llama.cpp, called through its C API. */
@NullMarked
package quintet.modelserver.adapter.llama;

import org.jspecify.annotations.NullMarked;
