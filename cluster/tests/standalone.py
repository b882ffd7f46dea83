"""A Spark of this machine: a master and workers as processes of their own on loopback, of which some are killed.

    with Standalone(workers=2) as spark: spark.run(input, output)
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
CLUSTER = Path(__file__).resolve().parent.parent


def free_port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Share:
    """A control group of Linux, version 1 or 2: what runs in it gets so much of a core, however many are free. Needs root."""

    def __init__(self, name: str, cores: float):
        root, period = Path("/sys/fs/cgroup"), 100_000
        second = (root / "cgroup.controllers").exists()
        self.group = (root if second else root / "cpu") / name
        self.group.mkdir()
        file, quota = ("cpu.max", f"{int(cores * period)} {period}") if second else ("cpu.cfs_quota_us", int(cores * period))
        (self.group / file).write_text(str(quota))

    def of(self, command: list[str]) -> list[str]:
        """A command that enters the group before it begins."""
        return ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(self.group / "cgroup.procs"), *command]

    def end(self):
        """Kills what is left in it, and takes it away."""
        for _ in range(100):
            for pid in (self.group / "cgroup.procs").read_text().split():
                kill(int(pid))
            try:
                return self.group.rmdir()
            except OSError:
                time.sleep(0.1)


class Standalone:
    """A master and workers of one core each, or of a share of one."""

    def __init__(self, workers=2, memory="2g", share=None):
        self.folder = tempfile.TemporaryDirectory(prefix="maillage-cluster-")
        self.memory, self.processes = memory, []
        self.shares = [Share(f"{Path(self.folder.name).name}-{number}", share) for number in range(workers) if share]
        self.port, self.ui, self.job_ui = free_port(), free_port(), free_port()
        self.environment = os.environ | {
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_HOME": str(HOME),
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
            "PYTHONPATH": str(CLUSTER),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_LOCAL_DIRS": self.folder.name,
        }
        place = ["--host", "127.0.0.1", "--port", str(self.port), "--webui-port", str(self.ui)]
        self._start("master", "org.apache.spark.deploy.master.Master", *place)
        self.master = f"spark://127.0.0.1:{self.port}"
        self.workers = [self._start_worker(number) for number in range(workers)]
        self._wait(lambda: len(self._alive()) == workers, "the workers to come")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
        for share in self.shares:
            share.end()
        self.folder.cleanup()

    def _start(self, name, class_name, *arguments, share=None):
        command = [str(HOME / "bin" / "spark-class"), class_name, *arguments]
        command = share.of(command) if share else command
        with open(Path(self.folder.name, f"{name}.log"), "wb") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def _start_worker(self, number):
        place = ["--host", "127.0.0.1", "--cores", "1", "--memory", self.memory, "--webui-port", str(free_port())]
        place += ["--work-dir", str(Path(self.folder.name, f"work-{number}")), self.master]
        share = self.shares[number] if self.shares else None
        return self._start(f"worker-{number}", "org.apache.spark.deploy.worker.Worker", *place, share=share)

    def _alive(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ui}/json/", timeout=5) as answer:
                return [worker for worker in json.load(answer)["workers"] if worker["state"] == "ALIVE"]
        except OSError:
            return []

    def _wait(self, holds, what, seconds=120):
        until = time.time() + seconds
        while not holds():
            if time.time() > until:
                raise TimeoutError(f"waited {seconds} s for {what}; see {self.folder.name}")
            time.sleep(0.1)

    def start(self, program, inputs, output, *options):
        """Starts the job."""
        command = [sys.executable, "-m", "maillage_cluster.job", "--master", self.master, "--program", str(program)]
        command += [f"--input={path}" for path in inputs] + ["--output", str(output)]
        settings = {
            "spark.driver.memory": "1g",
            "spark.executor.memory": "1g",
            "spark.ui.port": str(self.job_ui),
            "spark.ui.showConsoleProgress": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.eventLog.enabled": "false",
        }
        command += [f"--conf={key}={value}" for key, value in settings.items()]
        command += ["--shuffle-partitions", "8", *options]
        with open(Path(self.folder.name, "job.log"), "wb") as log:
            return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=log)

    def finish(self, job) -> dict:
        """Waits for the job; what it said."""
        out, _ = job.communicate()
        if job.returncode != 0:
            raise RuntimeError(f"the job ended with {job.returncode}:\n" + self.said()[-4000:])
        return json.loads(out.splitlines()[-1])

    def said(self) -> str:
        return Path(self.folder.name, "job.log").read_text(errors="replace")

    def run(self, program, inputs, output, *options) -> dict:
        return self.finish(self.start(program, inputs, output, *options))

    def tasks(self) -> tuple[int, int, int]:
        """Of the running stages: tasks that have ended, that run, and all."""
        base = f"http://127.0.0.1:{self.job_ui}/api/v1/applications"
        try:
            with urllib.request.urlopen(base, timeout=5) as answer:
                application = json.load(answer)[0]["id"]
            with urllib.request.urlopen(f"{base}/{application}/stages?status=active", timeout=5) as answer:
                stages = json.load(answer)
        except (OSError, IndexError, ValueError):
            return 0, 0, 0
        return tuple(sum(stage[key] for stage in stages) for key in ("numCompleteTasks", "numActiveTasks", "numTasks"))

    def middle(self, job) -> tuple[int, int, int]:
        """Waits until a third of the extraction is done and more is under way."""
        found = []

        def reached():
            if job.poll() is not None:
                raise RuntimeError("the job ended before its middle; give it more documents:\n" + self.said()[-3000:])
            done, running, of = self.tasks()
            found[:] = [done, running, of]
            return of >= 6 and done * 3 >= of and running > 0

        self._wait(reached, "the middle of the job", 1200)
        return tuple(found)


def descendants(pid: int, pattern: str) -> list[int]:
    """Processes that a process has started, or that those have started, whose command line has a pattern."""
    parents, commands = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            commands[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue

    def below(child):
        while child in parents and child != pid:
            child = parents[child]
        return child == pid

    return sorted(child for child in parents if child != pid and below(child) and re.search(pattern, commands[child]))


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
