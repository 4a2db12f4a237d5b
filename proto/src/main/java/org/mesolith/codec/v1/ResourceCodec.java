package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.Label;
import org.mesolith.model.Labels;
import org.mesolith.model.Ranges;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.ResourceProblems;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.model.Value;
import org.mesolith.proto.gen.v1.Resource.ReservationInfo;

/** Resources between {@code mesos.v1} and our own. Reads reservations in the old form and in the new one. */
public final class ResourceCodec {
    private ResourceCodec() {}

    /** Nothing at all if anything is wrong; then it was added to the errors. */
    public static Resources decode(List<org.mesolith.proto.gen.v1.Resource> from, Path at, ShapeErrors errors) {
        int before = errors.count();
        var list = new ArrayList<Resource>();
        for (int i = 0; i < from.size(); i++) {
            var resource = one(from.get(i), at.index(i), errors);
            if (resource != null) {
                list.add(resource);
            }
        }
        if (errors.count() == before) {
            ResourceProblems.of(list).forEach(problem -> errors.add(at, problem));
        }
        return errors.count() == before ? Resources.of(list) : Resources.EMPTY;
    }

    private static @Nullable Resource one(org.mesolith.proto.gen.v1.Resource from, Path at, ShapeErrors errors) {
        int before = errors.count();
        var value = value(from, at, errors);
        var kind = new ResourceKind(
                from.getName(),
                reservations(from, at, errors),
                from.hasDisk() ? DiskCodec.decode(from.getDisk(), at.field("disk"), errors) : null,
                from.hasRevocable(),
                from.hasShared(),
                from.hasProviderId() ? from.getProviderId().getValue() : null,
                from.getAllocationInfo().hasRole() ? from.getAllocationInfo().getRole() : null);
        if (value == null || errors.count() > before) {
            return null;
        }
        return Resource.of(
                kind.equals(ResourceKind.plain(kind.name())) ? ResourceKind.plain(kind.name()) : kind, value);
    }

    private static @Nullable Value value(org.mesolith.proto.gen.v1.Resource from, Path at, ShapeErrors errors) {
        boolean given = switch (from.getType()) {
            case SCALAR -> from.hasScalar() && !from.hasRanges() && !from.hasSet();
            case RANGES -> from.hasRanges() && !from.hasScalar() && !from.hasSet();
            case SET -> from.hasSet() && !from.hasScalar() && !from.hasRanges();
            case TEXT -> false;
        };
        if (!given) {
            errors.add(
                    at,
                    "is of type " + from.getType() + " and must have exactly the value of that type; "
                            + "types of resources are SCALAR, RANGES and SET");
            return null;
        }
        return switch (from.getType()) {
            case SCALAR -> ValueCodec.decode(from.getScalar(), at.field("scalar"), errors);
            case RANGES -> ValueCodec.decode(from.getName(), from.getRanges(), at.field("ranges"), errors);
            case SET -> ValueCodec.decode(from.getName(), from.getSet(), at.field("set"), errors);
            case TEXT -> null;
        };
    }

    private static List<Reservation> reservations(
            org.mesolith.proto.gen.v1.Resource from, Path at, ShapeErrors errors) {
        var old = oldForm(from, at, errors);
        if (from.getReservationsCount() == 0) {
            return old;
        }
        var stack = new ArrayList<Reservation>();
        for (int i = 0; i < from.getReservationsCount(); i++) {
            var layer = layer(from.getReservations(i), at.field("reservations").index(i), errors);
            if (layer != null) {
                stack.add(layer);
            }
        }
        boolean alsoOld = from.hasReservation() || OldRole.isReserved(from);
        if (alsoOld && !stack.equals(old)) {
            errors.add(at, "has reservations and also a role or reservation that says something else; give one form");
        }
        return stack;
    }

    /** Role and reservation as frameworks without RESERVATION_REFINEMENT write them. */
    private static List<Reservation> oldForm(org.mesolith.proto.gen.v1.Resource from, Path at, ShapeErrors errors) {
        var reservation = from.getReservation();
        // With a stack beside it the old form is only compared; a role or type inside is the mark of the new form.
        boolean alone = from.getReservationsCount() == 0;
        if (alone && (reservation.hasRole() || reservation.hasType())) {
            errors.add(at.field("reservation"), "role and type belong into reservations, not here");
        }
        if (!OldRole.isReserved(from)) {
            if (alone && from.hasReservation()) {
                errors.add(at.field("reservation"), "is set but the role is \"*\"; name the role");
            }
            return List.of();
        }
        return List.of(
                from.hasReservation()
                        ? new Reservation(
                                Reservation.Type.DYNAMIC,
                                OldRole.of(from),
                                reservation.hasPrincipal() ? reservation.getPrincipal() : null,
                                labels(reservation.getLabels()))
                        : Reservation.fixed(OldRole.of(from)));
    }

