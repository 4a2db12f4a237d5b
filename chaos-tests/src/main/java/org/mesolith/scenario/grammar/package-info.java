/**
 * The language of scenarios: which steps, keys and values there are, at which level, and how they are read.
 *
 * <p>Lives here: Grammar (the table of steps), CaseGrammar (the table of table operations), Kind and Kinds (how values
 * are read), Scenario, ScenarioReader. May import: scenario.yaml, model, base.
 */
@NullMarked
package org.mesolith.scenario.grammar;

import org.jspecify.annotations.NullMarked;
