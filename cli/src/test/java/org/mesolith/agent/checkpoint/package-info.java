/** A door for the fuzzer to what is not public. */
@NullMarked
package org.mesolith.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
