package org.mesolith.backup;

import org.mesolith.log.Restoring;

/**
 * What every member is told about a restore.
 *
 * @param manifest of the backup
 * @param group what the members become
 */
public record RestorePlan(Manifest manifest, Restoring.Plan group) {
    /**
     * @throws IllegalArgumentException when the two contradict each other
     */
    public RestorePlan {
        if (group.term() != manifest.term()
                || group.index() != manifest.index()
                || group.digest() != manifest.digestBits()
                || group.epoch() <= manifest.epoch()) {
            throw new IllegalArgumentException("the plan of the restore contradicts the manifest");
        }
    }
}
