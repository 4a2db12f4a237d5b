/**
 * Domain values: records, no behaviour beyond arithmetic on themselves.
 *
 * <p>Lives here: ids, Resources, what agents, frameworks, tasks and offers are. May import: base.
 */
@NullMarked
package org.mesolith.model;

import org.jspecify.annotations.NullMarked;
