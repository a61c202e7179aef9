/** Recall against speed and memory of every kind of vector index, beside the libraries that a Java developer takes. */
@NullMarked
package quintet.bench.retrieval;

import org.jspecify.annotations.NullMarked;
