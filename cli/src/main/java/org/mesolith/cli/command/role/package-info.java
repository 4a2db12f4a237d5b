/**
 * Commands about roles.
 *
 * <p>Lives here: RoleLs, RoleShow. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.role;

import org.jspecify.annotations.NullMarked;
