/**
 * Commands about reservations.
 *
 * <p>Lives here: Reserve, Unreserve, ReservationLs. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.reservation;

import org.jspecify.annotations.NullMarked;
