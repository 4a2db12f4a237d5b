/**
 * Commands about the quota of roles.
 *
 * <p>Lives here: QuotaGet, QuotaSet, QuotaRm. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.quota;

import org.jspecify.annotations.NullMarked;
