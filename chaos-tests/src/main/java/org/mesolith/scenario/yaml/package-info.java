/**
 * YAML files as trees that know their lines, so that every complaint can name the place.
 *
 * <p>Lives here: YamlReader, YamlNode, Place, UnreadableException, Nearest. May import: base, SnakeYAML.
 */
@NullMarked
package org.mesolith.scenario.yaml;

import org.jspecify.annotations.NullMarked;
