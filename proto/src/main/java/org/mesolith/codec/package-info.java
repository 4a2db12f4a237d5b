/**
 * Where bytes and our own values meet: the v1 API in protobuf and in JSON, the frames of its streams, the agent link.
 *
 * <pre>
 *   bytes --(MesosJson | MesosBinary)--&gt; generated message --(SchedulerCodec, OperatorCodec, LinkCodec)--&gt; api records
 * </pre>
 *
 * <p>Lives here: MesosJson, MesosBinary, RecordIo, CodecLimits, Decoded, one codec class per message family. May import:
 * api, model, base, the generated messages, protobuf, Jackson. Nobody else sees a generated message.
 */
@NullMarked
package org.mesolith.codec;

import org.jspecify.annotations.NullMarked;
