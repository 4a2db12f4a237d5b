/**
 * The JSON of the endpoints that are older than the v1 API: the same keys in the same order as tools of that time read.
 *
 * <p>Lives here: LegacyPages (whole answers) and the trees that they are made of, LegacyCalls (what is posted). May
 * import:
 * codec, codec.body, codec.v1, api, model, base, proto.gen.
 */
@NullMarked
package org.mesolith.codec.legacy;

import org.jspecify.annotations.NullMarked;
