/**
 * Commands about the weights of roles.
 *
 * <p>Lives here: WeightGet, WeightSet. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.weight;

import org.jspecify.annotations.NullMarked;
