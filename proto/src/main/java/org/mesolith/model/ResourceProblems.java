package org.mesolith.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is wrong with resources by themselves, all of it, as sentences. Rules: Mesos {@code resources.cpp}. */
public final class ResourceProblems {
    /** Largest amount of one name in units: 1 EiB counted in MiB. */
    public static final long AMOUNT_MAX = 1L << 40;

    private ResourceProblems() {}

    /** Of each resource, and of all together: one type a name, no name beyond {@link #AMOUNT_MAX}. Empty = valid. */
    public static List<String> of(Collection<Resource> resources) {
        List<String> problems = new ArrayList<>();
        resources.forEach(resource -> problems.addAll(of(resource)));
        problems.addAll(ofSum(resources));
        return List.copyOf(problems);
    }

    /** What keeps resources from being added up. */
    static List<String> ofSum(Collection<Resource> resources) {
        List<String> problems = new ArrayList<>();
        SortedMap<String, String> typeByName = new TreeMap<>();
        Quantities sum = Quantities.NONE;
        for (Resource resource : resources) {
            String type = resource.value().typeName();
            String known = typeByName.putIfAbsent(resource.name(), type);
            if (known != null && !known.equals(type)) {
                problems.add("resource " + resource.name() + " is given as " + known + " and as " + type
                        + "; use one of them");
            }
            sum = sum.plus(Quantities.of(resource));
        }
        sum.forEach((name, milli) -> {
            if (milli > Milli.ofUnits(AMOUNT_MAX)) {
                problems.add("resources named " + name + " sum up to " + Milli.text(milli) + "; at most " + AMOUNT_MAX
                        + " are counted");
            }
        });
        return problems;
    }

    /** Of one resource by itself. Empty = valid. */
    public static List<String> of(Resource resource) {
        List<String> problems = new ArrayList<>();
        if (resource.name().isBlank()) {
            problems.add("a resource has no name");
        }
        amount(resource, problems);
        reservations(resource, problems);
        String role = resource.kind().allocatedRole();
        if (role != null) {
            addNotNull(problems, about(resource, " is allocated: ", Roles.problem(role)));
        }
        disk(resource, problems);
        return problems;
    }

    /** Of the resources of one task or executor beyond {@link #of(Collection)}: what may not come together in it. */
    public static List<String> ofTask(Resources resources) {
        List<String> problems = new ArrayList<>();
        TreeSet<String> volumes = new TreeSet<>();
        for (Resource resource : resources.persistentVolumes()) {
            String id = resource.kind().reservedRole() + " " + persistenceId(resource);
            if (!volumes.add(id)) {
                problems.add("the persistence id " + persistenceId(resource) + " appears twice; use each volume once");
            }
        }
        if (resources.byAllocatedRole().size() > 1) {
            problems.add("resources are allocated to several roles "
                    + resources.byAllocatedRole().keySet() + "; use those of one role");
        }
        for (String name : resources.names()) {
            Resources named = resources.named(name);
            if (!named.revocable().isEmpty() && !named.nonRevocable().isEmpty()) {
                problems.add("resource " + name + " is both revocable and not; use one of them");
            }
        }
        return problems;
    }

    /**
     * Of ranges as somebody sent them, begin, end, begin, end, …: they must not overlap. Empty = {@link Ranges#of}
     * works.
     */
    public static List<String> ofRanges(String name, long... beginsAndEnds) {
        List<String> problems = new ArrayList<>();
        try {
            Ranges ranges = Ranges.of(beginsAndEnds);
            long numbers = 0;
            for (int i = 0; i < beginsAndEnds.length; i += 2) {
                numbers = Milli.plusSaturated(numbers, beginsAndEnds[i + 1] - beginsAndEnds[i] + 1);
            }
            if (numbers != ranges.numbers()) {
                problems.add("ranges of " + name + " overlap; give each number once");
            }
        } catch (IllegalArgumentException outOfBounds) {
            problems.add("resource " + name + ": " + outOfBounds.getMessage());
        }
        return problems;
    }

