package org.mesolith.master;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mesolith.metrics.Sample;

/** The numbers of the machine, under Mesos' names. What the machine does not tell is left out. */
final class HostSamples {
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final List<String> MINUTES = List.of("1", "5", "15");

    private HostSamples() {}

    static void add(List<Sample> samples) {
        samples.add(Sample.gauge(
                "system/cpus_total",
                "CPUs of this machine that the process may use.",
                Runtime.getRuntime().availableProcessors()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine) {
            samples.add(Sample.gauge("system/mem_total_bytes", "Bytes of memory.", machine.getTotalMemorySize()));
            samples.add(
                    Sample.gauge("system/mem_free_bytes", "Bytes of memory not in use.", machine.getFreeMemorySize()));
        }
        try {
            var load = Files.readString(LOAD).split(" ", -1);
            for (int i = 0; i < MINUTES.size(); i++) {
                samples.add(Sample.gauge(
                        "system/load_" + MINUTES.get(i) + "min",
                        "Load average of " + MINUTES.get(i) + " minutes, in processes.",
                        Double.parseDouble(load[i])));
            }
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException notTold) {
            System.getLogger(HostSamples.class.getName())
                    .log(System.Logger.Level.DEBUG, "no load average in " + LOAD, notTold);
        }
    }
}
