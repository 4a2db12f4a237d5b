package org.mesolith.statecodec;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.model.Disk;
import org.mesolith.model.Label;
import org.mesolith.model.Labels;
import org.mesolith.model.Ranges;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;
import org.mesolith.proto.gen.rows.Rows;

/** Resources and what they are made of, both ways. */
final class ResourceMapping {
    private static final int STATIC = 1;
    private static final int DYNAMIC = 2;

    private ResourceMapping() {}

    static Rows.Resources write(Resources resources) {
        var written = Rows.Resources.newBuilder();
        for (int i = 0; i < resources.size(); i++) {
            written.addEntries(write(resources.get(i)));
        }
        return written.build();
    }

    static Resources read(Rows.Resources resources) {
        if (resources.getEntriesCount() == 0) {
            return Resources.EMPTY;
        }
        var entries = new ArrayList<Resource>(resources.getEntriesCount());
        for (var entry : resources.getEntriesList()) {
            entries.add(read(entry));
        }
        return Resources.of(entries);
    }

    private static Rows.Resource write(Resource resource) {
        var kind = resource.kind();
        var written = Rows.Resource.newBuilder()
                .setName(kind.name())
                .setValue(write(resource.value()))
                .setRevocable(kind.revocable())
                .setShared(kind.shared())
                .setCopies(resource.copies() == 1 ? 0 : resource.copies());
        kind.reservations().forEach(reservation -> written.addReservations(write(reservation)));
        var disk = kind.disk();
        if (disk != null) {
            written.setDisk(write(disk));
        }
        var provider = kind.providerId();
        if (provider != null) {
            written.setProviderId(provider);
        }
        var role = kind.allocatedRole();
        if (role != null) {
            written.setAllocatedRole(role);
        }
        return written.build();
    }

    private static Resource read(Rows.Resource resource) {
        return new Resource(kind(resource), read(resource.getValue()), Math.max(1, resource.getCopies()));
    }

    private static ResourceKind kind(Rows.Resource resource) {
        boolean plain = resource.getReservationsCount() == 0
                && !resource.hasDisk()
                && !resource.getRevocable()
                && !resource.getShared()
                && !resource.hasProviderId();
        if (plain) {
            var kind = ResourceKind.plain(resource.getName());
            return resource.hasAllocatedRole() ? kind.allocatedTo(resource.getAllocatedRole()) : kind;
        }
        return new ResourceKind(
                resource.getName(),
                resource.getReservationsList().stream()
                        .map(ResourceMapping::read)
                        .toList(),
                resource.hasDisk() ? read(resource.getDisk()) : null,
                resource.getRevocable(),
                resource.getShared(),
                resource.hasProviderId() ? resource.getProviderId() : null,
                resource.hasAllocatedRole() ? resource.getAllocatedRole() : null);
    }

    static Rows.Reservation write(Reservation reservation) {
        var written = Rows.Reservation.newBuilder()
                .setType(reservation.isDynamic() ? DYNAMIC : STATIC)
                .setRole(reservation.role())
                .addAllLabels(write(reservation.labels()));
        var principal = reservation.principal();
        if (principal != null) {
            written.setPrincipal(principal);
        }
        return written.build();
    }

    static Reservation read(Rows.Reservation reservation) {
        var type = switch (reservation.getType()) {
            case STATIC -> Reservation.Type.STATIC;
            case DYNAMIC -> Reservation.Type.DYNAMIC;
            default -> throw new UnknownFormatException("reservation type " + reservation.getType());
        };
        return new Reservation(
                type,
                reservation.getRole(),
                reservation.hasPrincipal() ? reservation.getPrincipal() : null,
                read(reservation.getLabelsList()));
    }

    private static List<Rows.Label> write(Labels labels) {
        return labels.labels().stream().map(ResourceMapping::write).toList();
    }

    private static Rows.Label write(Label label) {
        var written = Rows.Label.newBuilder().setKey(label.key());
        var value = label.value();
        if (value != null) {
            written.setValue(value);
        }
        return written.build();
    }

    private static Labels read(List<Rows.Label> labels) {
        return labels.isEmpty()
                ? Labels.NONE
                : new Labels(labels.stream()
                        .map(label -> new Label(label.getKey(), label.hasValue() ? label.getValue() : null))
                        .toList());
    }

