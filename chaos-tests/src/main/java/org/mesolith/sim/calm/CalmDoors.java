package org.mesolith.sim.calm;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.base.EventQueue;
import org.mesolith.doctor.Examination;
import org.mesolith.http.About;
import org.mesolith.http.EventStreams;
import org.mesolith.http.Gate;
import org.mesolith.http.OwnLog;
import org.mesolith.http.RaftPage;
import org.mesolith.http.Routes;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.CommandLog;
import org.mesolith.log.MemberAddress;
import org.mesolith.logging.Verbosity;
import org.mesolith.model.Acls;
import org.mesolith.pages.LogFile;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;

/**
 * What the HTTP doors of a calm master are made with.
 *
 * @param roles the only roles that may be used, null for any
 * @param authenticator who may come in
 * @param acls who may look at what
 * @param log file of the log that is shown, null for none
 */
public record CalmDoors(
        @Nullable List<String> roles,
        Authenticator authenticator,
        Acls acls,
        @Nullable Path log) {
    /** Without rules and without a log that is kept. */
    public CalmDoors(@Nullable List<String> roles, Authenticator authenticator) {
        this(roles, authenticator, Acls.OPEN, null);
    }

    /** The same with these rules. */
    public CalmDoors withAcls(Acls changed) {
        return new CalmDoors(roles, authenticator, changed, log);
    }

    /** The same with a log that is kept in this file. */
    public CalmDoors withLog(Path file) {
        return new CalmDoors(roles, authenticator, acls, file);
    }

    /**
     * The doors of one master.
     *
     * @param clock that its timers go by
     */
    public HttpHandler routes(LeaderCalls calls, EventStreams streams, EventQueue clock) {
        // A calm process logs nothing, at any level.
        var own = new OwnLog(new Verbosity(clock, level -> {}), log == null ? null : new LogFile(OwnLog.NAME, log));
        var about = new About("calm", "1.11.0", "127.0.0.1:5050", new TreeMap<>(), own, roles);
        var access = new Routes.Access(new Gate(authenticator, acls), principal -> HttpAnswer.empty(503));
        return Routes.of(calls, streams, about, within -> List.of(), new NoGroup(), access);
    }

    /** A calm cluster has no group to look at. */
    private static final class NoGroup implements RaftPage.Group {
        @Override
        public ClusterStatus status() {
            throw new IllegalStateException("a calm cluster has no group");
        }

        @Override
        public @Nullable String clusterId() {
            return null;
        }

        @Override
        public RaftPage.Facts facts() {
            return RaftPage.Facts.UNKNOWN;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Examination examination() {
            return Examination.NONE;
        }

        @Override
        public RaftPage.Software software(MemberAddress other) throws IOException {
            throw new IOException("a calm cluster has no group");
        }

        @Override
        public void meet(MemberAddress member) {}

        @Override
        public @Nullable ClusterControl control() {
            return null;
        }

        @Override
        public @Nullable CommandLog log() {
            return null;
        }

        @Override
        public @Nullable String groupId() {
            return null;
        }

        @Override
        public @Nullable String initialise(String clusterId, String groupId, List<MemberAddress> members) {
            return "a calm cluster has no group";
        }
    }

    /**
     * Doors that let these principals in, each with its secret, and nobody else.
     *
     * @param demanded false: everybody comes in
     */
    public static CalmDoors of(
            @Nullable List<String> roles, SortedMap<String, String> secretByPrincipal, boolean demanded) {
        var hashes = new TreeMap<String, String>();
        secretByPrincipal.forEach((principal, secret) -> hashes.put(principal, hash(secret)));
        return new CalmDoors(
                roles, demanded ? Authenticator.of(hashes, List.of(Authenticator.Realm.OPERATOR)) : Authenticator.OPEN);
    }

    /** One round only: nothing here is worth a thief's time. */
    private static String hash(String secret) {
        try {
            byte[] salt = {1};
            var key = new PBEKeySpec(secret.toCharArray(), salt, 1, 256);
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
            var base64 = Base64.getEncoder();
            return "pbkdf2:1:" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", missing);
        }
    }
}
