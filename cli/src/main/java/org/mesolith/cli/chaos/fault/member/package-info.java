/**
 * Changes that operators make while the cluster works: other members, other software.
 *
 * <p>Lives here: MemberFaults and its faults. May import: cli.chaos.fault, process, process.fault.
 */
@NullMarked
package org.mesolith.cli.chaos.fault.member;

import org.jspecify.annotations.NullMarked;
