package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Valid bags from a small world, so that equal kinds meet often; everything in them can be written as text. */
final class RandomResources {
    private static final List<List<Reservation>> STACKS = List.of(
            List.of(),
            List.of(Reservation.fixed("a")),
            List.of(Reservation.dynamic("a", "ops")),
            List.of(Reservation.fixed("a"), Reservation.dynamic("a/b", null)),
            List.of(new Reservation(
                    Reservation.Type.DYNAMIC, "b", "ops", new Labels(List.of(new Label("k", "v"), Label.of("x"))))));

    private final Random random;

    RandomResources(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** Any kinds of entries. */
    Resources bag() {
        return bag(5);
    }

    /** Only entries of which a sum forgets nothing: no ranges and sets, which overlap. */
    Resources countableBag() {
        return bag(3);
    }

    private Resources bag(int names) {
        List<Resource> entries = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            entries.add(entry(names));
        }
        return Resources.of(entries);
    }

    private Resource entry(int names) {
        ResourceKind kind = switch (random.nextInt(names)) {
            case 0 -> ResourceKind.plain("cpus");
            case 1 -> ResourceKind.plain("mem");
            case 2 -> ResourceKind.plain("disk");
            case 3 -> ResourceKind.plain("ports");
            default -> ResourceKind.plain("features");
        };
        List<Reservation> stack = STACKS.get(random.nextInt(STACKS.size()));
        kind = kind.withReservations(stack).withRevocable(random.nextInt(6) == 0);
        if (kind.name().equals("disk")) {
            kind = withDisk(kind);
        }
        if (random.nextInt(10) == 0) {
            kind = kind.allocatedTo("a/b");
        }
        if (random.nextInt(10) == 0) {
            kind = kind.withProvider("provider-1");
        }
        return new Resource(kind, value(kind.name()), kind.shared() ? 1 + random.nextInt(3) : 1);
    }

    private ResourceKind withDisk(ResourceKind kind) {
        Disk.Source source = switch (random.nextInt(5)) {
            case 0 -> Disk.Source.of(Disk.SourceType.PATH, "/data");
            case 1 -> Disk.Source.of(Disk.SourceType.MOUNT, "/mnt/1");
            case 2 -> new Disk.Source(Disk.SourceType.RAW, null, "vendor", id(), "fast", Labels.NONE);
            case 3 -> new Disk.Source(Disk.SourceType.BLOCK, null, null, "id1", null, Labels.NONE);
            default -> null;
        };
        if (!kind.isReserved() || random.nextBoolean()) {
            return source == null ? kind : kind.withDisk(Disk.of(source));
        }
        var volume = new Disk.Volume("path" + random.nextInt(2), Disk.Mode.RW, null);
        return kind.withDisk(new Disk(source, new Disk.Persistence("id" + random.nextInt(2), null), volume))
                .withRevocable(false)
                .withShared(random.nextBoolean());
    }

    private @Nullable String id() {
        return random.nextBoolean() ? "id1" : null;
    }

    private Value value(String name) {
        return switch (name) {
            case "ports" -> ranges(60);
            case "features" ->
                new Value.Items(List.of("abcdef"
                        .substring(random.nextInt(3), 4 + random.nextInt(3))
                        .split("")));
            case "disk" -> new Value.Scalar(1000L * (1 + random.nextInt(2)));
            default -> new Value.Scalar(1 + random.nextInt(4000));
        };
    }

    Ranges ranges(int max) {
        long[] bounds = new long[2 * random.nextInt(5)];
        for (int i = 0; i < bounds.length; i += 2) {
            bounds[i] = random.nextInt(max);
            bounds[i + 1] = bounds[i] + random.nextInt(max / 5);
        }
        return Ranges.of(bounds);
    }
}
