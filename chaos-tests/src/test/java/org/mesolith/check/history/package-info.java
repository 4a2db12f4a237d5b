@org.jspecify.annotations.NullMarked
package org.mesolith.check.history;
