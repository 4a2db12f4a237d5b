/**
 * {@code meso demo}: a real cluster that loses its leader in the middle of real work, and the proof that nothing else
 * was lost.
 *
 * <p>Lives here: Demo, DemoTask, DemoFramework, DemoProof, DemoClock. May import: scheduler, client, render, process,
 * the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.demo;

import org.jspecify.annotations.NullMarked;
