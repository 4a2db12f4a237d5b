@NullMarked
package org.mesolith.codec.legacy;

import org.jspecify.annotations.NullMarked;
