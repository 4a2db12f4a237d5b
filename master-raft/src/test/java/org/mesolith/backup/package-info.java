/** Tests of backups. Lives here: tests only. May import: what org.mesolith.backup may. */
@NullMarked
package org.mesolith.backup;

import org.jspecify.annotations.NullMarked;
