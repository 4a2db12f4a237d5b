package org.mesolith.statecodec;

import org.mesolith.proto.gen.log.Log;
import org.mesolith.state.Command;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.QuotaCommand.SetWeights;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.SystemCommand.DigestCheck;
import org.mesolith.state.SystemCommand.InitCluster;
import org.mesolith.state.SystemCommand.RaiseEpoch;
import org.mesolith.state.SystemCommand.RaiseFeatureLevel;

/** Commands about quota, weights and the cluster itself, both ways. */
final class SystemCommands {
    private SystemCommands() {}

    static void write(Log.Logged.Builder logged, QuotaCommand command) {
        switch (command) {
            case SetWeights(var weights) -> {
                var written = Log.SetWeights.newBuilder();
                weights.forEach(weight -> written.addWeights(Values.weight(weight)));
                logged.setSetWeights(written);
            }
        }
    }

    static void write(Log.Logged.Builder logged, SystemCommand command) {
        switch (command) {
            case InitCluster(var clusterId, long epoch, long epochId) ->
                logged.setInitCluster(Log.InitCluster.newBuilder()
                        .setClusterId(clusterId)
                        .setEpoch(epoch)
                        .setEpochId(epochId));
            case RaiseFeatureLevel(int level) ->
                logged.setRaiseFeatureLevel(Log.RaiseFeatureLevel.newBuilder().setLevel(level));
            case RaiseEpoch(long epoch, long epochId) ->
                logged.setRaiseEpoch(Log.RaiseEpoch.newBuilder().setEpoch(epoch).setEpochId(epochId));
            case DigestCheck(var noted, long digest) ->
                logged.setDigestCheck(Log.DigestCheck.newBuilder()
                        .setNoted(Values.position(noted))
                        .setDigest(digest));
        }
    }

    static Command read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case SET_WEIGHTS ->
                new SetWeights(logged.getSetWeights().getWeightsList().stream()
                        .map(Values::weight)
                        .toList());
            case INIT_CLUSTER -> {
                var read = logged.getInitCluster();
                yield new InitCluster(read.getClusterId(), read.getEpoch(), read.getEpochId());
            }
            case RAISE_FEATURE_LEVEL -> {
                int level = logged.getRaiseFeatureLevel().getLevel();
                if (level > FeatureLevel.NEWEST.number()) {
                    throw new UnknownFormatException("feature level " + level + " (this software knows up to "
                            + FeatureLevel.NEWEST.number() + ")");
                }
                yield new RaiseFeatureLevel(level);
            }
            case RAISE_EPOCH ->
                new RaiseEpoch(
                        logged.getRaiseEpoch().getEpoch(),
                        logged.getRaiseEpoch().getEpochId());
            case DIGEST_CHECK ->
                new DigestCheck(
                        Values.position(logged.getDigestCheck().getNoted()),
                        logged.getDigestCheck().getDigest());
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }
}
