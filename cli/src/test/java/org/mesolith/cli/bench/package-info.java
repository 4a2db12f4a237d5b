/** Tests of the measurements. Lives here: tests. May import: cli.bench. */
@NullMarked
package org.mesolith.cli.bench;

import org.jspecify.annotations.NullMarked;
