/**
 * What masters and agents serve alike of themselves: files under names that are not their places, and the level of the
 * log.
 *
 * <p>Lives here: FilesPages, FileReads, HelpPage, LogFile, LoggingPage, SystemPage. May import: api, codec.legacy,
 * logging, settings, wire, base.
 */
@NullMarked
package org.mesolith.pages;

import org.jspecify.annotations.NullMarked;
