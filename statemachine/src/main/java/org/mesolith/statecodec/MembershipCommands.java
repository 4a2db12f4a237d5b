package org.mesolith.statecodec;

import org.mesolith.proto.gen.log.Log;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.Command;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.MembershipCommand.AddJoinToken;
import org.mesolith.state.MembershipCommand.AdmitMember;
import org.mesolith.state.MembershipCommand.RecordMember;
import org.mesolith.state.MembershipCommand.RetireMember;
import org.mesolith.state.row.JoinToken;
import org.mesolith.state.row.KnownMember;
import org.mesolith.state.row.MembershipRow;

/** Commands about the masters of the cluster, and their row, both ways. */
final class MembershipCommands {
    private MembershipCommands() {}

    static void write(Log.Logged.Builder logged, MembershipCommand command) {
        switch (command) {
            case AddJoinToken(var hash, var expires) ->
                logged.setAddJoinToken(
                        Log.AddJoinToken.newBuilder().setHash(hash).setExpires(Values.time(expires)));
            case AdmitMember(var token, var member) ->
                logged.setAdmitMember(
                        Log.AdmitMember.newBuilder().setTokenHash(token).setMember(write(member)));
            case RecordMember(var member) ->
                logged.setRecordMember(Log.RecordMember.newBuilder().setMember(write(member)));
            case RetireMember(var member) ->
                logged.setRetireMember(Log.RetireMember.newBuilder().setMember(member));
        }
    }

    static Command read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case ADD_JOIN_TOKEN ->
                new AddJoinToken(
                        logged.getAddJoinToken().getHash(),
                        Values.time(logged.getAddJoinToken().getExpires()));
            case ADMIT_MEMBER ->
                new AdmitMember(
                        logged.getAdmitMember().getTokenHash(),
                        read(logged.getAdmitMember().getMember()));
            case RECORD_MEMBER -> new RecordMember(read(logged.getRecordMember().getMember()));
            case RETIRE_MEMBER -> new RetireMember(logged.getRetireMember().getMember());
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }

    static Rows.Membership write(MembershipRow row) {
        var written = Rows.Membership.newBuilder();
        row.tokens()
                .forEach(token -> written.addTokens(
                        Rows.JoinToken.newBuilder().setHash(token.hash()).setExpires(Values.time(token.expires()))));
        row.members().forEach(member -> written.addMembers(write(member)));
        return written.build();
    }

    static MembershipRow read(Rows.Membership read) {
        return new MembershipRow(
                read.getTokensList().stream()
                        .map(token -> new JoinToken(token.getHash(), Values.time(token.getExpires())))
                        .toList(),
                read.getMembersList().stream().map(MembershipCommands::read).toList());
    }

    private static Rows.KnownMember write(KnownMember member) {
        var written = Rows.KnownMember.newBuilder()
                .setId(member.id())
                .setHost(member.host())
                .setRaftPort(member.raftPort())
                .setHttpPort(member.httpPort())
                .setZone(member.zone())
                .setLife(member.life())
                .setToken(member.token());
        var removedAt = member.removedAt();
        if (removedAt != null) {
            written.setRemovedAt(Values.time(removedAt));
        }
        return written.build();
    }

    private static KnownMember read(Rows.KnownMember read) {
        return new KnownMember(
                read.getId(),
                read.getHost(),
                read.getRaftPort(),
                read.getHttpPort(),
                read.getZone(),
                read.getLife(),
                read.getToken(),
                read.hasRemovedAt() ? Values.time(read.getRemovedAt()) : null);
    }
}
