package org.mesolith.state.row;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Disk;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Labels;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Ranges;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/** Adds the values that rows are made of to a {@link Hasher}, all their parts. */
final class ValueHash {
    private ValueHash() {}

    static void add(Hasher to, Position at) {
        to.add(at.index()).add((long) at.ordinal());
    }

    static void add(Hasher to, Opaque message) {
        to.add(message.schema()).add(message.bytes());
    }

    static void add(Hasher to, AgentInfo info) {
        to.add(info.hostname()).add((long) info.port());
        add(to, info.resources());
        to.add((long) info.attributes().size());
        for (var attribute : info.attributes()) {
            to.add(attribute.name());
            add(to, attribute.value());
        }
        var domain = info.domain();
        to.add(domain == null ? null : domain.region()).add(domain == null ? null : domain.zone());
        to.add((long) info.capabilities().size());
        for (var capability : info.capabilities()) {
            to.add((long) capability.number());
        }
        to.add(info.version());
    }

    static void add(Hasher to, FrameworkInfo info) {
        var id = info.id();
        to.add(id == null ? null : id.value()).add(info.user()).add(info.name());
        to.add((long) info.roles().size());
        for (var role : info.roles()) {
            to.add(role);
        }
        to.add((long) info.capabilities().size());
        for (var capability : info.capabilities()) {
            to.add((long) capability.number());
        }
        to.add(info.failoverTimeout())
                .add(info.checkpoint())
                .add(info.principal())
                .add(info.hostname());
        add(to, info.raw());
    }

    static void add(Hasher to, Resources resources) {
        to.add((long) resources.size());
        for (int i = 0; i < resources.size(); i++) {
            add(to, resources.get(i));
        }
    }

    private static void add(Hasher to, Resource resource) {
        add(to, resource.kind());
        add(to, resource.value());
        to.add((long) resource.copies());
    }

    private static void add(Hasher to, ResourceKind kind) {
        to.add(kind.name());
        add(to, kind.reservations());
        add(to, kind.disk());
        to.add(kind.revocable()).add(kind.shared()).add(kind.providerId()).add(kind.allocatedRole());
    }

    static void add(Hasher to, List<Reservation> stack) {
        to.add((long) stack.size());
        for (var reservation : stack) {
            to.add(reservation.type() == Reservation.Type.DYNAMIC)
                    .add(reservation.role())
                    .add(reservation.principal());
            add(to, reservation.labels());
        }
    }

    private static void add(Hasher to, Labels labels) {
        to.add((long) labels.labels().size());
        for (var label : labels.labels()) {
            to.add(label.key()).add(label.value());
        }
    }

    private static void add(Hasher to, @Nullable Disk disk) {
        to.add(disk != null);
        if (disk == null) {
            return;
        }
        var source = disk.source();
        to.add(source != null);
        if (source != null) {
            to.add(number(source.type()))
                    .add(source.root())
                    .add(source.vendor())
                    .add(source.id())
                    .add(source.profile());
            add(to, source.metadata());
        }
        var persistence = disk.persistence();
        to.add(persistence == null ? null : persistence.id());
        to.add(persistence == null ? null : persistence.principal());
        var volume = disk.volume();
        to.add(volume == null ? null : volume.containerPath());
        to.add(volume != null && volume.mode() == Disk.Mode.RO);
        to.add(volume == null ? null : volume.hostPath());
    }

    private static long number(Disk.SourceType type) {
        return switch (type) {
            case PATH -> 1;
            case MOUNT -> 2;
            case BLOCK -> 3;
            case RAW -> 4;
        };
    }

    private static void add(Hasher to, Value value) {
        switch (value) {
            case Value.Scalar(long milli) -> to.add(1L).add(milli);
            case Ranges ranges -> {
                to.add(2L).add((long) ranges.count());
                for (int i = 0; i < ranges.count(); i++) {
                    to.add(ranges.begin(i)).add(ranges.end(i));
                }
            }
            case Value.Items(var items) -> {
                to.add(3L).add((long) items.size());
                items.forEach(to::add);
            }
            case Value.Text(var text) -> to.add(4L).add(text);
        }
    }
}