    private static @Nullable Reservation layer(ReservationInfo from, Path at, ShapeErrors errors) {
        var type = switch (from.getType()) {
            case STATIC -> Reservation.Type.STATIC;
            case DYNAMIC -> Reservation.Type.DYNAMIC;
            case UNKNOWN -> null;
        };
        if (type == null) {
            errors.add(at.field("type"), "is required: STATIC or DYNAMIC");
        }
        if (!from.hasRole()) {
            errors.addMissing(at.field("role"));
        }
        return type == null || !from.hasRole()
                ? null
                : new Reservation(
                        type,
                        from.getRole(),
                        from.hasPrincipal() ? from.getPrincipal() : null,
                        labels(from.getLabels()));
    }

    public static Labels labels(org.mesolith.proto.gen.v1.Labels from) {
        return from.getLabelsCount() == 0
                ? Labels.NONE
                : new Labels(from.getLabelsList().stream()
                        .map(label -> new Label(label.getKey(), label.hasValue() ? label.getValue() : null))
                        .toList());
    }

    public static org.mesolith.proto.gen.v1.Labels labels(Labels from) {
        var to = org.mesolith.proto.gen.v1.Labels.newBuilder();
        for (var label : from.labels()) {
            var one = to.addLabelsBuilder().setKey(label.key());
            if (label.value() != null) {
                one.setValue(label.value());
            }
        }
        return to.build();
    }

    /** A shared resource that is held several times is written so many times. */
    public static List<org.mesolith.proto.gen.v1.Resource> encode(Resources from, ResourceForm form) {
        var list = new ArrayList<org.mesolith.proto.gen.v1.Resource>(from.size());
        for (var resource : from) {
            var written = encode(resource, form);
            for (int copy = 0; copy < resource.copies(); copy++) {
                list.add(written);
            }
        }
        return list;
    }

    private static org.mesolith.proto.gen.v1.Resource encode(Resource from, ResourceForm form) {
        var kind = from.kind();
        var to = org.mesolith.proto.gen.v1.Resource.newBuilder().setName(from.name());
        switch (from.value()) {
            case Value.Scalar scalar ->
                to.setType(org.mesolith.proto.gen.v1.Value.Type.SCALAR).setScalar(ValueCodec.encode(scalar));
            case Ranges ranges ->
                to.setType(org.mesolith.proto.gen.v1.Value.Type.RANGES).setRanges(ValueCodec.encode(ranges));
            case Value.Items items ->
                to.setType(org.mesolith.proto.gen.v1.Value.Type.SET).setSet(ValueCodec.encode(items));
            case Value.Text text ->
                throw new IllegalArgumentException("resource " + from.name() + " is a text: " + text.text());
        }
        writeReservations(kind.reservations(), form.reservations(), to);
        if (kind.disk() != null) {
            to.setDisk(DiskCodec.encode(kind.disk()));
        }
        if (kind.revocable()) {
            to.getRevocableBuilder();
        }
        if (kind.shared()) {
            to.getSharedBuilder();
        }
        if (kind.providerId() != null) {
            to.getProviderIdBuilder().setValue(kind.providerId());
        }
        if (kind.allocatedRole() != null && form.allocation()) {
            to.getAllocationInfoBuilder().setRole(kind.allocatedRole());
        }
        return to.build();
    }

    /** The old form cannot say a stack of several layers: that is written in the new form whoever reads it. */
    private static void writeReservations(
            List<Reservation> stack, ResourceForm.Reservations form, org.mesolith.proto.gen.v1.Resource.Builder to) {
        boolean sayable = stack.size() <= 1;
        if (form != ResourceForm.Reservations.ROLE || !sayable) {
            stack.forEach(layer -> to.addReservations(encode(layer)));
        }
        if (form != ResourceForm.Reservations.STACK && sayable) {
            writeOldForm(stack, to);
        }
    }

    private static void writeOldForm(List<Reservation> stack, org.mesolith.proto.gen.v1.Resource.Builder to) {
        if (stack.isEmpty()) {
            OldRole.set(to, Roles.STAR);
            return;
        }
        var layer = stack.getFirst();
        OldRole.set(to, layer.role());
        if (layer.isDynamic()) {
            to.setReservation(encode(layer).toBuilder().clearRole().clearType());
        }
    }

    private static ReservationInfo encode(Reservation from) {
        var to = ReservationInfo.newBuilder()
                .setType(from.isDynamic() ? ReservationInfo.Type.DYNAMIC : ReservationInfo.Type.STATIC)
                .setRole(from.role());
        if (from.principal() != null) {
            to.setPrincipal(from.principal());
        }
        if (!from.labels().isEmpty()) {
            to.setLabels(labels(from.labels()));
        }
        return to.build();
    }
}
