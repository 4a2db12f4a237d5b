package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Disk;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;
import org.mesolith.sim.plan.Dice;

/** Makes wishes to reserve, to make volumes, and to undo both, out of what there is. */
final class ConversionMaker {
    private static final long VOLUME_MILLI = 64_000;
    private static final long STEP_MILLI = 8_000;

    private final String name;
    private final Dice dice;
    private int volumes;
    private int operations;

    ConversionMaker(String name, Dice dice) {
        this.name = name;
        this.dice = dice;
    }

    /** Something that could be done with these for this role; null when nothing comes to mind. */
    @Nullable
    OfferOperation one(String role, Resources all) {
        return switch (dice.below(9)) {
            case 0, 1, 2 -> reserve(role, all);
            case 3 -> unreserve(all);
            case 4, 5 -> create(all);
            case 6 -> destroy(all);
            case 7 -> grow(all);
            default -> shrink(all);
        };
    }

    /** The same with a name of its own, now and then. */
    OfferOperation named(OfferOperation operation) {
        if (dice.oneIn(2)) {
            return operation;
        }
        var id = new OperationId(name + "-op-" + ++operations);
        return switch (operation) {
            case OfferOperation.Reserve(var _, var source, var made) -> new OfferOperation.Reserve(id, source, made);
            case OfferOperation.Unreserve(var _, var resources) -> new OfferOperation.Unreserve(id, resources);
            case OfferOperation.Create(var _, var made) -> new OfferOperation.Create(id, made);
            case OfferOperation.Destroy(var _, var gone) -> new OfferOperation.Destroy(id, gone);
            case OfferOperation.GrowVolume(var _, var volume, var more) ->
                new OfferOperation.GrowVolume(id, volume, more);
            case OfferOperation.ShrinkVolume(var _, var volume, long less) ->
                new OfferOperation.ShrinkVolume(id, volume, less);
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> operation;
        };
    }

    private @Nullable OfferOperation reserve(String role, Resources all) {
        var amount = Resources.parse("cpus:0." + (1 + dice.below(5)) + ";mem:" + (16 + dice.below(64)) + ";disk:128");
        if (dice.oneIn(role.indexOf('/') < 0 ? 4 : 2)) {
            return refine(role, all);
        }
        return all.contains(amount)
                ? new OfferOperation.Reserve(
                        null, Resources.EMPTY, amount.pushReservation(Reservation.dynamic(role, null)))
                : null;
    }

    /** One more reservation, for a role below. */
    private @Nullable OfferOperation refine(String role, Resources all) {
        int slash = role.indexOf('/');
        var parent = slash < 0 ? role : role.substring(0, slash);
        var plain = plain(all.reservedTo(parent));
        return slash < 0 || plain.isEmpty()
                ? null
                : new OfferOperation.Reserve(
                        null,
                        Resources.EMPTY,
                        Resources.of(dice.oneOf(plain)).pushReservation(Reservation.dynamic(role, null)));
    }

    /** What is reserved for somebody gets another owner; only operators may. */
    @Nullable
    OfferOperation anotherOwner(Resources all, String role) {
        var plain = plain(all.reserved());
        if (plain.isEmpty()) {
            return null;
        }
        var source = Resources.of(dice.oneOf(plain));
        return new OfferOperation.Reserve(
                null, source, source.toUnreserved().pushReservation(Reservation.dynamic(role, null)));
    }

    private @Nullable OfferOperation unreserve(Resources all) {
        var plain = plain(all.reserved());
        return plain.isEmpty() ? null : new OfferOperation.Unreserve(null, Resources.of(dice.oneOf(plain)));
    }

    private @Nullable OfferOperation create(Resources all) {
        var disks = plain(all.reserved().named("disk")).stream()
                .filter(disk -> disk.milli() >= VOLUME_MILLI)
                .toList();
        if (disks.isEmpty()) {
            return null;
        }
        var disk = dice.oneOf(disks);
        var volume = disk.withValue(new Value.Scalar(VOLUME_MILLI))
                .withKind(disk.kind()
                        .withDisk(Disk.volume(name + "-volume-" + ++volumes, null, "data"))
                        .withShared(dice.oneIn(3)));
        return new OfferOperation.Create(null, Resources.of(volume));
    }

    private @Nullable OfferOperation destroy(Resources all) {
        var made = all.persistentVolumes().withSingleCopies();
        return made.isEmpty() ? null : new OfferOperation.Destroy(null, Resources.of(dice.oneOf(made.entries())));
    }

    private @Nullable OfferOperation grow(Resources all) {
        var own = all.persistentVolumes().nonShared();
        if (own.isEmpty()) {
            return null;
        }
        var volume = dice.oneOf(own.entries());
        var more = volume.withKind(volume.kind().withoutVolume()).withValue(new Value.Scalar(STEP_MILLI));
        return new OfferOperation.GrowVolume(null, Resources.of(volume), Resources.of(more));
    }

    private @Nullable OfferOperation shrink(Resources all) {
        var own = all.persistentVolumes().nonShared();
        return own.isEmpty()
                ? null
                : new OfferOperation.ShrinkVolume(null, Resources.of(dice.oneOf(own.entries())), STEP_MILLI);
    }

    /** Without volumes. */
    private static List<Resource> plain(Resources resources) {
        var plain = new ArrayList<Resource>();
        for (var resource : resources) {
            if (!resource.kind().isPersistentVolume()) {
                plain.add(resource);
            }
        }
        return plain;
    }
}
