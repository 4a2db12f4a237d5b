package org.mesolith.conversation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;

/** The stories of the guide to the executor API, each a short conversation with an agent. */
final class ExecutorStories {
    private ExecutorStories() {}

    /** By name, in the order in which one learns them. */
    static SequencedMap<String, Consumer<ExecutorTalk>> all() {
        var all = new LinkedHashMap<String, Consumer<ExecutorTalk>>();
        all.put("subscribe", ExecutorStories::subscribe);
        all.put("launch", ExecutorStories::launch);
        all.put("group", ExecutorStories::group);
        all.put("messages", ExecutorStories::messages);
        all.put("shutdown", ExecutorStories::shutdown);
        all.put("agent-restart", ExecutorStories::agentRestart);
        all.put("takeover", ExecutorStories::takeover);
        all.put("slow", ExecutorStories::slow);
        return all;
    }

    private static void subscribe(ExecutorTalk executor) {
        executor.subscribe();
        executor.note("A task of the executor is launched; the agent starts the executor's process.");
        executor.host.hears(Launches.one("t1", 1));
        executor.call("{'type':'MESSAGE','message':{'data':'aGVsbG8='}}");
        executor.subscribe();
        executor.note("30 minutes pass.");
        executor.host.advance(Duration.ofMinutes(30));
        executor.call("{'type':'HEARTBEAT'}");
    }

    private static void started(ExecutorTalk executor) {
        executor.note("A task of the executor is launched; the agent starts the executor's process.");
        executor.host.hears(Launches.one("t1", 1));
        executor.subscribe();
    }

    private static void launch(ExecutorTalk executor) {
        started(executor);
        executor.update("t1", "TASK_RUNNING");
        executor.note("The framework kills the task.");
        executor.host.hears(kill("t1"));
        executor.update("t1", "TASK_KILLED");
    }

    private static LinkMessage.Kill kill(String task) {
        return new LinkMessage.Kill(
                Launches.FENCE, new TaskKey(Launches.FRAMEWORK, new TaskId(task)), Duration.ofSeconds(3));
    }

    private static void group(ExecutorTalk executor) {
        executor.note("A group of two tasks is launched under the executor.");
        executor.host.hears(Launches.group("t1", "t2"));
        executor.subscribe();
        executor.update("t1", "TASK_RUNNING");
        executor.update("t2", "TASK_RUNNING");
        executor.note("The framework kills one task of the group.");
        executor.host.hears(kill("t1"));
        executor.update("t1", "TASK_KILLED");
        executor.update("t2", "TASK_FINISHED");
    }

    private static void messages(ExecutorTalk executor) {
        started(executor);
        executor.note("The framework says something.");
        executor.host.hears(new LinkMessage.TellExecutor(
                Launches.FENCE, Launches.FRAMEWORK, Launches.EXECUTOR, new byte[] {1, 2, 3}));
        executor.call("{'type':'MESSAGE','message':{'data':'BAUG'}}");
    }

    private static void shutdown(ExecutorTalk executor) {
        started(executor);
        executor.update("t1", "TASK_RUNNING");
        executor.note("The framework shuts the executor down.");
        executor.host.hears(new LinkMessage.ShutdownExecutor(Launches.FENCE, Launches.FRAMEWORK, Launches.EXECUTOR));
        executor.update("t1", "TASK_KILLED");
        executor.note("The executor has not ended after its grace period: it is killed.");
        executor.host.advance(Duration.ofSeconds(10));
        executor.subscribe();
    }

    private static void agentRestart(ExecutorTalk executor) {
        started(executor);
        executor.update("t1", "TASK_STARTING");
        executor.note("The agent's process dies and is started again; the executor did not hear of it.");
        executor.host.restart();
        executor.call("{'type':'SUBSCRIBE','subscribe':{'unacknowledged_tasks':[{'name':'t1','task_id':{'value':'t1'},"
                + "'agent_id':{'value':'a1'}}],'unacknowledged_updates':["
                + ExecutorTalk.status("t1", "TASK_RUNNING", 9) + "]}}");
        executor.update("t1", "TASK_FINISHED");
    }

    private static void takeover(ExecutorTalk executor) {
        started(executor);
        executor.note("The executor subscribes again without ending its first stream.");
        executor.subscribe();
    }

    private static void slow(ExecutorTalk executor) {
        started(executor);
        executor.readsNothing();
        executor.host.hears(new LinkMessage.TellExecutor(
                Launches.FENCE, Launches.FRAMEWORK, Launches.EXECUTOR, new byte[] {1, 2, 3}));
    }
}
