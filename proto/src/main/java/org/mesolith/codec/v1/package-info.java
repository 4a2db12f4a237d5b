/**
 * The words that the interfaces share, between {@code mesos.v1} and our own values: resources, statuses, offers, tasks,
 * frameworks. Reading adds what is wrong with a message by itself to a ShapeErrors.
 *
 * <p>Lives here: one class a word ({@code ...Codec}), and {@code ...Shape} for what Mesos' validation says of a task by
 * itself. May import: codec.body, api, model, base, the generated messages. Used by codec only.
 */
@NullMarked
package org.mesolith.codec.v1;

import org.jspecify.annotations.NullMarked;
