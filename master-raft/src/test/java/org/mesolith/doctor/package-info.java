/** Tests of a master that looks after itself. Lives here: tests and their fakes. May import: log, base. */
@NullMarked
package org.mesolith.doctor;

import org.jspecify.annotations.NullMarked;
