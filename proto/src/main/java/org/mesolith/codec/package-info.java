/**
 * Where bytes and our own values meet: one class for each family of messages, and the frames of the v1 streams.
 *
 * <pre>
 *   bytes --(body: JSON or protobuf)--&gt; generated message --(SchedulerCodec, OperatorCodec, LinkCodec; v1)--&gt; api
 *     records
 * </pre>
 *
 * <p>Lives here: SchedulerCodec and SchedulerClientCodec, ExecutorCodec and ExecutorClientCodec,
 * OperatorCodec, LinkCodec, CommandTasks, ExecutorTasks, RecordIo. May import: codec.*, api, model, base, the generated
 * messages. Nobody outside sees a generated message.
 */
@NullMarked
package org.mesolith.codec;

import org.jspecify.annotations.NullMarked;
