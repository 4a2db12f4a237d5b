package org.mesolith.cli;

import java.util.List;
import org.mesolith.cli.bench.BenchAllocate;
import org.mesolith.cli.bench.BenchCli;
import org.mesolith.cli.bench.BenchCommit;
import org.mesolith.cli.bench.BenchExplain;
import org.mesolith.cli.bench.BenchFailover;
import org.mesolith.cli.bench.BenchFrameworks;
import org.mesolith.cli.bench.BenchHandover;
import org.mesolith.cli.bench.BenchLaunch;
import org.mesolith.cli.bench.BenchReads;
import org.mesolith.cli.bench.BenchRecovery;
import org.mesolith.cli.bench.BenchRetention;
import org.mesolith.cli.bench.Prepare;
import org.mesolith.cli.command.agent.AgentDeactivate;
import org.mesolith.cli.command.agent.AgentDrain;
import org.mesolith.cli.command.agent.AgentGone;
import org.mesolith.cli.command.agent.AgentLs;
import org.mesolith.cli.command.agent.AgentReactivate;
import org.mesolith.cli.command.agent.AgentRepoint;
import org.mesolith.cli.command.agent.AgentShow;
import org.mesolith.cli.command.chaos.ChaosCheck;
import org.mesolith.cli.command.chaos.ChaosClean;
import org.mesolith.cli.command.chaos.ChaosReplay;
import org.mesolith.cli.command.chaos.ChaosReport;
import org.mesolith.cli.command.chaos.ChaosRun;
import org.mesolith.cli.command.chaos.ChaosTest;
import org.mesolith.cli.command.cluster.BackupCreate;
import org.mesolith.cli.command.cluster.BackupShow;
import org.mesolith.cli.command.cluster.BackupVerify;
import org.mesolith.cli.command.cluster.ClusterAdd;
import org.mesolith.cli.command.cluster.ClusterFinalize;
import org.mesolith.cli.command.cluster.ClusterInit;
import org.mesolith.cli.command.cluster.ClusterMembers;
import org.mesolith.cli.command.cluster.ClusterRemove;
import org.mesolith.cli.command.cluster.ClusterReplace;
import org.mesolith.cli.command.cluster.ClusterRestore;
import org.mesolith.cli.command.cluster.ClusterStatus;
import org.mesolith.cli.command.cluster.ClusterToken;
import org.mesolith.cli.command.cluster.ClusterTransfer;
import org.mesolith.cli.command.cluster.Doctor;
import org.mesolith.cli.command.cluster.MasterJoin;
import org.mesolith.cli.command.cluster.RecoverQuorum;
import org.mesolith.cli.command.cluster.UpgradeCheck;
import org.mesolith.cli.command.context.ContextLs;
import org.mesolith.cli.command.context.ContextRm;
import org.mesolith.cli.command.context.ContextSet;
import org.mesolith.cli.command.context.ContextShow;
import org.mesolith.cli.command.context.ContextUse;
import org.mesolith.cli.command.debug.DebugBundle;
import org.mesolith.cli.command.declare.Apply;
import org.mesolith.cli.command.declare.Diff;
import org.mesolith.cli.command.declare.Export;
import org.mesolith.cli.command.drain.DrainApply;
import org.mesolith.cli.command.drain.DrainCancel;
import org.mesolith.cli.command.drain.DrainPause;
import org.mesolith.cli.command.drain.DrainPlan;
import org.mesolith.cli.command.drain.DrainResume;
import org.mesolith.cli.command.drain.DrainStatus;
import org.mesolith.cli.command.explain.ExplainAgent;
import org.mesolith.cli.command.explain.ExplainOffers;
import org.mesolith.cli.command.explain.ExplainReservation;
import org.mesolith.cli.command.explain.ExplainRole;
import org.mesolith.cli.command.explain.ExplainTask;
import org.mesolith.cli.command.explain.WhatIf;
import org.mesolith.cli.command.framework.FrameworkLs;
import org.mesolith.cli.command.framework.FrameworkShow;
import org.mesolith.cli.command.framework.FrameworkTeardown;
import org.mesolith.cli.command.journal.Audit;
import org.mesolith.cli.command.journal.Events;
import org.mesolith.cli.command.maintenance.MaintenanceCancel;
import org.mesolith.cli.command.maintenance.MaintenanceSchedule;
import org.mesolith.cli.command.maintenance.MaintenanceStart;
import org.mesolith.cli.command.maintenance.MaintenanceStatus;
import org.mesolith.cli.command.maintenance.MaintenanceStop;
import org.mesolith.cli.command.past.ClusterReplay;
import org.mesolith.cli.command.past.StateAt;
import org.mesolith.cli.command.past.StateDiff;
import org.mesolith.cli.command.process.Supervise;
import org.mesolith.cli.command.quota.QuotaGet;
import org.mesolith.cli.command.quota.QuotaRm;
import org.mesolith.cli.command.quota.QuotaSet;
import org.mesolith.cli.command.reservation.ReservationGc;
import org.mesolith.cli.command.reservation.ReservationLs;
import org.mesolith.cli.command.reservation.ReservationNote;
import org.mesolith.cli.command.reservation.Reserve;
import org.mesolith.cli.command.reservation.Unreserve;
import org.mesolith.cli.command.reservation.VolumeCreate;
import org.mesolith.cli.command.reservation.VolumeGrow;
import org.mesolith.cli.command.reservation.VolumeLs;
import org.mesolith.cli.command.reservation.VolumeRm;
import org.mesolith.cli.command.reservation.VolumeShrink;
import org.mesolith.cli.command.role.RoleLs;
import org.mesolith.cli.command.role.RoleShow;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.command.simulate.Simulate;
import org.mesolith.cli.command.task.TaskKill;
import org.mesolith.cli.command.task.TaskLogs;
import org.mesolith.cli.command.task.TaskLs;
import org.mesolith.cli.command.task.TaskRun;
import org.mesolith.cli.command.task.TaskShow;
import org.mesolith.cli.command.top.Top;
import org.mesolith.cli.command.weight.WeightGet;
import org.mesolith.cli.command.weight.WeightSet;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.demo.Demo;
import picocli.CommandLine;

