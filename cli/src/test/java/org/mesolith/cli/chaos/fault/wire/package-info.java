/** Which directions the faults of connections mean. */
@NullMarked
package org.mesolith.cli.chaos.fault.wire;

import org.jspecify.annotations.NullMarked;
