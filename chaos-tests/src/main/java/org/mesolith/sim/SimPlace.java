package org.mesolith.sim;

/** Where a simulated process runs: its name, the network around it, and where it leaves its trace. */
record SimPlace(String name, SimNet net, Trace trace) {}
