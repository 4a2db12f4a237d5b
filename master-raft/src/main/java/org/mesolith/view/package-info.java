/**
 * What is shown of the cluster. Whatever comes from the registry alone any master can make; the rest is handed in as
 * values.
 *
 * <p>Lives here: ClusterView, LeaderView, SoftState, Portraits, RoleViews, ReservationViews, ReservationPlanner. May
 * import: state, log, model, api, base.
 */
@NullMarked
package org.mesolith.view;

import org.jspecify.annotations.NullMarked;
