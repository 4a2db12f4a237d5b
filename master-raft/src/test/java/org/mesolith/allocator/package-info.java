/**
 * Tests of the allocator: tables of who gets what, and laws that hold for random clusters.
 *
 * <p>Lives here: AllocatorBed and the tests. May import: allocator, model, base.
 */
@NullMarked
package org.mesolith.allocator;

import org.jspecify.annotations.NullMarked;