/**
 * Every command with its one-line summary. Looking something up here loads no command; {@link #create} loads exactly
 * one.
 */
public final class Catalog {

    /**
     * One command.
     *
     * @param name one word, or noun and verb, or two nouns and a verb
     * @param summary for the overview
     */
    public record Entry(String name, String summary) {}

    /** In the order of the overview. Those that the launcher starts itself are marked by {@link #isLaunched}. */
    public static final List<Entry> ENTRIES = List.of(
            new Entry("demo", "a cluster that survives its leader, shown on this machine"),
            new Entry("master", "run a master"),
            new Entry("agent", "run an agent (with options), or a noun: agent ls|show|drain|…"),
            new Entry("supervise", "run a command and start it again when it ends"),
            new Entry("cluster init", "make a cluster of masters that wait"),
            new Entry("cluster status", "who leads, how far each master is"),
            new Entry("cluster backup create", "write a backup of the registry while the cluster works"),
            new Entry("cluster backup show", "what a backup says of itself"),
            new Entry("cluster backup verify", "check a backup by really restoring it into a scratch directory"),
            new Entry("cluster restore", "make masters that wait the cluster of a backup"),
            new Entry("cluster recover-quorum", "go on with the best survivor when the majority is lost"),
            new Entry("cluster replay", "apply a log to a backup, on any machine, and compare fingerprints"),
            new Entry("cluster members", "every member: place, lag, health, verdict"),
            new Entry("cluster add", "make masters that wait voting members"),
            new Entry("cluster remove", "take members out of the cluster"),
            new Entry("cluster replace", "a new master in place of an old one"),
            new Entry("cluster token", "leave for one master to join, once"),
            new Entry("master join", "a master that waits joins as a standby, with a token"),
            new Entry("cluster transfer", "hand the lead to another master"),
            new Entry("cluster upgrade-check", "whether a master may be upgraded now"),
            new Entry("cluster finalize", "end an upgrade: raise the feature level"),
            new Entry("doctor", "what is wrong with the masters, and what to do"),
            new Entry("debug bundle", "one file for whoever is to help; without secrets"),
            new Entry("agent ls", "list the agents"),
            new Entry("agent show", "one agent and the tasks on it"),
            new Entry("agent drain", "end an agent's tasks and offer nothing of it"),
            new Entry("agent deactivate", "offer nothing of an agent; its tasks go on"),
            new Entry("agent reactivate", "offer an agent again"),
            new Entry("agent gone", "say that an agent never comes back"),
            new Entry("agent repoint", "bring agents over to other masters; their tasks run on"),
            new Entry("framework ls", "list the frameworks"),
            new Entry("framework show", "one framework and its tasks"),
            new Entry("framework teardown", "end a framework with all its tasks"),
            new Entry("task ls", "list the tasks"),
            new Entry("task show", "one task and its statuses"),
            new Entry("task logs", "what a task wrote; -f follows"),
            new Entry("task kill", "kill a task, whatever its framework wants"),
            new Entry("task run", "run one command as a task and show its output"),
            new Entry("role ls", "the roles, with weight, quota and what they have"),
            new Entry("role show", "one role and its frameworks"),
            new Entry("weight get", "the weights of roles"),
            new Entry("weight set", "set the weights of roles"),
            new Entry("quota get", "what roles are guaranteed and limited to"),
            new Entry("quota set", "guarantee and limit what a role gets"),
            new Entry("quota rm", "remove the quota of roles"),
            new Entry("reservation ls", "what is reserved where, and for whom"),
            new Entry("reservation note", "write down owner, purpose and expiry of a reservation"),
            new Entry("reservation gc", "give back what has expired and what nobody needs"),
            new Entry("reserve", "set resources of agents aside for a role"),
            new Entry("unreserve", "give back what is reserved on an agent"),
            new Entry("volume ls", "the persistent volumes"),
            new Entry("volume create", "make a volume of disk that is reserved"),
            new Entry("volume rm", "destroy a volume and wipe its data"),
            new Entry("volume grow", "make a volume larger"),
            new Entry("volume shrink", "make a volume smaller"),
            new Entry("drain plan", "what it would mean to empty agents, batch by batch"),
            new Entry("drain apply", "empty agents batch by batch; survives any master"),
            new Entry("drain status", "how far each drain is"),
            new Entry("drain pause", "begin no further batch of a drain"),
            new Entry("drain resume", "let a drain that pauses go on"),
            new Entry("drain cancel", "take a drain back: its agents are in use again"),
            new Entry("maintenance schedule", "plan when machines are worked on"),
            new Entry("maintenance cancel", "take machines out of the maintenance schedule"),
            new Entry("maintenance status", "which machines are to be worked on, and how it goes"),
            new Entry("maintenance start", "take machines down whose window is scheduled"),
            new Entry("maintenance stop", "let machines that were down come back"),
            new Entry("apply", "make the cluster what a file says"),
            new Entry("diff", "what applying a file would change"),
            new Entry("export", "write what there is as a file to apply"),
            new Entry("explain offers", "why a framework is or is not offered agents"),
            new Entry("explain task", "why a task is in its state"),
            new Entry("explain agent", "how an agent stands, and what holds its resources"),
            new Entry("explain role", "share, weight and quota of a role, and who holds what"),
            new Entry("explain reservation", "who holds what is reserved on an agent"),
            new Entry("what-if", "who would gain and lose by a change, tried on a copy"),
            new Entry("top", "agents, roles, tasks by what they have; a live screen"),
            new Entry("events", "what changed in the cluster, in order; --follow goes on"),
            new Entry("audit", "who did what, when, from where, and what came of it"),
            new Entry("state", "what the cluster was at a moment of its past"),
            new Entry("state diff", "what changed between two moments"),
            new Entry("context ls", "the clusters that this user talks to"),
            new Entry("context use", "take another of them"),
            new Entry("context set", "remember the masters of a cluster for this user"),
            new Entry("context rm", "forget a cluster"),
            new Entry("context show", "which masters are talked to"),
            new Entry("simulate", "play scenarios on this machine, without a cluster"),
            new Entry("chaos run", "break a real cluster on purpose and check what it did"),
            new Entry("chaos test", "use a cluster that may be thrown away, and check what it did"),
            new Entry("chaos replay", "run again what was run"),
            new Entry("chaos clean", "clean up after runs that died"),
            new Entry("chaos check", "check a recorded history again"),
            new Entry("chaos report", "one page of a run: claims, faults, operations"),
            new Entry("bench failover", "measure how long a change of the leader takes"),
            new Entry("bench handover", "measure how long a planned change of the leader takes"),
            new Entry("bench cli", "measure what an operator waits for a command"),
            new Entry("bench commit", "measure durable writes"),
            new Entry("bench launch", "measure launches of tasks"),
            new Entry("bench frameworks", "measure masters that many frameworks talk to"),
            new Entry("bench reads", "measure reads of the whole state, and what they cost writes"),
            new Entry("bench allocate", "measure rounds of the allocator"),
            new Entry("bench explain", "measure explanations and what-ifs"),
            new Entry("bench recovery", "measure backup, restore, restart and join with a large registry"),
            new Entry("bench retention", "measure that memory and disk stay flat over days"),
            new Entry("prepare", "make start-up caches for this installation"),
            new Entry("completion", "a completion script for bash, zsh or fish"),
            new Entry("man", "manual pages of the commands"),
            new Entry("version", "the version"));

