"""The job on a Spark of two workers: the same bytes as one process gives, also when a worker, an executor or the piped process is killed.

    MAILLAGE_PROGRAM=target/release/maillage MAILLAGE_DOCUMENTS=releases.jsonl python tests/test_cluster.py
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from maillage_cluster.answers import relation_id
from maillage_cluster.checksum import checksums
from maillage_cluster.inputs import line_of
from standalone import Standalone, descendants, kill

PROGRAM, DOCUMENTS = os.environ["MAILLAGE_PROGRAM"], os.environ["MAILLAGE_DOCUMENTS"]
BAD = [b"not json", b'{"id": "empty", "text": ""}', b'{"id": "latin", "text": "caf\xe9"}', b'{"text": "nobody"}', b"", b"  "]


def reference(inputs, output) -> dict:
    command = [sys.executable, "-m", "maillage_cluster.reference", "--program", PROGRAM, "--output", str(output)]
    subprocess.run(command + [f"--input={path}" for path in inputs], check=True, stdout=subprocess.DEVNULL)
    return checksums(str(output))


class Equal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(dir=os.environ.get("MAILLAGE_SCRATCH"))
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = Path(cls.folder.name)
        documents = Path(DOCUMENTS).read_bytes().splitlines()
        # Some stand there twice, and between them what is no document.
        for number, line in enumerate(BAD + documents[:5] + documents[:1]):
            documents.insert(number * len(documents) // 13, line)
        cls.input = cls.path / "input.jsonl"
        cls.input.write_bytes(b"\n".join(documents) + b"\n")
        cls.expected = reference([cls.input], cls.path / "reference")
        assert cls.expected["rejects"][0] == 4, cls.expected
        # Tasks of a size that gives each worker several, whatever there is to read.
        cls.tasks = ("--conf", f"spark.sql.files.maxPartitionBytes={max(cls.input.stat().st_size // 16, 1 << 16)}")
        cls.tasks += ("--conf", "spark.sql.files.openCostInBytes=0", "--jsonl")

    def check(self, output):
        found = checksums(str(output))
        self.assertEqual(found, self.expected)

    def output(self, name):
        return self.path / name

    def killed(self, name, choose):
        """A job in whose middle something is killed gives the same."""
        with Standalone() as spark:
            job = spark.start(PROGRAM, [self.input], self.output(name), *self.tasks)
            middle = spark.middle(job)
            pid = choose(spark)
            kill(pid)
            print(f"{name}: process {pid} killed with {middle[0]} of {middle[2]} tasks done and {middle[1]} under way", flush=True)
            spark.finish(job)
            said = spark.said()
        self.check(self.output(name))
        return said

    def test_two_workers_give_what_one_process_gives(self):
        output = self.output("plain")
        with Standalone() as spark:
            said = spark.run(PROGRAM, [self.input], output, *self.tasks)
            self.assertEqual({name: rows for name, rows in said["rows"].items()}, {name: self.expected[name][0] for name in said["rows"]})
            again = spark.start(PROGRAM, [self.input], output)
            with self.assertRaisesRegex(RuntimeError, "is there already"):
                spark.finish(again)
        self.check(output)
        store = self.path / "store"
        command = [PROGRAM, "import", "--data", store, "--nodes", output / "nodes.jsonl", "--edges", output / "edges.jsonl", "--namespace", "web"]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        self.assertIn(done.returncode, (0, 3), done.stderr)
        print("import:", done.stdout.splitlines()[0], done.stderr.splitlines()[:5])
        self.assertIn(f"{self.expected['nodes.jsonl'][0]} entities", done.stdout)

    def test_a_worker_killed_changes_nothing(self):
        said = self.killed("worker", lambda spark: spark.workers[0].pid)
        self.assertRegex(said, "(?i)lost executor|worker lost|Executor.*lost")

    def test_an_executor_killed_changes_nothing(self):
        said = self.killed("executor", lambda spark: descendants(spark.workers[1].pid, "CoarseGrainedExecutorBackend")[0])
        self.assertRegex(said, "(?i)lost executor")

    def test_a_piped_process_killed_changes_nothing(self):
        def piped(spark):
            until = time.time() + 60
            while time.time() < until:
                if found := descendants(spark.workers[0].pid, "extract --pipe"):
                    return found[0]
            raise TimeoutError("no piped process")

        # The task itself starts another one: Spark does not notice.
        said = self.killed("piped", piped)
        self.assertNotIn("Lost task", said)

    def test_parquet_gives_what_its_rows_give_as_lines(self):
        rows = [json.loads(line) for line in Path(DOCUMENTS).read_bytes().splitlines()[:200]]
        rows[3]["title"], rows[4]["published"] = "Un titre à part", "2015-08"
        keys = ("id", "text", "title", "language", "published")
        pq.write_table(pa.Table.from_pylist([{key: row.get(key) for key in keys} for row in rows]), self.path / "rows.parquet", row_group_size=20)
        (self.path / "rows.jsonl").write_bytes(b"".join(line_of(row) + b"\n" for row in rows))
        expected = reference([self.path / "rows.jsonl"], self.path / "rows-reference")
        with Standalone() as spark:
            spark.run(PROGRAM, [self.path / "rows.parquet"], self.path / "rows", "--format", "parquet", "--repartition", "5", "--jsonl")
        self.assertEqual(checksums(str(self.path / "rows")), expected)

    def test_relations_have_the_ids_that_the_program_gives_them(self):
        few = self.path / "few.jsonl"
        few.write_bytes(b"".join(line + b"\n" for line in Path(DOCUMENTS).read_bytes().splitlines()[:20]))
        query = "{ relations(first: 100) { nodes { id kind subject { id } object { id } } } }"
        said = subprocess.run([PROGRAM, "query", "--quiet", str(few), query], capture_output=True, check=True).stdout
        relations = json.loads(said)["data"]["relations"]["nodes"]
        self.assertEqual(len(relations), 100)
        for relation in relations:
            self.assertEqual(relation_id(relation["kind"], relation["subject"]["id"], relation["object"]["id"]), relation["id"])


if __name__ == "__main__":
    unittest.main()
