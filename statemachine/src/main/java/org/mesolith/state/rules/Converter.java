package org.mesolith.state.rules;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.Conversion;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationState;
import org.mesolith.model.Resources;
import org.mesolith.model.Uuid;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.check.OperationChecks;
import org.mesolith.state.row.OperationRow;

/** The reservations and volumes of one ACCEPT. What cannot be done is left out, and the rest goes on. */
final class Converter {
    private final AcceptedOffer offer;
    private final Draft draft;

    Converter(AcceptedOffer offer) {
        this.offer = offer;
        this.draft = offer.draft();
    }

    /**
     * @param type its name in the v1 interface
     */
    OperationOutcome convert(OfferOperation operation, String type) {
        if (!draft.before().featureLevel().includes(FeatureLevel.OPERATIONS)) {
            return AcceptRules.notSupported(type);
        }
        var info = offer.framework().info();
        var asker =
                new OperationChecks.Asker(info, info.principal(), offer.accept().role());
        var problem = OperationChecks.problem(operation, asker, offer.holdings().holder());
        var id = operation.id();
        if (problem == null && id != null) {
            problem = problem(id);
        }
        if (problem != null) {
            return new OperationOutcome.Failed(MasterStatus.cut(problem));
        }
        var wanted = Conversion.of(operation);
        if (wanted == null || !isOffered(wanted.consumed())) {
            return new OperationOutcome.Failed(MasterStatus.cut(type + " needs more than what is left of the offer, {"
                    + offer.offered().unallocated() + "}"));
        }
        var done = offer.holdings().convert(operation);
        if (done == null) {
            return new OperationOutcome.Failed(MasterStatus.cut(type + " needs more than what is free on the agent, {"
                    + offer.holdings().free() + "}: the offer is no longer valid"));
        }
        offer.replace(done.consumed(), Conversion.isUsableAtOnce(operation) ? done.converted() : Resources.EMPTY);
        if (id != null) {
            remember(id, type);
        }
        return new OperationOutcome.Performed();
    }

    private boolean isOffered(Resources needed) {
        return offer.offered().unallocated().contains(needed);
    }

    private @Nullable String problem(OperationId id) {
        var framework = offer.accept().framework();
        if (draft.before().operation(framework, id) != null || draft.isNew(framework, id)) {
            return "Operation '" + id.value() + "' exists and is not acknowledged; choose another id";
        }
        if (id.value().isEmpty() || id.value().length() > Limits.ID_CHARS_MAX) {
            return "An operation id has 1 to " + Limits.ID_CHARS_MAX + " characters";
        }
        return draft.before().operationCount(framework) >= Limits.OPERATIONS_PER_FRAMEWORK_MAX
                ? "More than " + Limits.OPERATIONS_PER_FRAMEWORK_MAX
                        + " operations wait for their acknowledgement; acknowledge some first"
                : null;
    }

    /** The status gets a name that no other one has: the place in the log, and which operation there. */
    private void remember(OperationId id, String type) {
        var at = draft.at();
        long high = draft.before().cluster().epochId() ^ at.index();
        long low = ((long) at.ordinal() << Integer.SIZE) | draft.newOperations();
        draft.put(new OperationRow(
                offer.accept().framework(),
                id,
                offer.accept().agent(),
                type,
                OperationState.OPERATION_FINISHED,
                new Uuid(high, low),
                at));
    }
}
