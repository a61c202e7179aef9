/** ONNX Runtime: one session shared by all workers. */
@NullMarked
package quintet.encoder.onnx;

import org.jspecify.annotations.NullMarked;