    private Catalog() {}

    /** True for commands that are processes of their own main class, started by the launcher and not from here. */
    public static boolean isLaunched(String name) {
        return name.equals("master") || name.equals("agent");
    }

    /** The picocli command of this name. */
    public static Object create(String name, Console console) {
        return switch (name) {
            case "demo" -> new Demo(console);
            case "simulate" -> new Simulate(console);
            case "chaos run" -> new ChaosRun(console);
            case "chaos test" -> new ChaosTest(console);
            case "chaos replay" -> new ChaosReplay(console);
            case "chaos clean" -> new ChaosClean(console);
            case "chaos check" -> new ChaosCheck(console);
            case "chaos report" -> new ChaosReport(console);
            case "bench failover" -> new BenchFailover(console);
            case "bench handover" -> new BenchHandover(console);
            case "bench launch" -> new BenchLaunch(console);
            case "bench frameworks" -> new BenchFrameworks(console);
            case "bench reads" -> new BenchReads(console);
            case "bench cli" -> new BenchCli(console);
            case "bench commit" -> new BenchCommit(console);
            case "bench recovery" -> new BenchRecovery(console);
            case "bench retention" -> new BenchRetention(console);
            case "bench explain" -> new BenchExplain(console);
            case "bench allocate" -> new BenchAllocate(console);
            case "prepare" -> new Prepare(console);
            case "supervise" -> new Supervise(console);
            case "cluster init" -> new ClusterInit(console);
            case "cluster status" -> new ClusterStatus(console);
            case "cluster backup create" -> new BackupCreate(console);
            case "cluster backup show" -> new BackupShow(console);
            case "cluster backup verify" -> new BackupVerify(console);
            case "cluster restore" -> new ClusterRestore(console);
            case "cluster recover-quorum" -> new RecoverQuorum(console);
            case "cluster members" -> new ClusterMembers(console);
            case "cluster add" -> new ClusterAdd(console);
            case "cluster remove" -> new ClusterRemove(console);
            case "cluster replace" -> new ClusterReplace(console);
            case "cluster token" -> new ClusterToken(console);
            case "master join" -> new MasterJoin(console);
            case "debug bundle" -> new DebugBundle(console);
            case "doctor" -> new Doctor(console);
            case "cluster upgrade-check" -> new UpgradeCheck(console);
            case "cluster finalize" -> new ClusterFinalize(console);
            case "cluster transfer" -> new ClusterTransfer(console);
            case "agent ls" -> new AgentLs(console);
            case "agent show" -> new AgentShow(console);
            case "agent drain" -> new AgentDrain(console);
            case "agent deactivate" -> new AgentDeactivate(console);
            case "agent reactivate" -> new AgentReactivate(console);
            case "agent gone" -> new AgentGone(console);
            case "agent repoint" -> new AgentRepoint(console);
            case "framework ls" -> new FrameworkLs(console);
            case "framework show" -> new FrameworkShow(console);
            case "framework teardown" -> new FrameworkTeardown(console);
            case "task ls" -> new TaskLs(console);
            case "task show" -> new TaskShow(console);
            case "task logs" -> new TaskLogs(console);
            case "task kill" -> new TaskKill(console);
            case "task run" -> new TaskRun(console);
            case "weight get" -> new WeightGet(console);
            case "weight set" -> new WeightSet(console);
            case "quota get" -> new QuotaGet(console);
            case "quota set" -> new QuotaSet(console);
            case "quota rm" -> new QuotaRm(console);
            case "reservation ls" -> new ReservationLs(console);
            case "reservation note" -> new ReservationNote(console);
            case "reservation gc" -> new ReservationGc(console);
            case "reserve" -> new Reserve(console);
            case "unreserve" -> new Unreserve(console);
            case "role ls" -> new RoleLs(console);
            case "role show" -> new RoleShow(console);
            case "volume ls" -> new VolumeLs(console);
            case "volume create" -> new VolumeCreate(console);
            case "volume rm" -> new VolumeRm(console);
            case "volume grow" -> new VolumeGrow(console);
            case "volume shrink" -> new VolumeShrink(console);
            case "drain plan" -> new DrainPlan(console);
            case "drain apply" -> new DrainApply(console);
            case "drain status" -> new DrainStatus(console);
            case "drain pause" -> new DrainPause(console);
            case "drain resume" -> new DrainResume(console);
            case "drain cancel" -> new DrainCancel(console);
            case "maintenance schedule" -> new MaintenanceSchedule(console);
            case "maintenance cancel" -> new MaintenanceCancel(console);
            case "maintenance status" -> new MaintenanceStatus(console);
            case "maintenance start" -> new MaintenanceStart(console);
            case "maintenance stop" -> new MaintenanceStop(console);
            case "apply" -> new Apply(console);
            case "diff" -> new Diff(console);
            case "export" -> new Export(console);
            case "explain offers" -> new ExplainOffers(console);
            case "explain task" -> new ExplainTask(console);
            case "explain agent" -> new ExplainAgent(console);
            case "explain role" -> new ExplainRole(console);
            case "explain reservation" -> new ExplainReservation(console);
            case "what-if" -> new WhatIf(console);
            case "top" -> new Top(console);
            case "events" -> new Events(console);
            case "audit" -> new Audit(console);
            case "state" -> new StateAt(console);
            case "state diff" -> new StateDiff(console);
            case "cluster replay" -> new ClusterReplay(console);
            case "context ls" -> new ContextLs(console);
            case "context use" -> new ContextUse(console);
            case "context rm" -> new ContextRm(console);
            case "context set" -> new ContextSet(console);
            case "context show" -> new ContextShow(console);
            case "man" -> new Manual(console);
            case "completion" -> new Completion(console);
            case "version" -> new Version(console);
            default -> throw new Failure(ExitCode.USAGE, "no command `" + name + "`; `meso help` lists them");
        };
    }

