package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** What somebody may be allowed to do; the names of the rules are those of Mesos' ACL file. */
public enum Action {
    REGISTER_FRAMEWORK("register_frameworks", "roles"),
    RUN_TASK("run_tasks", "users"),
    TEARDOWN_FRAMEWORK("teardown_frameworks", "framework_principals"),
    RESERVE_RESOURCES("reserve_resources", "roles"),
    UNRESERVE_RESOURCES("unreserve_resources", "reserver_principals"),
    CREATE_VOLUME("create_volumes", "roles"),
    DESTROY_VOLUME("destroy_volumes", "creator_principals"),
    RESIZE_VOLUME("resize_volumes", "roles"),
    GET_ENDPOINT_WITH_PATH("get_endpoints", "paths"),
    VIEW_ROLE("view_roles", "roles"),
    UPDATE_WEIGHT("update_weights", "roles"),
    GET_QUOTA("get_quotas", "roles"),
    UPDATE_QUOTA("update_quotas", "roles"),
    VIEW_FRAMEWORK("view_frameworks", "users"),
    VIEW_TASK("view_tasks", "users"),
    VIEW_EXECUTOR("view_executors", "users"),
    VIEW_CONTAINER("view_containers", "users"),
    ACCESS_SANDBOX("access_sandboxes", "users"),
    ACCESS_MESOS_LOG("access_mesos_logs", "logs"),
    VIEW_FLAGS("view_flags", "flags"),
    SET_LOG_LEVEL("set_log_level", "level"),
    REGISTER_AGENT("register_agents", "agents"),
    UPDATE_MAINTENANCE_SCHEDULE("update_maintenance_schedules", "machines"),
    GET_MAINTENANCE_SCHEDULE("get_maintenance_schedules", "machines"),
    START_MAINTENANCE("start_maintenances", "machines"),
    STOP_MAINTENANCE("stop_maintenances", "machines"),
    GET_MAINTENANCE_STATUS("get_maintenance_statuses", "machines"),
    MARK_AGENT_GONE("mark_agents_gone", "agents"),
    DRAIN_AGENT("drain_agents", "agents"),
    DEACTIVATE_AGENT("deactivate_agents", "agents"),
    REACTIVATE_AGENT("reactivate_agents", "agents");

    private final String rules;
    private final String objects;

    Action(String rules, String objects) {
        this.rules = rules;
        this.objects = objects;
    }

    /** Name of the list of its rules in an ACL file. */
    public String rules() {
        return rules;
    }

    /** Name of the objects in a rule. */
    public String objects() {
        return objects;
    }

    /** The action whose rules have this name, or null. */
    public static @Nullable Action ofRules(String name) {
        for (var action : values()) {
            if (action.rules.equals(name)) {
                return action;
            }
        }
        return null;
    }
}
