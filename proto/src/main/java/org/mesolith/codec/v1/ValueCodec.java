package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.Attribute;
import org.mesolith.model.Milli;
import org.mesolith.model.Ranges;
import org.mesolith.model.ResourceProblems;
import org.mesolith.model.Value;

/** Values of resources and attributes between {@code mesos.v1} and our own. */
public final class ValueCodec {
    private ValueCodec() {}

    public static Value.@Nullable Scalar decode(
            org.mesolith.proto.gen.v1.Value.Scalar scalar, Path at, ShapeErrors errors) {
        if (!Milli.fits(scalar.getValue())) {
            errors.add(at, "is " + scalar.getValue() + ", must be finite and at most " + Milli.UNITS_MAX);
            return null;
        }
        return new Value.Scalar(Milli.ofDouble(scalar.getValue()));
    }

    public static @Nullable Ranges decode(
            String name, org.mesolith.proto.gen.v1.Value.Ranges ranges, Path at, ShapeErrors errors) {
        var bounds = new long[2 * ranges.getRangeCount()];
        for (int i = 0; i < ranges.getRangeCount(); i++) {
            bounds[2 * i] = ranges.getRange(i).getBegin();
            bounds[2 * i + 1] = ranges.getRange(i).getEnd();
        }
        var problems = ResourceProblems.ofRanges(name, bounds);
        problems.forEach(problem -> errors.add(at, problem));
        return problems.isEmpty() ? Ranges.of(bounds) : null;
    }

    public static Value.@Nullable Items decode(
            String name, org.mesolith.proto.gen.v1.Value.Set set, Path at, ShapeErrors errors) {
        var problems = ResourceProblems.ofItems(name, set.getItemList());
        problems.forEach(problem -> errors.add(at, problem));
        return problems.isEmpty() ? new Value.Items(set.getItemList()) : null;
    }

    public static org.mesolith.proto.gen.v1.Value.Scalar encode(Value.Scalar scalar) {
        return org.mesolith.proto.gen.v1.Value.Scalar.newBuilder()
                .setValue(Milli.toDouble(scalar.milli()))
                .build();
    }

    public static org.mesolith.proto.gen.v1.Value.Ranges encode(Ranges ranges) {
        var builder = org.mesolith.proto.gen.v1.Value.Ranges.newBuilder();
        for (int i = 0; i < ranges.count(); i++) {
            builder.addRangeBuilder().setBegin(ranges.begin(i)).setEnd(ranges.end(i));
        }
        return builder.build();
    }

    public static org.mesolith.proto.gen.v1.Value.Set encode(Value.Items items) {
        return org.mesolith.proto.gen.v1.Value.Set.newBuilder()
                .addAllItem(items.items())
                .build();
    }

    public static List<Attribute> attributes(
            List<org.mesolith.proto.gen.v1.Attribute> from, Path at, ShapeErrors errors) {
        var attributes = new ArrayList<Attribute>();
        for (int i = 0; i < from.size(); i++) {
            var value = value(from.get(i), at.index(i), errors);
            if (value != null) {
                attributes.add(new Attribute(from.get(i).getName(), value));
            }
        }
        return attributes;
    }

    private static @Nullable Value value(org.mesolith.proto.gen.v1.Attribute from, Path at, ShapeErrors errors) {
        return switch (from.getType()) {
            case SCALAR -> decode(from.getScalar(), at.field("scalar"), errors);
            case RANGES -> decode(from.getName(), from.getRanges(), at.field("ranges"), errors);
            case TEXT -> new Value.Text(from.getText().getValue());
            case SET -> {
                errors.add(at, "attributes cannot be sets");
                yield null;
            }
        };
    }

    public static List<org.mesolith.proto.gen.v1.Attribute> attributes(List<Attribute> from) {
        return from.stream().map(ValueCodec::encode).toList();
    }

    private static org.mesolith.proto.gen.v1.Attribute encode(Attribute from) {
        var to = org.mesolith.proto.gen.v1.Attribute.newBuilder().setName(from.name());
        switch (from.value()) {
            case Value.Scalar scalar ->
                to.setType(org.mesolith.proto.gen.v1.Value.Type.SCALAR).setScalar(encode(scalar));
            case Ranges ranges ->
                to.setType(org.mesolith.proto.gen.v1.Value.Type.RANGES).setRanges(encode(ranges));
            case Value.Items items ->
                to.setType(org.mesolith.proto.gen.v1.Value.Type.SET).setSet(encode(items));
            case Value.Text(var text) -> {
                to.setType(org.mesolith.proto.gen.v1.Value.Type.TEXT);
                to.getTextBuilder().setValue(text);
            }
        }
        return to.build();
    }
}