    /** The command alone, ready to be run. */
    public static CommandLine leaf(String name, Console console) {
        return finish(new CommandLine(create(name, console)).setCommandName("meso " + name));
    }

    /** All commands as one tree; loads every class, for completion scripts and tests. */
    public static CommandLine tree(Console console) {
        var root = new CommandLine(CommandLine.Model.CommandSpec.create().name("meso"));
        for (Entry entry : ENTRIES) {
            if (isLaunched(entry.name())) {
                nounOf(root, entry.name());
                continue;
            }
            String[] words = entry.name().split(" ");
            CommandLine leaf = finish(new CommandLine(create(entry.name(), console)));
            CommandLine noun = root;
            for (int word = 0; word < words.length - 1; word++) {
                noun = nounOf(noun, words[word]);
            }
            noun.addSubcommand(words[words.length - 1], leaf);
        }
        return root;
    }

    private static CommandLine nounOf(CommandLine root, String word) {
        CommandLine noun = root.getSubcommands().get(word);
        if (noun == null) {
            noun = new CommandLine(CommandLine.Model.CommandSpec.create().name(word));
            root.addSubcommand(word, noun);
        }
        return noun;
    }

    private static CommandLine finish(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(false);
        line.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .description("Shows this text.")
                        .build());
        return line.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(100);
    }
}
