package org.mesolith.state.row;

/**
 * The group that a task was launched with: its tasks run all, or none does. With the place of the launch it names the
 * group for ever.
 *
 * @param number counts the operations of the ACCEPT, from 1
 * @param size how many tasks the group began with
 */
public record TaskGroup(int number, int size) {}
