/** The cross-encoder, on ONNX Runtime in this process. */
@NullMarked
package quintet.rerank.adapter.onnx;

import org.jspecify.annotations.NullMarked;
