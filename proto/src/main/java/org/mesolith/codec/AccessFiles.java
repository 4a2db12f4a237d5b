package org.mesolith.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;

/** The files of Mesos that say who somebody is and what they may do. Unknown names are errors, never ignored. */
public final class AccessFiles {
    /** Rules about what neither masters nor agents do; read, so that a file can be shared, without effect. */
    private static final TreeSet<String> WITHOUT_EFFECT = new TreeSet<>(List.of(
            "launch_nested_containers_as_user",
            "launch_nested_containers_under_parent_with_user",
            "launch_nested_container_sessions_as_user",
            "launch_nested_container_sessions_under_parent_with_user",
            "kill_nested_containers",
            "wait_nested_containers",
            "remove_nested_containers",
            "attach_containers_input",
            "attach_containers_output",
            "launch_standalone_containers",
            "kill_standalone_containers",
            "wait_standalone_containers",
            "remove_standalone_containers",
            "view_standalone_containers",
            "modify_resource_provider_configs",
            "mark_resource_providers_gone",
            "view_resource_providers",
            "prune_images",
            "create_block_disks",
            "destroy_block_disks",
            "create_mount_disks",
            "destroy_mount_disks",
            "destroy_raw_disks"));

    private AccessFiles() {}

    /** What such a file says is wrong; the sentence says where and what to do. */
    public static final class BadFile extends Exception {
        private static final long serialVersionUID = 1L;

        BadFile(String message) {
            super(message);
        }
    }

    /**
     * Rules in Mesos' JSON.
     *
     * @throws BadFile when it is no JSON, or says something that nobody understands
     */
    public static Acls acls(byte[] json) throws BadFile {
        var root = read(json);
        var rules = new ArrayList<Acls.Rule>();
        boolean permissive = true;
        for (var field : root.properties()) {
            var name = field.getKey();
            if (name.equals("permissive")) {
                if (!field.getValue().isBoolean()) {
                    throw new BadFile("'permissive' must be true or false");
                }
                permissive = field.getValue().booleanValue();
                continue;
            }
            var action = Action.ofRules(name);
            if (action == null && !WITHOUT_EFFECT.contains(name)) {
                throw new BadFile("'" + name + "' is no list of rules; see the actions in docs/access.md");
            }
            if (action != null) {
                rules.addAll(rules(action, field.getValue()));
            }
        }
        return new Acls(rules, permissive);
    }

    private static List<Acls.Rule> rules(Action action, JsonNode list) throws BadFile {
        if (!list.isArray()) {
            throw new BadFile("'" + action.rules() + "' must be a list of rules");
        }
        var rules = new ArrayList<Acls.Rule>();
        for (var rule : list) {
            for (var field : rule.properties()) {
                if (!field.getKey().equals("principals") && !field.getKey().equals(action.objects())) {
                    throw new BadFile("a rule of '" + action.rules() + "' has '" + field.getKey()
                            + "'; it may have 'principals' and '" + action.objects() + "'");
                }
            }
            rules.add(new Acls.Rule(action, side(action, rule, "principals"), side(action, rule, action.objects())));
        }
        return rules;
    }

    private static Acls.Side side(Action action, JsonNode rule, String name) throws BadFile {
        var side = rule.get(name);
        if (side == null || !side.isObject()) {
            throw new BadFile("a rule of '" + action.rules() + "' needs '" + name + "'");
        }
        var values = new ArrayList<String>();
        var listed = side.get("values");
        if (listed != null) {
            for (var value : listed) {
                if (!value.isTextual()) {
                    throw new BadFile("'values' of '" + name + "' in '" + action.rules() + "' must be texts");
                }
                values.add(value.textValue());
            }
        }
        var type = side.get("type");
        return switch (type == null ? "SOME" : type.asText()) {
            case "ANY" -> Acls.Side.ANY;
            case "NONE" -> Acls.Side.NONE;
            case "SOME" -> Acls.Side.of(values);
            default ->
                throw new BadFile("'type' of '" + name + "' in '" + action.rules() + "' is '" + type.asText()
                        + "'; it may be ANY, NONE or SOME");
        };
    }

    /**
     * Names and secrets, in Mesos' JSON or as lines of a name and a secret. A secret may be a salted hash, which this
     * reads as any other text.
     *
     * @throws BadFile when it is neither
     */
    public static SortedMap<String, String> credentials(byte[] file) throws BadFile {
        var text = new String(file, StandardCharsets.UTF_8);
        return text.stripLeading().startsWith("{") ? fromJson(file) : fromLines(text);
    }

    /** A name and its secret. */
    public record Credential(String principal, String secret) {
        /** The secret is not shown. */
        @Override
        public String toString() {
            return principal + " ***";
        }

        /** As the value of the header Authorization. */
        public String basic() {
            var pair = (principal + ":" + secret).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
    }

    /**
     * One's own name and secret, in Mesos' JSON ({@code principal}, {@code secret}) or as a line of both.
     *
     * @throws BadFile when it is neither
     */
    public static Credential credential(byte[] file) throws BadFile {
        var text = new String(file, StandardCharsets.UTF_8);
        SortedMap<String, String> secrets = new TreeMap<>();
        if (text.stripLeading().startsWith("{")) {
            one(secrets, read(file));
        } else {
            secrets = fromLines(text);
        }
        if (secrets.size() != 1) {
            throw new BadFile("the file must hold one principal and its secret, and holds " + secrets.size());
        }
        var only = secrets.entrySet().iterator().next();
        return new Credential(only.getKey(), only.getValue());
    }

    private static SortedMap<String, String> fromJson(byte[] file) throws BadFile {
        var list = read(file).get("credentials");
        if (list == null || !list.isArray()) {
            throw new BadFile("the file of credentials needs the list 'credentials'");
        }
        var secrets = new TreeMap<String, String>();
        for (var one : list) {
            one(secrets, one);
        }
        return secrets;
    }

    private static void one(SortedMap<String, String> secrets, JsonNode one) throws BadFile {
        var principal = one.get("principal");
        var secret = one.get("secret");
        if (principal == null || !principal.isTextual() || secret == null || !secret.isTextual()) {
            throw new BadFile("each of the credentials needs 'principal' and 'secret'");
        }
        put(secrets, principal.textValue(), secret.textValue());
    }

    private static SortedMap<String, String> fromLines(String text) throws BadFile {
        var secrets = new TreeMap<String, String>();
        for (var line : text.split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            var parts = line.strip().split("\\s+");
            if (parts.length != 2) {
                throw new BadFile("each line of the file of credentials is a principal, a space and a secret");
            }
            put(secrets, parts[0], parts[1]);
        }
        return secrets;
    }

    private static void put(SortedMap<String, String> secrets, String principal, String secret) throws BadFile {
        if (principal.isEmpty() || principal.indexOf(':') >= 0) {
            throw new BadFile("the principal '" + principal + "' is empty or has a colon");
        }
        if (secrets.put(principal, secret) != null) {
            throw new BadFile("the principal '" + principal + "' is given twice");
        }
    }

    private static JsonNode read(byte[] json) throws BadFile {
        try {
            var root = new ObjectMapper().readTree(json);
            if (root == null || !root.isObject()) {
                throw new BadFile("the file holds no JSON object");
            }
            return root;
        } catch (JacksonException malformed) {
            throw new BadFile("the file is no JSON: " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new BadFile("the file cannot be read: " + impossible.getMessage());
        }
    }
}
