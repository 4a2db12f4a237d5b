package org.mesolith.http;

import java.time.Duration;
import java.util.List;
import org.mesolith.metrics.Sample;

/** The numbers of this process. */
@FunctionalInterface
public interface Numbers {
    /** All that can be had within this time; the leader's own are left out when its thread is slower. Any thread. */
    List<Sample> of(Duration within);
}
