package org.mesolith.scenario.pool;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Resources;

/** One agent as the allocator is told of it, and who holds what on it. */
final class Machine {
    private final AgentId id;
    private final String hostname;
    private final @Nullable FaultDomain domain;
    private final SortedMap<String, SortedMap<String, Resources>> heldByFramework = new TreeMap<>();
    private List<Attribute> attributes;
    private List<AgentCapability> capabilities;
    private Resources total;
    private boolean active = true;
    private boolean takenDown;

    Machine(AgentInfo info, AgentId id) {
        this.id = id;
        this.hostname = info.hostname();
        this.domain = info.domain();
        this.attributes = info.attributes();
        this.capabilities = info.capabilities();
        this.total = info.resources();
    }

    AgentId id() {
        return id;
    }

    String hostname() {
        return hostname;
    }

    /** Whether it has a window of maintenance. */
    boolean isTakenDown() {
        return takenDown;
    }

    void setTakenDown(boolean yes) {
        takenDown = yes;
    }

    AgentInfo info() {
        return new AgentInfo(hostname, 5051, total, attributes, domain, capabilities, "1.11.0");
    }

    Resources total() {
        return total;
    }

    void setTotal(Resources fresh) {
        total = fresh;
    }

    void setAttributes(List<Attribute> fresh) {
        attributes = fresh;
    }

    void setCapabilities(List<AgentCapability> fresh) {
        capabilities = fresh;
    }

    boolean isActive() {
        return active;
    }

    void setActive(boolean yes) {
        active = yes;
    }

    /** By framework and role. */
    SortedMap<String, SortedMap<String, Resources>> held() {
        return heldByFramework;
    }

    Resources held(String framework, String role) {
        return heldByFramework.getOrDefault(framework, new TreeMap<>()).getOrDefault(role, Resources.EMPTY);
    }

    void hold(String framework, String role, Resources resources) {
        var byRole = heldByFramework.computeIfAbsent(framework, f -> new TreeMap<>());
        if (resources.isEmpty()) {
            byRole.remove(role);
        } else {
            byRole.put(role, resources);
        }
        if (byRole.isEmpty()) {
            heldByFramework.remove(framework);
        }
    }

    /** Everything that is offered or used. */
    Resources heldByAll() {
        return heldByFramework.values().stream()
                .flatMap(byRole -> byRole.values().stream())
                .reduce(Resources.EMPTY, Resources::plus);
    }

    /** What nobody holds; shared volumes are always free, one copy of each. */
    Resources free() {
        return total.nonShared()
                .without(heldByAll().nonShared())
                .plus(total.shared().withSingleCopies());
    }
}
