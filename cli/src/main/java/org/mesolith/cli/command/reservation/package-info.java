/**
 * Commands about reservations, and about the volumes that are made of reserved disk.
 *
 * <p>Lives here: Reserve, Unreserve, ReservationLs, ReservationNote, ReservationGc, VolumeLs, VolumeCreate, VolumeRm,
 * VolumeGrow, VolumeShrink. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.reservation;

import org.jspecify.annotations.NullMarked;
