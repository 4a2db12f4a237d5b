/**
 * A master looks after itself: what it measures all the time, what it thinks of that, and when it should not lead.
 *
 * <p>Lives here: Doctor (the schedule), the probes, Opinions and Fitness (pure rules), Examination (what is shown). May
 * import: log, base.
 */
@NullMarked
package org.mesolith.doctor;

import org.jspecify.annotations.NullMarked;
