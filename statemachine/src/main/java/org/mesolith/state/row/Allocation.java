package org.mesolith.state.row;

import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * What one framework uses of an agent for one role: the sum over its tasks.
 *
 * @param resources allocated to the role
 */
public record Allocation(FrameworkId framework, String role, Resources resources) {}
