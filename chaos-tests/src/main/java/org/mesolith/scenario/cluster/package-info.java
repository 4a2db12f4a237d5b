/**
 * A cluster and its work as a user describes them, played on the allocator alone: who gets how much, who waits.
 *
 * <pre>
 *   file ──► PlanReader ──► Plan ──► ClusterRun (Farm, Tenant, virtual time) ──► Findings ──► table │ CSV │ plot
 * </pre>
 *
 * <p>Lives here: Plan, PlanReader, ClusterRun, Farm, Tenant, Findings and how they are shown. May import: allocator,
 * model, base, scenario.grammar, scenario.yaml.
 */
@NullMarked
package org.mesolith.scenario.cluster;

import org.jspecify.annotations.NullMarked;
