package org.mesolith.model;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One object that a declaration may speak of: which one it is, and what it holds. */
public sealed interface Declarable {
    DeclaredKind kind();

    /** Which one: two that name the same object of the cluster have the same key. */
    String key();

    /** What it holds, for people; equal objects have equal texts. */
    String content();

    /** What a role counts; 1 is the same as not there. */
    record OfWeight(Weight weight) implements Declarable {
        @Override
        public DeclaredKind kind() {
            return DeclaredKind.WEIGHTS;
        }

        @Override
        public String key() {
            return weight.role();
        }

        @Override
        public String content() {
            return Double.toString(weight.value());
        }
    }

    /** What a role is promised and may have; none is the same as not there. */
    record OfQuota(Quota quota) implements Declarable {
        @Override
        public DeclaredKind kind() {
            return DeclaredKind.QUOTAS;
        }

        @Override
        public String key() {
            return quota.role();
        }

        @Override
        public String content() {
            var limits = quota.limits().milliByName().entrySet().stream()
                    .map(limit -> limit.getKey() + ":" + Milli.text(limit.getValue()))
                    .collect(Collectors.joining(";"));
            return "guarantees " + (quota.guarantees().isEmpty() ? "nothing" : quota.guarantees()) + ", limits "
                    + (limits.isEmpty() ? "nothing" : limits);
        }
    }

    /**
     * What an agent has set aside under one stack of reservations.
     *
     * @param stack oldest first; the last one was made by an operation
     * @param amounts bare: without reservation and volume; nothing is the same as not there
     */
    record OfReservation(AgentId agent, List<Reservation> stack, Resources amounts) implements Declarable {
        public OfReservation {
            stack = List.copyOf(stack);
        }

        @Override
        public DeclaredKind kind() {
            return DeclaredKind.RESERVATIONS;
        }

        @Override
        public String key() {
            return agent + " " + stack.stream().map(Reservation::toString).collect(Collectors.joining("|"));
        }

        @Override
        public String content() {
            return amounts.toString();
        }

        /** The amounts as the agent has them once they are reserved. */
        public Resources reserved(Resources bare) {
            return bare.mapKinds(kind -> kind.withReservations(stack));
        }
    }

    /** When machines are taken down together. */
    record OfWindow(MaintenanceWindow window) implements Declarable {
        @Override
        public DeclaredKind kind() {
            return DeclaredKind.WINDOWS;
        }

        @Override
        public String key() {
            return new TreeSet<>(window.machines())
                    .stream().map(MachineId::toString).collect(Collectors.joining(", "));
        }

        @Override
        public String content() {
            var duration = window.unavailability().duration();
            return "from " + window.unavailability().start()
                    + (duration == null ? " without an end" : " for " + duration);
        }
    }
}
