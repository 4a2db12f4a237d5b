package org.mesolith.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;
import org.mesolith.log.MemberAddress;

/**
 * The file that says who a master is: {@code key=value} lines and a checksum, replaced as a whole and synced.
 *
 * <p>It lies beside the Raft storage, never inside: Ratis starts every directory it finds there.
 */
final class IdentityFile {
    /** Name of the file in the data directory. */
    static final String FILE = "identity";

    private static final String FORMAT = "1";
    private static final String CHECKSUM = "crc32c=";
    /** Members that a cluster can be made with. */
    static final int FOUNDERS_MAX = 15;

    private final Path file;

    IdentityFile(Path dataDir) {
        this.file = dataDir.resolve(FILE);
    }

    /**
     * The identity in the file. A directory that has none becomes a new member, unless it holds other data.
     *
     * @param dataDirs directories that only a member with an identity can have
     * @throws StartRefused when the file is damaged, or missing although there is data
     */
    Identity readOrMake(List<Path> dataDirs) throws IOException, StartRefused {
        if (Files.exists(file)) {
            return read();
        }
        for (var directory : dataDirs) {
            if (!DurableFiles.children(directory).isEmpty()) {
                throw new StartRefused(
                        Halt.Code.CORRUPT_DATA,
                        "the identity file " + file + " is missing although " + directory + " holds data. "
                                + "Put the file back from where it was moved. If it is lost: " + StartRefused.REPLACE);
            }
        }
        var made = Identity.fresh();
        write(made);
        return made;
    }

    void write(Identity identity) throws IOException {
        var text = new StringBuilder();
        line(text, "format", FORMAT);
        line(text, "member", identity.memberId());
        line(text, "stage", identity.stage().name());
        line(text, "cluster", identity.clusterId());
        line(text, "group", identity.groupId());
        line(text, "life", Long.toString(identity.life()));
        for (int place = 0; place < identity.founders().size(); place++) {
            var peer = identity.founders().get(place);
            var prefix = "founder." + place + ".";
            line(text, prefix + "member", peer.member());
            line(text, prefix + "host", peer.host());
            line(text, prefix + "raft_port", Integer.toString(peer.raftPort()));
            line(text, prefix + "http_port", Integer.toString(peer.httpPort()));
        }
        var sum = checksum(text.toString());
        text.append(CHECKSUM).append(sum).append('\n');
        DurableFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Identity read() throws IOException, StartRefused {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int sumAt = text.lastIndexOf(CHECKSUM);
        if (sumAt < 0 || !text.substring(sumAt + CHECKSUM.length()).trim().equals(checksum(text.substring(0, sumAt)))) {
            throw damaged("its checksum does not fit");
        }
        var fields = new TreeMap<String, String>();
        for (var line : text.substring(0, sumAt).split("\n")) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw damaged("the line '" + line + "' is no key=value");
            }
            fields.put(line.substring(0, equals), line.substring(equals + 1));
        }
        if (!FORMAT.equals(fields.get("format"))) {
            throw new StartRefused(
                    Halt.Code.TOO_OLD,
                    "the identity file " + file + " has format " + fields.get("format") + ", this version reads "
                            + FORMAT + "; install the version that wrote it, or a newer one");
        }
        return identity(fields);
    }

    private Identity identity(Map<String, String> fields) throws StartRefused {
        try {
            var founders = new ArrayList<MemberAddress>();
            for (int place = 0; place < FOUNDERS_MAX && fields.containsKey("founder." + place + ".member"); place++) {
                var prefix = "founder." + place + ".";
                founders.add(new MemberAddress(
                        field(fields, prefix + "member"),
                        field(fields, prefix + "host"),
                        Integer.parseInt(field(fields, prefix + "raft_port")),
                        Integer.parseInt(field(fields, prefix + "http_port"))));
            }
            return new Identity(
                    field(fields, "member"),
                    Identity.Stage.valueOf(field(fields, "stage")),
                    field(fields, "cluster"),
                    field(fields, "group"),
                    founders,
                    Long.parseLong(fields.getOrDefault("life", "0")));
        } catch (IllegalArgumentException | IllegalStateException contradiction) {
            throw damaged(String.valueOf(contradiction.getMessage()));
        }
    }

    private String field(Map<String, String> fields, String key) throws StartRefused {
        var value = fields.get(key);
        if (value == null) {
            throw damaged("it has no " + key);
        }
        return value;
    }

    private StartRefused damaged(String why) {
        return new StartRefused(
                Halt.Code.CORRUPT_DATA,
                "the identity file " + file + " is damaged: " + why + ". " + StartRefused.REPLACE);
    }

    private static void line(StringBuilder text, String key, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a line break in " + key);
        }
        text.append(key).append('=').append(value).append('\n');
    }

    private static String checksum(String text) {
        var sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