    /** Of a set as somebody sent it: no item twice. */
    public static List<String> ofItems(String name, List<String> items) {
        return new TreeSet<>(items).size() == items.size()
                ? List.of()
                : List.of("set of " + name + " has an item twice; give each once");
    }

    private static void amount(Resource resource, List<String> problems) {
        if (resource.milli() < 0) {
            problems.add("resource " + resource + " is negative; give 0 or more");
        } else if (resource.milli() > Milli.ofUnits(AMOUNT_MAX)) {
            problems.add("resource " + resource + " is too much; at most " + AMOUNT_MAX + " of a name are counted");
        } else if (resource.name().equals("gpus") && resource.milli() % Milli.ONE != 0) {
            problems.add("resource " + resource + " is not whole; gpus cannot be divided");
        }
    }

    private static void reservations(Resource resource, List<String> problems) {
        List<Reservation> stack = resource.reservations();
        for (int i = 0; i < stack.size(); i++) {
            Reservation reservation = stack.get(i);
            addNotNull(problems, about(resource, " is reserved: ", Roles.problem(reservation.role())));
            if (reservation.role().equals(Roles.STAR)) {
                problems.add("resource " + resource + " is reserved for \"*\", which cannot hold reservations");
            }
            if (i > 0 && !reservation.isDynamic()) {
                problems.add("resource " + resource + " has a static reservation above another; only the first may be");
            }
            if (i > 0
                    && !Roles.isStrictSubrole(
                            reservation.role(), stack.get(i - 1).role())) {
                problems.add("resource " + resource + " refines a reservation for \""
                        + stack.get(i - 1).role() + "\" by one for \"" + reservation.role()
                        + "\", which is not below it");
            }
        }
        if (resource.kind().isDynamicallyReserved() && resource.kind().revocable()) {
            problems.add("resource " + resource + " is revocable and cannot be dynamically reserved");
        }
    }

    private static void disk(Resource resource, List<String> problems) {
        Disk disk = resource.disk();
        if (disk != null && !resource.name().equals("disk")) {
            problems.add("resource " + resource + " has disk information; only \"disk\" may have it");
        }
        if (resource.kind().shared() && !resource.kind().isPersistentVolume()) {
            problems.add("resource " + resource + " is shared; only persistent volumes may be");
        }
        if (disk == null) {
            return;
        }
        if (disk.persistence() != null) {
            persistentVolume(resource, disk, disk.persistence(), problems);
        } else if (disk.volume() != null) {
            problems.add("resource " + resource + " is a volume without persistence; give it a persistence id");
        } else if (disk.source() == null) {
            problems.add("resource " + resource + " has empty disk information; leave it out or give a source");
        }
    }

    private static void persistentVolume(
            Resource resource, Disk disk, Disk.Persistence persistence, List<String> problems) {
        if (!resource.kind().isReserved()) {
            problems.add("volume " + resource + " is made of unreserved disk; reserve it first");
        }
        if (resource.kind().revocable()) {
            problems.add("volume " + resource + " is made of revocable disk; use regular disk");
        }
        if (disk.volume() == null) {
            problems.add("volume " + resource + " has no container path; say where it appears in the sandbox");
        } else if (disk.volume().hostPath() != null) {
            problems.add("volume " + resource + " has a host path; leave it out for persistent volumes");
        }
        addNotNull(problems, about(resource, " has a wrong persistence id: ", Ids.problem(persistence.id())));
    }

    private static @Nullable String persistenceId(Resource resource) {
        Disk disk = resource.disk();
        return disk == null ? null : disk.persistenceId();
    }

    private static @Nullable String about(Resource resource, String how, @Nullable String problem) {
        return problem == null ? null : "resource " + resource + how + problem;
    }

    private static void addNotNull(List<String> problems, @Nullable String problem) {
        problems.addAll(problem == null ? List.of() : Arrays.asList(problem));
    }
}
