package org.mesolith.master;

import java.util.List;
import org.mesolith.doctor.Examination;
import org.mesolith.doctor.Finding;
import org.mesolith.metrics.Sample;

/** What a master has measured of its machine, for the metrics page. */
final class DoctorSamples {
    private DoctorSamples() {}

    static List<Sample> of(Examination found) {
        var vitals = found.vitals();
        return List.of(
                Sample.gauge(
                        "doctor/bad",
                        "Things that are bad, as GET /doctor lists them.",
                        found.count(Finding.Verdict.BAD)),
                Sample.gauge("doctor/warn", "Things worth a look.", found.count(Finding.Verdict.WARN)),
                Sample.gauge(
                        "doctor/flush_micros",
                        "Microseconds to flush a small file in work_dir, median of 5 minutes; -1: not known.",
                        vitals.flushMicros()),
                Sample.gauge("doctor/flush_max_micros", "The longest of them.", vitals.flushMicrosMax()),
                Sample.gauge("doctor/open_files", "Files and sockets that the process has open.", vitals.openFiles()),
                Sample.gauge("doctor/open_files_max", "How many it may have.", vitals.openFilesMax()),
                Sample.gauge("doctor/heap_live_bytes", "Bytes of heap in use after a collection.", vitals.heapBytes()),
                Sample.gauge("doctor/resident_bytes", "Bytes of memory of the process.", vitals.residentBytes()),
                Sample.gauge(
                        "doctor/clock_jump_ms",
                        "Milliseconds that the system's clock was moved since the process started.",
                        vitals.clockJump().toMillis()),
                Sample.gauge(
                        "doctor/neighbours_unreached",
                        "Other members that are not reached, or not in every way.",
                        found.neighbours().stream()
                                .filter(other -> other.trouble() != null)
                                .count()));
    }
}
