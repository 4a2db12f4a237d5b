package org.mesolith.state.check;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.Disk;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceProblems;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;

/**
 * What is wrong with an operation before it is tried: it contradicts itself, or its maker, or what the agent has.
 * Mesos: {@code master/validation.cpp}, operation.
 */
public final class OperationChecks {
    private OperationChecks() {}

    /**
     * Who wants the operation.
     *
     * @param framework null for an operator
     * @param principal null when nobody asked for a name
     * @param role to which the resources were offered; null for an operator
     */
    public record Asker(
            @Nullable FrameworkInfo framework,
            @Nullable String principal,
            @Nullable String role) {
        /** An operator. */
        public static Asker operator(@Nullable String principal) {
            return new Asker(null, principal, null);
        }
    }

    /**
     * The agent.
     *
     * @param reserved its dynamic reservations and volumes
     * @param used by tasks
     */
    public record Holder(Resources reserved, Resources used, List<AgentCapability> capabilities) {
        public Holder {
            capabilities = List.copyOf(capabilities);
        }

        /** As the registry knows it. */
        public static Holder of(Registry registry, AgentRow agent) {
            return new Holder(
                    agent.reserved(),
                    registry.allocated(agent.id()).unallocated(),
                    agent.info().capabilities());
        }
    }

    /** The first thing that is wrong, as a sentence; null when it can be tried. */
    public static @Nullable String problem(OfferOperation operation, Asker asker, Holder agent) {
        return switch (operation) {
            case OfferOperation.Reserve(var _, var source, var resources) -> {
                var wrong = reserve(source, resources, asker);
                yield wrong != null ? wrong : each(resources, resource -> common(resource, asker, agent));
            }
            case OfferOperation.Unreserve(var _, var resources) ->
                first(
                        each(resources, resource -> common(resource, asker, agent)),
                        each(resources, OperationChecks::unreserve));
            case OfferOperation.Create(var _, var volumes) ->
                first(
                        each(volumes, resource -> common(resource, asker, agent)),
                        each(volumes, volume -> create(volume, asker)),
                        distinct(volumes, agent));
            case OfferOperation.Destroy(var _, var volumes) -> destroy(volumes, agent);
            case OfferOperation.GrowVolume(var _, var volume, var addition) -> grow(volume, addition);
            case OfferOperation.ShrinkVolume(var _, var volume, long milli) -> shrink(volume, milli);
            case OfferOperation.NotSupported(var _, var type) -> "operation " + type + " is not supported yet";
            case OfferOperation.Refused(var _, var _, var why) -> why;
            case OfferOperation.Launch _, OfferOperation.LaunchGroup _ -> "a launch converts no resources";
        };
    }

    // ---- of every resource

    private static @Nullable String common(Resource resource, Asker asker, Holder agent) {
        var problems = ResourceProblems.of(resource);
        if (!problems.isEmpty()) {
            return problems.getFirst();
        }
        if (resource.kind().providerId() != null) {
            return "resource " + resource + " belongs to a resource provider, of which this version has none";
        }
        var role = resource.kind().allocatedRole();
        if (role != null && !role.equals(asker.role())) {
            return "resource " + resource + " is allocated to role '" + role + "', not to "
                    + (asker.role() == null ? "nobody" : "role '" + asker.role() + "' as offered");
        }
        if (resource.reservations().size() > 1) {
            var framework = asker.framework();
            if (framework != null && !framework.has(FrameworkCapability.RESERVATION_REFINEMENT)) {
                return "resource " + resource
                        + " has a refined reservation, which needs the capability RESERVATION_REFINEMENT";
            }
            if (!agent.capabilities().contains(AgentCapability.RESERVATION_REFINEMENT)) {
                return "resource " + resource + " has a refined reservation, which the agent cannot keep";
            }
        }
        return null;
    }

