/**
 * Checkers of recorded histories. They read the history and nothing else: no process, no file of the cluster, none of
 * the code that they judge.
 *
 * <p>Lives here: Checker, Verdict, Checkers and one class for each property. May import: check.history, check.linear.
 */
@NullMarked
package org.mesolith.check;

import org.jspecify.annotations.NullMarked;
