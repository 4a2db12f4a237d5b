#!/usr/bin/env python3
"""Runs commands as tasks until each has finished: a framework in one file, with nothing but Python 3.

    framework.py --masters 10.0.0.1:5050,10.0.0.2:5050 --state jobs.json 'make test' 'make docs'

It may be killed at any time and started again with the same --state: it finds its tasks again. So may the masters.
"""

import argparse
import contextlib
import http.client
import json
import os
import sys
import time
import urllib.parse

ENDED = {"TASK_FINISHED", "TASK_FAILED", "TASK_KILLED", "TASK_ERROR", "TASK_DROPPED", "TASK_GONE",
         "TASK_GONE_BY_OPERATOR", "TASK_LOST", "TASK_UNKNOWN"}
JSON = {"Content-Type": "application/json", "Accept": "application/json"}
HEARTBEATS_MISSED = 5


class Framework:
    def __init__(self, masters, path, commands, attempts, resources):
        self.masters = masters
        self.path = path
        self.attempts = attempts
        self.resources = resources
        self.leader = None
        self.stream_id = None
        if os.path.exists(path):
            with open(path) as file:
                self.state = json.load(file)
        else:
            jobs = {f"job-{n}": {"command": c, "attempt": 0, "state": "WAITING"} for n, c in enumerate(commands, 1)}
            self.state = {"framework_id": None, "jobs": jobs}

    # What is remembered. It is on disk before anything is asked of the master that depends on it.

    def save(self):
        with open(self.path + ".new", "w") as file:
            json.dump(self.state, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.path + ".new", self.path)

    def in_state(self, *states):
        return [name for name, job in self.state["jobs"].items() if job["state"] in states]

    def task_id(self, name):
        return f"{name}.{self.state['jobs'][name]['attempt']}"

    def is_over(self):
        return not self.in_state("WAITING", "LAUNCHED")

    # The stream: one connection over which all events come.

    def run(self):
        while os.path.exists(self.path) or not self.is_over():
            for master in self.masters:
                try:
                    self.subscribe(master)
                    break
                except (OSError, http.client.HTTPException, ValueError) as broken:
                    print(f"{master}: {broken}", file=sys.stderr)
                time.sleep(0.1)  # So that masters who have no leader yet are not asked without a pause.
        return not self.in_state("FAILED")

    def subscribe(self, master):
        info = {"name": "jobs", "user": os.environ.get("USER", "root"), "roles": ["*"], "failover_timeout": 3600,
                "capabilities": [{"type": "MULTI_ROLE"}, {"type": "RESERVATION_REFINEMENT"}, {"type": "PARTITION_AWARE"}]}
        call = {"type": "SUBSCRIBE", "subscribe": {"framework_info": info}}
        if self.state["framework_id"]:
            info["id"] = call["framework_id"] = self.state["framework_id"]
        for _ in range(4):
            connection = http.client.HTTPConnection(master, timeout=10)
            connection.request("POST", "/api/v1/scheduler", json.dumps(call), JSON)
            socket = connection.sock
            answer = connection.getresponse()
            if answer.status != 307:
                break
            master = urllib.parse.urlparse(answer.headers["Location"]).netloc  # //host:port/path of the leader
            connection.close()
        if answer.status != 200:
            raise ValueError(f"SUBSCRIBE was answered with {answer.status} {answer.read().decode()}")
        self.leader, self.stream_id = master, answer.headers["Mesos-Stream-Id"]
        with contextlib.closing(answer):
            while not self.is_over():
                length = answer.readline()
                if not length:
                    raise ValueError("the stream has ended")
                event = json.loads(answer.read(int(length)))
                if event["type"] == "SUBSCRIBED":
                    socket.settimeout(HEARTBEATS_MISSED * event["subscribed"]["heartbeat_interval_seconds"])
                self.handle(event)
            self.call({"type": "TEARDOWN"})
            os.remove(self.path)

    def handle(self, event):
        kind = event["type"]
        if kind == "SUBSCRIBED":
            self.state["framework_id"] = event["subscribed"]["framework_id"]
            self.save()
            asked = [{"task_id": {"value": self.task_id(name)}} for name in self.in_state("LAUNCHED")]
            if asked:
                self.call({"type": "RECONCILE", "reconcile": {"tasks": asked}})
        elif kind == "OFFERS":
            for offer in event["offers"]["offers"]:
                self.use(offer)
        elif kind == "UPDATE":
            self.update(event["update"]["status"])
        elif kind == "ERROR":
            sys.exit("the master ended this framework: " + event["error"]["message"])

    # Offers and updates.

    def use(self, offer):
        left = {r["name"]: r["scalar"]["value"] for r in offer["resources"] if r["type"] == "SCALAR"}
        tasks = []
        for name in self.in_state("WAITING"):
            if all(left.get(kind, 0) >= amount for kind, amount in self.resources.items()):
                for kind, amount in self.resources.items():
                    left[kind] -= amount
                job = self.state["jobs"][name]
                job.update(state="LAUNCHED", attempt=job["attempt"] + 1)
                tasks.append({
                    "name": name, "task_id": {"value": self.task_id(name)}, "agent_id": offer["agent_id"],
                    "command": {"value": job["command"]},
                    "resources": [{"name": kind, "type": "SCALAR", "scalar": {"value": amount}}
                                  for kind, amount in self.resources.items()]})
        if tasks:
            self.save()  # A launch that was sent and not remembered would be nobody's task.
            self.call({"type": "ACCEPT", "accept": {"offer_ids": [offer["id"]], "operations": [
                {"type": "LAUNCH", "launch": {"task_infos": tasks}}]}})
        else:
            self.call({"type": "DECLINE", "decline": {"offer_ids": [offer["id"]]}})
        if not self.in_state("WAITING"):
            self.call({"type": "SUPPRESS"})

    def update(self, status):
        name = status["task_id"]["value"].rpartition(".")[0]
        job = self.state["jobs"].get(name)
        print(f"{status['task_id']['value']} {status['state']} {status.get('message', '')}".strip(), flush=True)
        if job and job["state"] == "LAUNCHED" and status["task_id"]["value"] == self.task_id(name) \
                and status["state"] in ENDED:
            if status["state"] == "TASK_FINISHED":
                job["state"] = "FINISHED"
            elif job["attempt"] < self.attempts:
                job["state"] = "WAITING"
                self.call({"type": "REVIVE"})
            else:
                job["state"] = "FAILED"
            self.save()
        if "uuid" in status:  # Answers to RECONCILE have none. Without this the update would come again and again.
            self.call({"type": "ACKNOWLEDGE", "acknowledge": {
                "agent_id": status["agent_id"], "task_id": status["task_id"], "uuid": status["uuid"]}})

    def call(self, call):
        """Any call but SUBSCRIBE: on a connection of its own, answered with 202 and nothing else."""
        body = json.dumps({**call, "framework_id": self.state["framework_id"]})
        with contextlib.closing(http.client.HTTPConnection(self.leader, timeout=10)) as connection:
            connection.request("POST", "/api/v1/scheduler", body, {**JSON, "Mesos-Stream-Id": self.stream_id})
            answer = connection.getresponse()
            if answer.status != 202:
                raise ValueError(f"{call['type']} was answered with {answer.status} {answer.read().decode()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--masters", required=True, help="HOST:PORT of the masters, with commas between")
    parser.add_argument("--state", required=True, help="file in which it is remembered what runs")
    parser.add_argument("--attempts", type=int, default=3, help="how often a command may fail (default: 3)")
    parser.add_argument("--cpus", type=float, default=0.1)
    parser.add_argument("--mem", type=float, default=32, help="MB")
    parser.add_argument("commands", nargs="+")
    args = parser.parse_args()
    framework = Framework(args.masters.split(","), args.state, args.commands, args.attempts,
                          {"cpus": args.cpus, "mem": args.mem})
    sys.exit(0 if framework.run() else 1)


if __name__ == "__main__":
    main()
