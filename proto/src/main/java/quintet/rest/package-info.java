/** Failures on HTTP, as problem+json (RFC 9457). */
@NullMarked
package quintet.rest;

import org.jspecify.annotations.NullMarked;