    private static @Nullable String each(Resources resources, Function<Resource, @Nullable String> check) {
        if (resources.isEmpty()) {
            return "no resources are named";
        }
        for (var resource : resources) {
            var problem = check.apply(resource);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String first(@Nullable String... problems) {
        for (var problem : problems) {
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    // ---- reservations

    private static @Nullable String reserve(Resources source, Resources resources, Asker asker) {
        if (!source.isEmpty()) {
            if (asker.framework() != null) {
                return "a framework cannot replace one reservation by another; leave 'source' out";
            }
            var problem = replaced(source, resources);
            if (problem != null) {
                return problem;
            }
        }
        return each(resources, resource -> reserve(resource, asker));
    }

    private static @Nullable String replaced(Resources source, Resources resources) {
        if (stacks(source) > 1 || stacks(resources) > 1) {
            return "all resources of 'source', and all of 'resources', must have the same reservations";
        }
        return source.unallocated()
                        .toUnreserved()
                        .isSameAs(resources.unallocated().toUnreserved())
                ? null
                : "'source' {" + source + "} and 'resources' {" + resources
                        + "} must be the same but for their reservations";
    }

    private static int stacks(Resources resources) {
        return (int) resources.entries().stream()
                .map(Resource::reservations)
                .distinct()
                .count();
    }

    private static @Nullable String reserve(Resource resource, Asker asker) {
        if (!resource.kind().isDynamicallyReserved()) {
            return "resource " + resource + " is not dynamically reserved; say for which role";
        }
        if (resource.kind().isPersistentVolume()) {
            return "volume " + resource + " cannot be reserved; its disk is reserved before it is created";
        }
        var reservation = resource.reservations().getLast();
        var principal = asker.principal();
        if (principal != null && !principal.equals(reservation.principal())) {
            return "resource " + resource + " is reserved by principal '" + reservation.principal()
                    + "', and the caller is '" + principal + "'; name the caller";
        }
        var framework = asker.framework();
        if (framework == null) {
            return null;
        }
        if (!framework.roles().contains(reservation.role())) {
            return "resource " + resource + " is reserved for role '" + reservation.role()
                    + "', which is none of the framework's roles " + framework.roles();
        }
        return reservation.role().equals(asker.role())
                ? null
                : "resource " + resource + " is reserved for role '" + reservation.role()
                        + "' and was offered to role '" + asker.role() + "'; use an offer of that role";
    }

    private static @Nullable String unreserve(Resource resource) {
        if (!resource.kind().isDynamicallyReserved()) {
            return "resource " + resource + " is not dynamically reserved, so it cannot be unreserved";
        }
        return resource.kind().isPersistentVolume()
                ? "volume " + resource + " cannot be unreserved; destroy it first"
                : null;
    }

    // ---- volumes

    private static @Nullable String create(Resource volume, Asker asker) {
        var disk = volume.disk();
        var persistence = disk == null ? null : disk.persistence();
        if (persistence == null) {
            return "resource " + volume + " is no persistent volume";
        }
        var principal = asker.principal();
        if (principal != null && !principal.equals(persistence.principal())) {
            return "volume " + volume + " is made by principal '" + persistence.principal() + "', and the caller is '"
                    + principal + "'; name the caller";
        }
        var framework = asker.framework();
        if (volume.kind().shared() && framework != null && !framework.has(FrameworkCapability.SHARED_RESOURCES)) {
            return "volume " + volume + " is shared, which needs the capability SHARED_RESOURCES";
        }
        return null;
    }

    /** An id is unique for its role on the agent. */
    private static @Nullable String distinct(Resources volumes, Holder agent) {
        var ids = new TreeSet<String>();
        agent.reserved().persistentVolumes().forEach(volume -> ids.add(name(volume)));
        for (var volume : volumes) {
            if (!ids.add(name(volume))) {
                return "the persistence id '" + id(volume) + "' exists for role '"
                        + volume.kind().reservedRole() + "' on this agent; choose another one";
            }
        }
        return null;
    }

    private static String name(Resource volume) {
        return volume.kind().reservedRole() + " " + id(volume);
    }

    private static @Nullable String id(Resource volume) {
        var disk = volume.disk();
        return disk == null ? null : disk.persistenceId();
    }

    private static @Nullable String destroy(Resources volumes, Holder agent) {
        return each(volumes, volume -> {
            if (!volume.kind().isPersistentVolume()) {
                return "resource " + volume + " is no persistent volume";
            }
            var one = Resources.of(volume).unallocated();
            if (!agent.reserved().contains(one)) {
                return "volume " + volume + " does not exist on this agent";
            }
            return agent.used().unallocated().contains(one)
                    ? "volume " + volume + " is used by a task; it can be destroyed when that has ended"
                    : null;
        });
    }

    private static @Nullable String grow(Resources volumes, Resources additions) {
        var wrong = resized(volumes);
        if (wrong != null) {
            return wrong;
        }
        if (additions.size() != 1 || additions.get(0).milli() <= 0) {
            return "a volume grows by one amount of disk above 0, not by {" + additions + "}";
        }
        var base = volumes.get(0).kind().withoutVolume().unallocated();
        var addition = additions.get(0).kind().unallocated();
        return base.equals(addition)
                ? null
                : "volume " + volumes.get(0) + " can only grow by disk like its own, not by " + additions.get(0);
    }

    private static @Nullable String shrink(Resources volumes, long milli) {
        var wrong = resized(volumes);
        if (wrong != null) {
            return wrong;
        }
        return milli > 0 && milli < volumes.get(0).milli()
                ? null
                : "volume " + volumes.get(0) + " can shrink by more than 0 and less than its size";
    }

    private static @Nullable String resized(Resources volumes) {
        if (volumes.size() != 1 || !volumes.get(0).kind().isPersistentVolume()) {
            return "{" + volumes + "} is not one persistent volume";
        }
        var volume = volumes.get(0);
        if (volume.kind().shared()) {
            return "volume " + volume + " is shared; its size cannot change";
        }
        var source = Check.present(volume.disk(), "disk of a volume").source();
        return source == null || source.type() == Disk.SourceType.PATH
                ? null
                : "volume " + volume + " is a whole device; its size cannot change";
    }
}
