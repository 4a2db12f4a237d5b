/**
 * Any generated message as JSON or protobuf and back, with limits, and with errors that name every field that is wrong.
 *
 * <p>Lives here: MesosJson, MesosBinary, Encoding, CodecLimits, Decoded, ShapeErrors. May import: protobuf, Jackson;
 * nothing of ours.
 */
@NullMarked
package org.mesolith.codec.body;

import org.jspecify.annotations.NullMarked;
