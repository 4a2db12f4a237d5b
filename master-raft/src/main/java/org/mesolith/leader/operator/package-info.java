/**
 * What operators change.
 *
 * <p>Lives here: WeightCalls. May import: leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.operator;

import org.jspecify.annotations.NullMarked;
