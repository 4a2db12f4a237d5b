/**
 * What operators change, and what the cluster needs now and then by itself.
 *
 * <p>Lives here: WeightCalls, TearDowns, Housekeeping. May import: leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.operator;

import org.jspecify.annotations.NullMarked;