    private static Rows.Disk write(Disk disk) {
        var written = Rows.Disk.newBuilder();
        var source = disk.source();
        if (source != null) {
            written.setSource(write(source));
        }
        var persistence = disk.persistence();
        if (persistence != null) {
            written.setPersistenceId(persistence.id());
            var principal = persistence.principal();
            if (principal != null) {
                written.setPersistencePrincipal(principal);
            }
        }
        var volume = disk.volume();
        if (volume != null) {
            var mounted = Rows.Volume.newBuilder()
                    .setContainerPath(volume.containerPath())
                    .setReadOnly(volume.mode() == Disk.Mode.RO);
            var host = volume.hostPath();
            if (host != null) {
                mounted.setHostPath(host);
            }
            written.setVolume(mounted);
        }
        return written.build();
    }

    private static Disk read(Rows.Disk disk) {
        var volume = disk.getVolume();
        return new Disk(
                disk.hasSource() ? read(disk.getSource()) : null,
                disk.hasPersistenceId()
                        ? new Disk.Persistence(
                                disk.getPersistenceId(),
                                disk.hasPersistencePrincipal() ? disk.getPersistencePrincipal() : null)
                        : null,
                disk.hasVolume()
                        ? new Disk.Volume(
                                volume.getContainerPath(),
                                volume.getReadOnly() ? Disk.Mode.RO : Disk.Mode.RW,
                                volume.hasHostPath() ? volume.getHostPath() : null)
                        : null);
    }

    private static Rows.DiskSource write(Disk.Source source) {
        var written = Rows.DiskSource.newBuilder()
                .setType(
                        switch (source.type()) {
                            case PATH -> 1;
                            case MOUNT -> 2;
                            case BLOCK -> 3;
                            case RAW -> 4;
                        })
                .addAllMetadata(write(source.metadata()));
        var root = source.root();
        if (root != null) {
            written.setRoot(root);
        }
        var vendor = source.vendor();
        if (vendor != null) {
            written.setVendor(vendor);
        }
        var id = source.id();
        if (id != null) {
            written.setId(id);
        }
        var profile = source.profile();
        if (profile != null) {
            written.setProfile(profile);
        }
        return written.build();
    }

    private static Disk.Source read(Rows.DiskSource source) {
        var type = switch (source.getType()) {
            case 1 -> Disk.SourceType.PATH;
            case 2 -> Disk.SourceType.MOUNT;
            case 3 -> Disk.SourceType.BLOCK;
            case 4 -> Disk.SourceType.RAW;
            default -> throw new UnknownFormatException("disk source type " + source.getType());
        };
        return new Disk.Source(
                type,
                source.hasRoot() ? source.getRoot() : null,
                source.hasVendor() ? source.getVendor() : null,
                source.hasId() ? source.getId() : null,
                source.hasProfile() ? source.getProfile() : null,
                read(source.getMetadataList()));
    }

    static Rows.Value write(Value value) {
        var written = Rows.Value.newBuilder();
        return switch (value) {
            case Value.Scalar(long milli) -> written.setScalarMilli(milli).build();
            case Ranges ranges -> {
                var bounds = Rows.Ranges.newBuilder();
                for (int i = 0; i < ranges.count(); i++) {
                    bounds.addBounds(ranges.begin(i)).addBounds(ranges.end(i));
                }
                yield written.setRanges(bounds).build();
            }
            case Value.Items(var items) ->
                written.setItems(Rows.Items.newBuilder().addAllItems(items)).build();
            case Value.Text(var text) -> written.setText(text).build();
        };
    }

    static Value read(Rows.Value value) {
        return switch (value.getValueCase()) {
            case SCALAR_MILLI -> new Value.Scalar(value.getScalarMilli());
            case RANGES -> {
                var bounds = value.getRanges().getBoundsList();
                yield bounds.isEmpty()
                        ? Ranges.NONE
                        : Ranges.of(bounds.stream().mapToLong(Long::longValue).toArray());
            }
            case ITEMS -> new Value.Items(value.getItems().getItemsList());
            case TEXT -> new Value.Text(value.getText());
            case VALUE_NOT_SET -> throw new UnknownFormatException("value without a known type");
        };
    }
}
