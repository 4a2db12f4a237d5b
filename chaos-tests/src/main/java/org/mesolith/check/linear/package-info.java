/**
 * Whether concurrent operations look as if they had been carried out one after the other, each between its call and its
 * answer: the search of Wing and Gong, with Lowe's memory of what was tried.
 *
 * <p>Lives here: Operation, Model, Register, Table, Swap, Levels, Draining, OpenWrites, Search. May import:
 * nothing.
 */
@NullMarked
package org.mesolith.check.linear;

import org.jspecify.annotations.NullMarked;
