/**
 * The persistent sorted table under every table and index of the registry: a B+ tree whose versions share structure.
 *
 * <p>Lives here: Table, its Edit, its Cursor, and the nodes of the tree. May import: model, base.
 *
 * <pre>
 *   Table(root, size)                    immutable, one for each version
 *      └─ Inner  keys[], children[]      keys[i] = lower bound of children[i]; keys[0] is not looked at
 *           └─ Leaf  keys[], values[]    up to 32, arrays of exact length
 * </pre>
 */
@NullMarked
package org.mesolith.state.table;

import org.jspecify.annotations.NullMarked;
