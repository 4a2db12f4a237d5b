#!/usr/bin/env python3
"""An executor in one file, with nothing but Python 3: the `data` of each of its tasks is a line for the shell.

It takes tasks one by one (LAUNCH) and in groups (LAUNCH_GROUP: one that fails or is killed takes the others with it),
and speaks over the agent's Unix domain socket when there is one. The agent may be killed at any time: tasks go on, and
what it did not take is told to the next one.
"""

import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid

PATH = "/slave(1)/api/v1/executor"
GIVE_UP_AFTER = 60
GRACE = 3


class LocalConnection(http.client.HTTPConnection):
    """A connection over a Unix domain socket."""

    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


class Executor:
    def __init__(self):
        self.lock = threading.RLock()
        self.running = {}  # task id -> its process
        self.groups = {}  # task id -> ids of the tasks that share its fate
        self.killed = set()
        self.ended = threading.Event()
        self.tasks = {}  # what was launched and of which the agent knows no update yet, as it was given
        self.updates = {}  # uuid -> an update that the agent did not acknowledge yet
        self.headers = {"Content-Type": "application/json", "Accept": "application/json"}
        token = os.environ.get("MESOS_EXECUTOR_AUTHENTICATION_TOKEN")
        if token:
            self.headers["Authorization"] = "Bearer " + token

    # The stream of events.

    def run(self):
        give_up_at = time.monotonic() + GIVE_UP_AFTER
        while time.monotonic() < give_up_at:
            try:
                self.subscribe()
                give_up_at = time.monotonic() + GIVE_UP_AFTER
            except (OSError, ValueError, http.client.HTTPException) as gone:
                print("no agent:", gone, file=sys.stderr)
            time.sleep(0.2)  # the agent may be on its way back
        self.end_all()

    def subscribe(self):
        with self.lock:
            what = {"unacknowledged_tasks": list(self.tasks.values()),
                    "unacknowledged_updates": list(self.updates.values())}
        with contextlib.closing(self.connect()) as connection:
            connection.request("POST", PATH, self.call("SUBSCRIBE", subscribe=what), self.headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise OSError(f"SUBSCRIBE was answered with {answer.status} {answer.read().decode()}")
            while True:
                length = answer.readline()  # one RecordIO record: its length in decimal, a line feed, so many bytes
                if not length:
                    return
                self.handle(json.loads(answer.read(int(length))))

    def handle(self, event):
        kind = event["type"]
        if kind == "SUBSCRIBED":
            # Also those that were refused between the agent's start and this: it knows each by its uuid.
            with self.lock:
                again = list(self.updates.values())
            threading.Thread(target=lambda: [self.send(update) for update in again], daemon=True).start()
        elif kind == "LAUNCH":
            self.launch([event["launch"]["task"]])
        elif kind == "LAUNCH_GROUP":
            self.launch(event["launch_group"]["task_group"]["tasks"])
        elif kind == "KILL":
            self.kill([event["kill"]["task_id"]["value"]])
        elif kind == "ACKNOWLEDGED":
            with self.lock:
                self.tasks.pop(event["acknowledged"]["task_id"]["value"], None)
                self.updates.pop(event["acknowledged"]["uuid"], None)
        elif kind == "SHUTDOWN":
            threading.Thread(target=self.shut_down, daemon=True).start()  # acknowledgements still have to be read

    # Tasks: each is a process in a session of its own, so that all that it starts can be ended with it.

    def launch(self, tasks):
        ids = [task["task_id"]["value"] for task in tasks]
        with self.lock:
            for task in tasks:
                name = task["task_id"]["value"]
                self.tasks[name] = task
                self.groups[name] = ids
                line = base64.b64decode(task.get("data", "")).decode()
                process = subprocess.Popen(["/bin/sh", "-c", line], start_new_session=True)
                self.running[name] = process
                threading.Thread(target=self.watch, args=[name, process, len(ids)], daemon=True).start()

    def watch(self, name, process, together):
        self.update(name, "TASK_RUNNING", f"by process {os.getpid()}, as one of {together}")
        status = process.wait()
        with self.lock:
            self.running.pop(name)
            state = "TASK_KILLED" if name in self.killed else "TASK_FINISHED" if status == 0 else "TASK_FAILED"
            others = [other for other in self.groups.pop(name) if other != name and other in self.running]
        self.update(name, state, f"status {status}")
        if state != "TASK_FINISHED":
            self.kill(others)

    def kill(self, names):
        with self.lock:
            for name in names:
                process = self.running.get(name)
                if process:
                    self.killed.add(name)
                    threading.Thread(target=self.end, args=[process], daemon=True).start()

    @staticmethod
    def end(process):
        for number in signal.SIGTERM, signal.SIGKILL:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)
                return

    def shut_down(self):
        self.end_all()
        os._exit(0)

    def end_all(self):
        with self.lock:
            self.kill(list(self.running))
        until = time.monotonic() + 2 * GRACE
        while time.monotonic() < until:
            with self.lock:
                if not self.running and not self.updates:
                    return
            time.sleep(0.05)

    # Calls.

    def update(self, name, state, message):
        number = base64.b64encode(uuid.uuid4().bytes).decode()
        status = {"task_id": {"value": name}, "state": state, "source": "SOURCE_EXECUTOR", "uuid": number,
                  "timestamp": time.time(), "message": message}
        with self.lock:
            self.updates[number] = {"status": status}
        self.send({"status": status})

    def send(self, update):
        # An agent that is away hears of it when it is back: it is among the unacknowledged updates.
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(self.connect()) as connection:
            connection.request("POST", PATH, self.call("UPDATE", update=update), self.headers)
            answer = connection.getresponse()
            if answer.status != 202:
                print("UPDATE was answered with", answer.status, answer.read().decode(), file=sys.stderr)

    @staticmethod
    def connect():
        path = os.environ.get("MESOS_DOMAIN_SOCKET")
        return LocalConnection(path) if path else http.client.HTTPConnection(os.environ["MESOS_AGENT_ENDPOINT"])

    @staticmethod
    def call(kind, **rest):
        return json.dumps({"type": kind, "executor_id": {"value": os.environ["MESOS_EXECUTOR_ID"]},
                           "framework_id": {"value": os.environ["MESOS_FRAMEWORK_ID"]}, **rest})


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    Executor().run()
