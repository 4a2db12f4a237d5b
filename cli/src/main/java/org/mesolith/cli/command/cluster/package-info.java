/**
 * Commands about the masters themselves.
 *
 * <p>Lives here: ClusterInit, ClusterStatus. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.cluster;

import org.jspecify.annotations.NullMarked;
