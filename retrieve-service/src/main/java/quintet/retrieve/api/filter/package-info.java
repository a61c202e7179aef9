/** The languages of filters at the edges: a short text, JSON and protobuf. */
@NullMarked
package quintet.retrieve.api.filter;

import org.jspecify.annotations.NullMarked;
