/** Bytes that nobody would send, at everything that reads bytes from outside: guided by what they reach. */
@NullMarked
package org.mesolith.fuzz;

import org.jspecify.annotations.NullMarked;
