package org.mesolith.scenario.table;

import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.Disk;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Milli;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.TableWords;
import org.mesolith.state.check.OperationChecks;
import org.mesolith.state.check.OperationChecks.Asker;
import org.mesolith.state.check.OperationChecks.Holder;

/** What is looked at before an operation is tried. */
final class OperationCheck {
    private OperationCheck() {}

    static Shown check(Fields given) {
        var framework = given.find("framework", PartKinds.VALIDATOR);
        var asker = framework == null
                ? Asker.operator(given.find("principal", TEXT))
                : asker(framework, given.find("allocated_role", TEXT));
        var maker = given.get("volume_principal", TEXT, asker.principal() == null ? "" : asker.principal());
        var agent = new Holder(
                given.get("checkpointed", RESOURCES, Resources.EMPTY),
                given.get("used", RESOURCES, Resources.EMPTY),
                List.of(AgentCapability.RESERVATION_REFINEMENT, AgentCapability.RESIZE_VOLUME));
        return Shown.valid(OperationChecks.problem(operation(given, maker), asker, agent) == null);
    }

    private static Asker asker(Fields framework, @Nullable String allocatedRole) {
        var roles = framework.get("roles", Kinds.TEXTS);
        var capabilities = new ArrayList<>(framework.get("capabilities", Kinds.FRAMEWORK_CAPABILITIES, List.of()));
        capabilities.add(FrameworkCapability.MULTI_ROLE);
        var info = new FrameworkInfo(
                null,
                "root",
                "framework",
                roles,
                capabilities,
                Duration.ZERO,
                true,
                framework.find("principal", TEXT),
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
        return new Asker(info, info.principal(), allocatedRole == null ? roles.getFirst() : allocatedRole);
    }

    private static OfferOperation operation(Fields given, String maker) {
        var resources = madeBy(given.get("resources", RESOURCES, Resources.EMPTY), maker);
        var volume = given.get("volume", RESOURCES, Resources.EMPTY);
        return switch (given.get("kind", TableWords.OPERATION)) {
            case "reserve" -> new OfferOperation.Reserve(null, Resources.EMPTY, resources);
            case "unreserve" -> new OfferOperation.Unreserve(null, resources);
            case "create" -> new OfferOperation.Create(null, resources);
            case "destroy" -> new OfferOperation.Destroy(null, resources);
            case "grow-volume" ->
                new OfferOperation.GrowVolume(null, volume, given.get("addition", RESOURCES, Resources.EMPTY));
            default ->
                new OfferOperation.ShrinkVolume(null, volume, Milli.ofDouble(given.get("subtract", Kinds.NUMBER, 0.0)));
        };
    }

    /** The text does not say who makes a volume. */
    private static Resources madeBy(Resources resources, String maker) {
        return resources.mapKinds(kind -> {
            var disk = kind.disk();
            var persistence = disk == null ? null : disk.persistence();
            return disk == null || persistence == null
                    ? kind
                    : kind.withDisk(
                            new Disk(disk.source(), new Disk.Persistence(persistence.id(), maker), disk.volume()));
        });
    }
}
