/**
 * Brings files into sandboxes before tasks start.
 *
 * <pre>
 *   uris --Source--> Download (http, file, FileCache) --> staging/N --Unpacker--> staging/N --Merge--> sandbox
 * </pre>
 *
 * <p>Everything lies in a staging directory of the agent's own until all of it is there: nobody else can change it
 * under the agent's hands, and a fetch that ends early leaves nothing behind.
 *
 * <p>Lives here: Fetcher and what it is made of. May import: agent.core, base, model, api. Only here: Commons Compress.
 */
@NullMarked
package org.mesolith.agent.fetch;

import org.jspecify.annotations.NullMarked;
