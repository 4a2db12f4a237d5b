package org.mesolith.statecodec;

import org.mesolith.proto.gen.log.Log;
import org.mesolith.state.Command;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.SystemCommand.DigestCheck;
import org.mesolith.state.SystemCommand.InitCluster;
import org.mesolith.state.SystemCommand.NoteDeed;
import org.mesolith.state.SystemCommand.PruneJournal;
import org.mesolith.state.SystemCommand.RaiseEpoch;
import org.mesolith.state.SystemCommand.RaiseFeatureLevel;
import org.mesolith.state.journal.JournalRow;

/** Commands about the cluster itself, both ways. */
final class SystemCommands {
    private SystemCommands() {}

    static void write(Log.Logged.Builder logged, SystemCommand command) {
        switch (command) {
            case InitCluster(var clusterId, long epoch, long epochId, int level) ->
                logged.setInitCluster(Log.InitCluster.newBuilder()
                        .setClusterId(clusterId)
                        .setEpoch(epoch)
                        .setEpochId(epochId)
                        .setFeatureLevel(level));
            case RaiseFeatureLevel(int level, var needs) ->
                logged.setRaiseFeatureLevel(
                        Log.RaiseFeatureLevel.newBuilder().setLevel(level).setNeedsVersion(needs));
            case RaiseEpoch(long epoch, long epochId) ->
                logged.setRaiseEpoch(Log.RaiseEpoch.newBuilder().setEpoch(epoch).setEpochId(epochId));
            case DigestCheck(var noted, long digest) ->
                logged.setDigestCheck(Log.DigestCheck.newBuilder()
                        .setNoted(Values.position(noted))
                        .setDigest(digest));
            case PruneJournal(var gone) ->
                logged.setPruneJournal(Log.PruneJournal.newBuilder()
                        .setEventsFrom(JournalCodec.place(gone.eventsFrom()))
                        .setEventsBefore(JournalCodec.place(gone.eventsBefore()))
                        .setEventsForgotten(gone.events())
                        .setEventBytes(gone.eventBytes())
                        .setAuditsFrom(gone.auditsFrom())
                        .setAuditsBefore(gone.auditsBefore())
                        .setAnchor(gone.anchor())
                        .setAuditBytes(gone.auditBytes()));
            case NoteDeed(var call, var subject, var arguments, var before, var after) ->
                logged.setNoteDeed(Log.NoteDeed.newBuilder()
                        .setCall(call)
                        .setSubject(subject)
                        .setArguments(arguments)
                        .setBefore(before)
                        .setAfter(after));
        }
    }

    static Command read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case INIT_CLUSTER -> {
                var read = logged.getInitCluster();
                yield new InitCluster(
                        read.getClusterId(),
                        read.getEpoch(),
                        read.getEpochId(),
                        known(Math.max(FeatureLevel.FIRST.number(), read.getFeatureLevel()), ""));
            }
            case RAISE_FEATURE_LEVEL -> {
                var read = logged.getRaiseFeatureLevel();
                yield new RaiseFeatureLevel(known(read.getLevel(), read.getNeedsVersion()), read.getNeedsVersion());
            }
            case RAISE_EPOCH ->
                new RaiseEpoch(
                        logged.getRaiseEpoch().getEpoch(),
                        logged.getRaiseEpoch().getEpochId());
            case DIGEST_CHECK ->
                new DigestCheck(
                        Values.position(logged.getDigestCheck().getNoted()),
                        logged.getDigestCheck().getDigest());
            case PRUNE_JOURNAL -> {
                var read = logged.getPruneJournal();
                yield new PruneJournal(new JournalRow.Forgotten(
                        JournalCodec.place(read.getEventsFrom()),
                        JournalCodec.place(read.getEventsBefore()),
                        read.getEventsForgotten(),
                        read.getEventBytes(),
                        read.getAuditsFrom(),
                        read.getAuditsBefore(),
                        read.getAnchor(),
                        read.getAuditBytes()));
            }
            case NOTE_DEED -> {
                var read = logged.getNoteDeed();
                yield new NoteDeed(
                        read.getCall(), read.getSubject(), read.getArguments(), read.getBefore(), read.getAfter());
            }
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }

    private static int known(int level, String needs) {
        if (level > FeatureLevel.NEWEST.number()) {
            throw UnknownFormatException.level(level, needs);
        }
        return level;
    }
}
