package org.mesolith.codec.v1;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.Roles;

/** The fields named {@code role}, which the API calls deprecated and most clients still use; all access is here. */
@SuppressWarnings("deprecation") // Deprecated for writers of new clients; we must go on reading and writing them.
final class OldRole {
    private OldRole() {}

    /** The role, "*" when it is not set. */
    static String of(org.mesolith.proto.gen.v1.Resource resource) {
        return resource.getRole();
    }

    /** Whether a role other than "*" is set. */
    static boolean isReserved(org.mesolith.proto.gen.v1.Resource resource) {
        return !resource.getRole().equals(Roles.STAR);
    }

    static void set(org.mesolith.proto.gen.v1.Resource.Builder resource, String role) {
        resource.setRole(role);
    }

    /** The role as it was set, or null. */
    static @Nullable String given(org.mesolith.proto.gen.v1.FrameworkInfo framework) {
        return framework.hasRole() ? framework.getRole() : null;
    }

    static void set(org.mesolith.proto.gen.v1.FrameworkInfo.Builder framework, String role) {
        framework.setRole(role);
    }
}
