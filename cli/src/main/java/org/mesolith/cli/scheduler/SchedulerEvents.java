package org.mesolith.cli.scheduler;

import java.util.List;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/** What a framework is told. All methods are called by one thread, the client's; they may make calls. */
public interface SchedulerEvents {

    /** The stream is up; also after each failover, with the same framework id. */
    void subscribed(String frameworkId, HostPort leader);

    /** Resources to take or decline. */
    void offers(List<JsonObject> offers);

    /** An offer is void. */
    void rescinded(String offerId);

    /** News of a task. If it has a uuid it must be acknowledged. */
    void update(JsonObject status);

    /** The stream broke; the client subscribes again by itself. */
    void disconnected(String why);

    /** The master ended the framework; nothing more will come. */
    void ended(String message);
}
