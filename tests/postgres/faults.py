"""One writer after another and three replicas on one PostgreSQL server: the writer is killed, its network is cut, the database crashes.

What must hold, whatever happens: no write that was acknowledged is lost, no answer mixes two versions, a writer that lost its right
writes nothing, and the next one takes over. Documents come in two at a time and are never withdrawn, so that version N has N documents
and N is even: an answer of which that is not so is of no version that ever was.

Run by run.sh, in a network of its own.
"""

import http.client
import json
import os
import pathlib
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM, BIN = sys.argv[1], pathlib.Path(sys.argv[2])
LEASE = 3
DATABASE, WRITER = "10.217.0.1", "10.217.0.2"  # the way of the data
TELLER, TOLD = "10.218.0.1", "10.218.0.2"  # the way of the questions, which is never cut
QUESTION = "{ stats { documentCount } documents(first: 1) { totalCount } }"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


def say(words):
    print(f"-- {words}", flush=True)


def wait(what, seconds, ready):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = ready()
        if found:
            return found
        time.sleep(0.05)
    sys.exit(f"FAILED: {what} did not come about within {seconds} s")


class Database:
    """A server that flushes what it commits."""

    def __init__(self, folder):
        self.folder, self.data = folder, folder / "data"
        folder.chmod(0o777)
        self.as_user("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=maillage", "-D", self.data)
        with open(self.data / "pg_hba.conf", "a", encoding="utf-8") as rules:
            rules.write(f"host all all {WRITER}/32 trust\n")
        settings = f"-c listen_addresses={DATABASE} -c fsync=on -k {folder}"
        (folder / "settings").write_text(settings)
        self.start()

    def as_user(self, program, *arguments):
        user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        # Its server keeps what it is given open, so that it must not be given a pipe.
        with open(self.folder / "said", "wb") as said:
            subprocess.run([*user, str(BIN / program), *map(str, arguments)], check=True, stdout=said, stderr=said, cwd="/")

    def start(self):
        options = (self.folder / "settings").read_text()
        self.as_user("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def crash(self):
        self.as_user("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def sql(self, question):
        return run(BIN / "psql", "-XAtq", "-U", "maillage", "-h", self.folder, "-d", "postgres", "-c", question).strip()

    def near(self):
        return f"postgres://maillage@/postgres?host={self.folder}"

    def far(self):
        return f"postgres://maillage@{DATABASE}/postgres?sslmode=disable"


class Elsewhere:
    """Another machine: a network with a way to the database, and one to whoever asks it."""

    def __init__(self):
        self.keeper = subprocess.Popen(["unshare", "--net", "sleep", "1000"])
        own = os.readlink("/proc/self/ns/net")
        wait("another network", 10, lambda: os.readlink(f"/proc/{self.keeper.pid}/ns/net") != own)
        for name, here, there in (("data", DATABASE, WRITER), ("tell", TELLER, TOLD)):
            run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth", "netns", self.keeper.pid)
            run("ip", "addr", "add", f"{here}/30", "dev", name)
            run("ip", "link", "set", name, "up")
            self.within("ip", "link", "set", "eth", "name", f"{name}0")
            self.within("ip", "addr", "add", f"{there}/30", "dev", f"{name}0")
            self.within("ip", "link", "set", f"{name}0", "up")
        self.within("ip", "link", "set", "lo", "up")

    def prefix(self):
        return ["nsenter", "--net", f"--target={self.keeper.pid}"]

    def within(self, *command):
        return run(*self.prefix(), *command)

    def cut(self):
        run("ip", "link", "set", "data", "down")

    def mend(self):
        run("ip", "link", "set", "data", "up")


class Served:
    """A server of ours."""

    def __init__(self, name, store, *more, host="127.0.0.1", prefix=()):
        self.name, self.host = name, host
        command = [*prefix, PROGRAM, "serve", "--store", store, "--port", "0", "--host", host, "--no-playground", *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        greeting = ""
        while "GraphQL " not in greeting:
            line = self.process.stdout.readline()
            if not line:
                sys.exit(f"FAILED: {name} does not start")
            greeting += line
        self.port = int(re.search(r"GraphQL\s+http://[^:]+:(\d+)/", greeting).group(1))

    def ask(self, query, token=None, timeout=30):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
        connection.request("POST", "/graphql", json.dumps(query), headers)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def ready(self):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def kill(self):
        self.process.kill()
        self.process.wait()


class Readers:
    """Each asks one server all the time, and looks at every answer."""

    def __init__(self, servers):
        self.stopped, self.findings, self.answers, self.versions = threading.Event(), queue.Queue(), {}, {}
        self.threads = [threading.Thread(target=self.read, args=(server,)) for server in servers]
        for thread in self.threads:
            thread.start()

    def read(self, server):
        last, seen = 0, set()
        while not self.stopped.is_set():
            answer = server.ask({"query": QUESTION})
            if "errors" in answer:
                self.findings.put(f"{server.name}: {answer}")
                continue
            version = answer["extensions"]["graph"]["version"]
            numbers = {version, answer["data"]["stats"]["documentCount"], answer["data"]["documents"]["totalCount"]}
            if len(numbers) > 1 or version % 2 or version < last:
                self.findings.put(f"{server.name} mixes versions, or goes back behind {last}: {answer}")
            last = version
            seen.add(version)
            self.answers[server.name] = self.answers.get(server.name, 0) + 1
            self.versions[server.name] = len(seen)
            time.sleep(0.01)

    def end(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join()


class Load:
    """Sends two documents at a time to whoever writes now; what was acknowledged."""

    def __init__(self, token):
        self.token, self.writer, self.number = token, None, 0
        self.acknowledged, self.refused, self.stopped = {}, [], threading.Event()
        self.thread = threading.Thread(target=self.send)
        self.thread.start()

    def write(self, writer, timeout=60):
        self.number += 1
        sources = [f"{self.number}-{part}" for part in "ab"]
        text = "Le Canada finance l’OIM au Tchad à hauteur de {} millions d’euros."
        documents = [{"source": source, "text": text.format(100 + 2 * self.number + at)} for at, source in enumerate(sources)]
        query = "mutation($documents: [DocumentInput!]!) { ingestDocuments(documents: $documents) { version added documents { id } } }"
        answer = writer.ask({"query": query, "variables": {"documents": documents}}, self.token, timeout)
        done = (answer.get("data") or {}).get("ingestDocuments")
        if done is None:
            raise RuntimeError(answer["errors"][0]["message"])
        assert done["added"] == 2, answer
        for document in done["documents"]:
            self.acknowledged[document["id"]] = done["version"]

    def send(self):
        while not self.stopped.is_set():
            writer = self.writer
            if writer is None:
                time.sleep(0.01)
                continue
            try:
                self.write(writer)
            except (OSError, http.client.HTTPException, RuntimeError, ValueError) as error:
                self.refused.append(str(error))
                time.sleep(0.05)

    def more(self, seconds, least=1):
        """Goes on until so much more is acknowledged."""
        before, began = len(self.acknowledged), time.monotonic()
        wait("a write", seconds, lambda: len(self.acknowledged) >= before + 2 * least)
        return time.monotonic() - began

    def end(self):
        self.stopped.set()
        self.thread.join()


def main(folder):
    run("ip", "link", "set", "lo", "up")
    elsewhere = Elsewhere()
    database = Database(folder)
    began = time.monotonic()
    token = run(PROGRAM, "token", "new", "--store", database.near(), "ana").strip()
    lease = ("--lease", str(LEASE))

    say("one writer on another machine, three replicas")
    far = {"host": TOLD, "prefix": elsewhere.prefix()}
    first = Served("the first writer", database.far(), *lease, **far)
    load = Load(token)
    load.writer = first
    load.more(20)
    replicas = [Served(f"replica {number}", database.near(), "--replica") for number in (1, 2, 3)]
    readers = Readers(replicas)
    load.more(30, least=20)
    status, body = replicas[0].ready()
    assert status == 200 and "versions_behind" in body, body
    refused = replicas[0].ask({"query": 'mutation { withdrawDocument(id: "document:x") { version } }'}, token)
    assert "replica" in refused["errors"][0]["message"] and "process" in refused["errors"][0]["message"], refused
    second = subprocess.run([PROGRAM, "serve", "--store", database.near(), "--port", "0"], capture_output=True, text=True, check=False)
    assert second.returncode == 1 and "is in use by process" in second.stderr, second.stderr

    say("the writer is killed; the next takes over")
    killed = time.monotonic()
    first.kill()
    load.writer = second = Served("the second writer", database.far(), *lease, **far)
    load.more(30)
    say(f"   acknowledged again {time.monotonic() - killed:.1f} s after the kill")
    load.more(30, least=10)

    say("the network between writer and database is cut; the next takes over")
    cut = time.monotonic()
    elsewhere.cut()
    third = Served("the third writer", database.near(), *lease)
    load.writer = third
    own = Load(token)
    own.number = 1_000_000
    own.writer = third
    own.more(60)
    say(f"   acknowledged again {time.monotonic() - cut:.1f} s after the cut")
    elsewhere.mend()
    status, body = wait("the second writer's word that it has lost its right", 40, lambda: (lambda said: said if said[0] == 503 else None)(second.ready()))
    assert "the right to write to the store went to process" in body, body
    before = len(load.acknowledged)
    try:
        probe = Load(token)
        probe.number = 2_000_000
        probe.write(second)
        sys.exit("FAILED: a writer that has lost its right has written")
    except RuntimeError as refused:
        assert "went to process" in str(refused), refused
    finally:
        probe.end()
    say(f"   the second writer refuses: its right is lost; {before} were acknowledged meanwhile")
    second.kill()
    load.more(60, least=5)

    say("the database crashes and starts again")
    crashed = time.monotonic()
    database.crash()
    time.sleep(1)
    database.start()
    load.more(60, least=10)
    say(f"   ten writes {time.monotonic() - crashed:.1f} s after the crash")

    say("in the end everything acknowledged is there, everywhere")
    load.end()
    own.end()
    acknowledged = {**load.acknowledged, **own.acknowledged}
    kept = set(database.sql("SELECT id FROM maillage_documents").split())
    head = int(database.sql("SELECT head FROM maillage_store"))
    lost = set(acknowledged) - kept
    assert not lost, f"{len(lost)} documents were acknowledged and are lost"
    for server in (third, *replicas):
        answer = wait(f"{server.name} at {head}", 20, lambda: (lambda said: said if said["extensions"]["graph"]["version"] == head else None)(server.ask({"query": QUESTION})))
        assert answer["data"]["stats"]["documentCount"] == len(kept) == head, (answer, len(kept))
    assert [server.ready()[0] for server in replicas] == [200, 200, 200]
    readers.end()
    findings = list(readers.findings.queue)
    assert not findings, findings[:5]
    third.process.terminate()
    third.process.wait()
    terms = database.sql("SELECT string_agg(DISTINCT CAST(term AS TEXT), ' ') FROM maillage_log")
    print(run(PROGRAM, "check", "--store", database.near()).strip())
    for replica in replicas:
        replica.kill()
    answers, versions = sum(readers.answers.values()), min(readers.versions.values())
    print(
        f"{len(acknowledged)} documents acknowledged, {head - len(acknowledged)} more written without a word, none lost; "
        f"{answers} answers of replicas, each of one version, of at least {versions} versions each; "
        f"writes under the terms {terms}; {len(load.refused) + len(own.refused)} writes failed; {time.monotonic() - began:.0f} s"
    )
    database.crash()
    elsewhere.keeper.kill()


scratch = pathlib.Path(tempfile.mkdtemp())
try:
    main(scratch)
    code = 0
except BaseException as failure:  # pylint: disable=broad-except
    import traceback

    traceback.print_exc()
    print(f"FAILED: {failure}", file=sys.stderr)
    code = 1
finally:
    shutil.rmtree(scratch, ignore_errors=True)
    sys.stdout.flush()
    # Threads that still wait for an answer are not waited for; servers end with the network's first process.
    os._exit(code)
