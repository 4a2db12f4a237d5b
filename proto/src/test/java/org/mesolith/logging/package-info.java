@NullMarked
package org.mesolith.logging;

import org.jspecify.annotations.NullMarked;
