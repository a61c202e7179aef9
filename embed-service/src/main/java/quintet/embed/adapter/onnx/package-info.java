/** The embedding model, on ONNX Runtime in this process. */
@NullMarked
package quintet.embed.adapter.onnx;

import org.jspecify.annotations.NullMarked;
