/** A door for the fuzzer to what is not public. */
@NullMarked
package org.mesolith.wire;

import org.jspecify.annotations.NullMarked;
