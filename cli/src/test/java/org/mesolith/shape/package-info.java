/**
 * The shape of the house, checked by the build.
 *
 * <p>Lives here: HouseShapeTest, HouseRules, Arrows, TidyTest. May import: ArchUnit; reads every module's classes and
 * files.
 */
@NullMarked
package org.mesolith.shape;

import org.jspecify.annotations.NullMarked;
