package org.mesolith.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;

/** What frameworks do, and what happens to them. */
public sealed interface FrameworkCommand extends Command {
    /**
     * A framework subscribes for the first time or again. Accepted with {@link Result.FrameworkSubscribed}.
     *
     * @param id null: a new one is minted; an unknown one is taken as it is
     */
    record SubscribeFramework(@Nullable FrameworkId id, FrameworkInfo info) implements FrameworkCommand {}

    /** A framework changes what it said of itself; user, checkpoint and principal cannot change. */
    record UpdateFramework(FrameworkId framework, FrameworkInfo info) implements FrameworkCommand {}

    /** The framework's stream ended: its failover timeout runs from {@code since}. */
    record DisconnectFramework(FrameworkId framework, Instant since) implements FrameworkCommand {}

    /**
     * The failover timeout has passed: the framework is removed as by a tear-down.
     *
     * @param disconnectedSince what the proposer saw; refused when the row says otherwise, for then it came back
     */
    record TimeOutFramework(FrameworkId framework, Instant disconnectedSince) implements FrameworkCommand {}

    /** The framework ends: its tasks are killed, its id is refused until it is forgotten. */
    record TearDownFramework(FrameworkId framework) implements FrameworkCommand {}

    /**
     * A framework uses what it was offered. The operations are applied in order, each with an outcome of its own in
     * {@link Result.OffersAccepted}. Refused as a whole when framework or agent cannot be.
     *
     * @param role to which the resources were offered
     * @param offered sum of the offers, allocated to the role
     * @param offers for the record
     */
    record AcceptOffers(
            FrameworkId framework,
            AgentId agent,
            String role,
            Resources offered,
            List<OfferId> offers,
            List<OfferOperation> operations)
            implements FrameworkCommand {
        public AcceptOffers {
            offers = List.copyOf(offers);
            operations = List.copyOf(operations);
        }
    }
}
