package org.mesolith.codec.v1;

import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.Disk;
import org.mesolith.proto.gen.v1.Resource.DiskInfo;
import org.mesolith.proto.gen.v1.Volume;

/** What is special about disk resources, between {@code mesos.v1} and our own. */
final class DiskCodec {
    private DiskCodec() {}

    static Disk decode(DiskInfo from, Path at, ShapeErrors errors) {
        var persistence = from.getPersistence();
        return new Disk(
                from.hasSource() ? source(from.getSource(), at.field("source"), errors) : null,
                from.hasPersistence()
                        ? new Disk.Persistence(
                                persistence.getId(), persistence.hasPrincipal() ? persistence.getPrincipal() : null)
                        : null,
                from.hasVolume() ? volume(from.getVolume(), at.field("volume"), errors) : null);
    }

    private static Disk.@Nullable Source source(DiskInfo.Source from, Path at, ShapeErrors errors) {
        var type = switch (from.getType()) {
            case PATH -> Disk.SourceType.PATH;
            case MOUNT -> Disk.SourceType.MOUNT;
            case BLOCK -> Disk.SourceType.BLOCK;
            case RAW -> Disk.SourceType.RAW;
            case UNKNOWN -> null;
        };
        if (type == null) {
            errors.add(at.field("type"), "must be PATH, MOUNT, BLOCK or RAW");
            return null;
        }
        var root = from.getPath().hasRoot()
                ? from.getPath().getRoot()
                : from.getMount().hasRoot() ? from.getMount().getRoot() : null;
        return new Disk.Source(
                type,
                root,
                from.hasVendor() ? from.getVendor() : null,
                from.hasId() ? from.getId() : null,
                from.hasProfile() ? from.getProfile() : null,
                ResourceCodec.labels(from.getMetadata()));
    }

    private static Disk.Volume volume(Volume from, Path at, ShapeErrors errors) {
        if (from.hasImage() || from.hasSource()) {
            errors.add(at, "of a resource cannot have an image or a source");
        }
        return new Disk.Volume(
                from.getContainerPath(),
                from.getMode() == Volume.Mode.RW ? Disk.Mode.RW : Disk.Mode.RO,
                from.hasHostPath() ? from.getHostPath() : null);
    }

    static DiskInfo encode(Disk from) {
        var to = DiskInfo.newBuilder();
        if (from.source() != null) {
            to.setSource(encode(from.source()));
        }
        var persistence = from.persistence();
        if (persistence != null) {
            to.getPersistenceBuilder().setId(persistence.id());
            if (persistence.principal() != null) {
                to.getPersistenceBuilder().setPrincipal(persistence.principal());
            }
        }
        var volume = from.volume();
        if (volume != null) {
            to.getVolumeBuilder()
                    .setContainerPath(volume.containerPath())
                    .setMode(volume.mode() == Disk.Mode.RW ? Volume.Mode.RW : Volume.Mode.RO);
            if (volume.hostPath() != null) {
                to.getVolumeBuilder().setHostPath(volume.hostPath());
            }
        }
        return to.build();
    }

    private static DiskInfo.Source encode(Disk.Source from) {
        var to = DiskInfo.Source.newBuilder()
                .setType(
                        switch (from.type()) {
                            case PATH -> DiskInfo.Source.Type.PATH;
                            case MOUNT -> DiskInfo.Source.Type.MOUNT;
                            case BLOCK -> DiskInfo.Source.Type.BLOCK;
                            case RAW -> DiskInfo.Source.Type.RAW;
                        });
        if (from.root() != null) {
            if (from.type() == Disk.SourceType.PATH) {
                to.getPathBuilder().setRoot(from.root());
            } else {
                to.getMountBuilder().setRoot(from.root());
            }
        }
        if (from.vendor() != null) {
            to.setVendor(from.vendor());
        }
        if (from.id() != null) {
            to.setId(from.id());
        }
        if (from.profile() != null) {
            to.setProfile(from.profile());
        }
        if (!from.metadata().labels().isEmpty()) {
            to.setMetadata(ResourceCodec.labels(from.metadata()));
        }
        return to.build();
    }
}
