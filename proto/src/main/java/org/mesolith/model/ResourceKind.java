package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resource is, without how much of it: only resources of one kind (and one type of value) add up.
 *
 * <p>Kinds repeat, so many resources share one object; the plain kinds of the five well-known names are constants.
 *
 * @param reservations the stack of reservations, oldest first; empty when unreserved
 * @param disk null for everything but special disks and volumes
 * @param revocable may be taken back at any time
 * @param shared may be used by several tasks at once
 * @param providerId the resource provider that manages it; null is the agent itself
 * @param allocatedRole the role it is offered or allocated to; null when free or when the place says it
 */
public record ResourceKind(
        String name,
        List<Reservation> reservations,
        @Nullable Disk disk,
        boolean revocable,
        boolean shared,
        @Nullable String providerId,
        @Nullable String allocatedRole) {

    private static final ResourceKind CPUS = bare("cpus");
    private static final ResourceKind MEM = bare("mem");
    private static final ResourceKind DISK = bare("disk");
    private static final ResourceKind PORTS = bare("ports");
    private static final ResourceKind GPUS = bare("gpus");

    /** Copies the list. */
    public ResourceKind {
        reservations = List.copyOf(reservations);
    }

    private static ResourceKind bare(String name) {
        return new ResourceKind(name, List.of(), null, false, false, null, null);
    }

    /** Unreserved, regular, of the agent itself. */
    public static ResourceKind plain(String name) {
        return switch (name) {
            case "cpus" -> CPUS;
            case "mem" -> MEM;
            case "disk" -> DISK;
            case "ports" -> PORTS;
            case "gpus" -> GPUS;
            default -> bare(name);
        };
    }

    /** Whether any role has it reserved. */
    public boolean isReserved() {
        return !reservations.isEmpty();
    }

    /** Whether it is reserved for exactly this role (the last reservation of the stack counts). */
    public boolean isReservedTo(String role) {
        return isReserved() && reservations.getLast().role().equals(role);
    }

    /** The role it is reserved for, or null. */
    public @Nullable String reservedRole() {
        return isReserved() ? reservations.getLast().role() : null;
    }

    /** Whether the last reservation was made by an operation. */
    public boolean isDynamicallyReserved() {
        return isReserved() && reservations.getLast().isDynamic();
    }

    /** Whether a framework of this role may be offered it: unreserved, or reserved for the role or an ancestor. */
    public boolean isAllocatableTo(String role) {
        String reserved = reservedRole();
        return reserved == null || Roles.mayUse(role, reserved);
    }

    /** Whether it is a persistent volume. */
    public boolean isPersistentVolume() {
        return disk != null && disk.persistence() != null;
    }

    /** Whether parts of it can be taken, and equal kinds be added up. */
    public boolean isDivisible() {
        return disk == null || disk.isDivisible();
    }

    /** The same, offered or allocated to a role. */
    public ResourceKind allocatedTo(String role) {
        return role.equals(allocatedRole)
                ? this
                : new ResourceKind(name, reservations, disk, revocable, shared, providerId, role);
    }

    /** The same without the role it is offered or allocated to. */
    public ResourceKind unallocated() {
        return allocatedRole == null
                ? this
                : new ResourceKind(name, reservations, disk, revocable, shared, providerId, null);
    }

    /** The same with another stack of reservations, oldest first. */
    public ResourceKind withReservations(List<Reservation> stack) {
        return new ResourceKind(name, stack, disk, revocable, shared, providerId, allocatedRole);
    }

    /** The same without any reservation. */
    public ResourceKind unreserved() {
        return isReserved() ? withReservations(List.of()) : this;
    }

    /** The same with one more reservation, which refines the ones before. */
    public ResourceKind pushReservation(Reservation reservation) {
        List<Reservation> stack = new ArrayList<>(reservations);
        stack.add(reservation);
        return withReservations(stack);
    }

    /** The same without its last reservation. @throws IllegalStateException if there is none */
    public ResourceKind popReservation() {
        if (!isReserved()) {
            throw new IllegalStateException("resource " + name + " has no reservation to take away");
        }
        return withReservations(reservations.subList(0, reservations.size() - 1));
    }

    /** The same with other disk parts. */
    public ResourceKind withDisk(@Nullable Disk other) {
        return new ResourceKind(name, reservations, other, revocable, shared, providerId, allocatedRole);
    }

    /** What a persistent volume is made of: the same, not shared, without the volume. */
    public ResourceKind withoutVolume() {
        return disk == null ? this : withDisk(disk.withoutVolume()).withShared(false);
    }

    /** The same, revocable or not. */
    public ResourceKind withRevocable(boolean yes) {
        return new ResourceKind(name, reservations, disk, yes, shared, providerId, allocatedRole);
    }

    /** The same, shared or not. */
    public ResourceKind withShared(boolean yes) {
        return new ResourceKind(name, reservations, disk, revocable, yes, providerId, allocatedRole);
    }

    /** The same, of another provider; null is the agent itself. */
    public ResourceKind withProvider(@Nullable String provider) {
        return new ResourceKind(name, reservations, disk, revocable, shared, provider, allocatedRole);
    }
}
