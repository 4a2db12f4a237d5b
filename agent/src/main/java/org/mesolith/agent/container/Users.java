package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Who a task runs as.
 *
 * @param self name of the user that the agent runs as
 * @param root whether that is root, who may become anybody
 */
record Users(String self, boolean root, boolean switchUser) {
    /** The answer: a user to become, or nobody because the agent's own will do, or why not. */
    sealed interface Choice {
        /** Stay who the agent is. */
        record Same() implements Choice {}

        /** Become this user. */
        record Become(String name, UserPrincipal principal) implements Choice {}

        /** Impossible; in words. */
        record Impossible(String why) implements Choice {}
    }

    static Users of(boolean switchUser) throws IOException {
        var self = System.getProperty("user.name");
        var uid = java.nio.file.Files.getAttribute(java.nio.file.Path.of("/proc/self"), "unix:uid");
        return new Users(self, Integer.valueOf(0).equals(uid), switchUser);
    }

    Choice choose(String wanted) {
        if (!switchUser || wanted.isEmpty() || wanted.equals(self)) {
            return new Choice.Same();
        }
        if (!root) {
            return new Choice.Impossible("The task asks for user '" + wanted + "' and the agent runs as '" + self
                    + "', who may not become somebody else; start the agent as root, or with --no-switch_user");
        }
        var principal = find(wanted);
        return principal == null
                ? new Choice.Impossible("There is no user '" + wanted + "' on this machine")
                : new Choice.Become(wanted, principal);
    }

    private static @Nullable UserPrincipal find(String name) {
        try {
            return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException nobody) {
            return null;
        } catch (IOException broken) {
            System.getLogger(Users.class.getName()).log(System.Logger.Level.WARNING, "looking up " + name, broken);
            return null;
        }
    }
}
