/**
 * What several commands share: options, and finding things by their names.
 *
 * <p>Lives here: MasterOptions, Contexts, Lookup, Order, Preview, Confirmation, Roles, AmountText, SizeText, SpanText,
 * WhenText. May import:
 * client, render, model, the root of this module, picocli. One package per noun lies below; they do not import each
 * other.
 */
@NullMarked
package org.mesolith.cli.command;

import org.jspecify.annotations.NullMarked;
