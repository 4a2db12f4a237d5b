package org.mesolith.state;

/**
 * A wish in the replicated log. Each master decides the same about it in apply.
 *
 * <p>A new command is a record in its family, a number in {@code log.proto}, a line in the switch, and a rule.
 */
public sealed interface Command
        permits AgentCommand,
                FrameworkCommand,
                TaskCommand,
                ReservationCommand,
                QuotaCommand,
                MaintenanceCommand,
                SystemCommand,
                MembershipCommand,
                DeclarationCommand {}
