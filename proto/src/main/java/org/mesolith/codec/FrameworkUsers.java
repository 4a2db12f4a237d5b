package org.mesolith.codec;

import org.mesolith.codec.v1.Opaques;
import org.mesolith.model.Opaque;
import org.mesolith.proto.gen.v1.FrameworkInfo;

/** The user of a {@code mesos.v1.FrameworkInfo} that is kept as bytes. Any thread. */
public final class FrameworkUsers {
    private FrameworkUsers() {}

    /** As whom its tasks run unless they say it; empty when the bytes name nobody. */
    public static String of(Opaque frameworkInfo) {
        return Opaques.read(FrameworkInfo.getDefaultInstance(), frameworkInfo).getUser();
    }
}
