package org.mesolith.leader.event;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.Disk;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/** Who may do what to the resources of an agent. */
public final class Permits {
    private Permits() {}

    /**
     * What the caller may not do of the operation, as a sentence; null when it may.
     *
     * @param reserved dynamic reservations and volumes of the agent: they say who made a volume
     */
    public static @Nullable String refusal(
            Acls acls, @Nullable String principal, OfferOperation operation, Resources reserved) {
        return switch (operation) {
            case OfferOperation.Reserve(var _, var source, var resources) -> {
                var refused = unreserve(acls, principal, source);
                yield refused != null ? refused : ofRoles(acls, principal, Action.RESERVE_RESOURCES, resources);
            }
            case OfferOperation.Unreserve(var _, var resources) -> unreserve(acls, principal, resources);
            case OfferOperation.Create(var _, var volumes) -> ofRoles(acls, principal, Action.CREATE_VOLUME, volumes);
            case OfferOperation.Destroy(var _, var volumes) -> destroy(acls, principal, volumes, reserved);
            case OfferOperation.GrowVolume(var _, var volume, var _) ->
                ofRoles(acls, principal, Action.RESIZE_VOLUME, volume);
            case OfferOperation.ShrinkVolume(var _, var volume, var _) ->
                ofRoles(acls, principal, Action.RESIZE_VOLUME, volume);
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> null;
        };
    }

    /** The name of the operation in the v1 interface. */
    public static String type(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Reserve _ -> "RESERVE";
            case OfferOperation.Unreserve _ -> "UNRESERVE";
            case OfferOperation.Create _ -> "CREATE";
            case OfferOperation.Destroy _ -> "DESTROY";
            case OfferOperation.GrowVolume _ -> "GROW_VOLUME";
            case OfferOperation.ShrinkVolume _ -> "SHRINK_VOLUME";
            case OfferOperation.Launch _ -> "LAUNCH";
            case OfferOperation.LaunchGroup _ -> "LAUNCH_GROUP";
            case OfferOperation.NotSupported(var _, var type) -> type;
            case OfferOperation.Refused(var _, var type, var _) -> type;
        };
    }

    private static @Nullable String ofRoles(Acls acls, @Nullable String principal, Action action, Resources resources) {
        for (var resource : resources) {
            var role = resource.kind().reservedRole();
            if (!acls.allow(action, principal, role)) {
                return no(principal, action, "role '" + role + "'");
            }
        }
        return null;
    }

    private static @Nullable String unreserve(Acls acls, @Nullable String principal, Resources resources) {
        for (var resource : resources) {
            var stack = resource.reservations();
            var owner = stack.isEmpty() ? null : stack.getLast().principal();
            if (!acls.allow(Action.UNRESERVE_RESOURCES, principal, owner)) {
                return no(principal, Action.UNRESERVE_RESOURCES, "reservations of principal '" + owner + "'");
            }
        }
        return null;
    }

    private static @Nullable String destroy(
            Acls acls, @Nullable String principal, Resources volumes, Resources reserved) {
        for (var volume : volumes) {
            var maker = maker(volume, reserved);
            if (!acls.allow(Action.DESTROY_VOLUME, principal, maker)) {
                return no(principal, Action.DESTROY_VOLUME, "volumes of principal '" + maker + "'");
            }
        }
        return null;
    }

    /** What the cluster knows counts, not what the caller says. */
    private static @Nullable String maker(Resource volume, Resources reserved) {
        for (var known : reserved.persistentVolumes()) {
            if (Resources.of(known).contains(Resources.of(volume).unallocated())) {
                return principal(known.disk());
            }
        }
        return principal(volume.disk());
    }

    private static @Nullable String principal(@Nullable Disk disk) {
        return disk == null || disk.persistence() == null
                ? null
                : disk.persistence().principal();
    }

    /** The sentence. */
    public static String no(@Nullable String principal, Action action, String what) {
        return "principal '" + principal + "' may not " + action + " " + what + "; see the rules '" + action.rules()
                + "' of the ACLs";
    }
}
