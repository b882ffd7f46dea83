"""The program as a stage of a pipe, with stand-ins for it that die, hang or cannot start; and what documents come in."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from maillage_cluster.answers import batch_of, relation_id, row_of
from maillage_cluster.inputs import lines_of_archive, lines_of_rows
from maillage_cluster.pipe import Pipe, ProgramError, document_id


class Stage(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def pipe(self, code: str, **options) -> Pipe:
        """A stand-in: it answers each line with the line, and does something before that."""
        path = Path(self.folder.name, "stage.py")
        path.write_text(
            "import os, signal, sys, time\nseen = 0\nfor line in sys.stdin.buffer:\n    seen += 1\n"
            + textwrap.indent(textwrap.dedent(code), "    ")
            + "\n    sys.stdout.buffer.write(b'A' + line)\n    sys.stdout.buffer.flush()\n"
        )
        return Pipe([sys.executable, str(path)], **options)

    LINES = [f'{{"id": "d{number}", "text": "{"x" * (number * 37 % 5000)}"}}'.encode() for number in range(300)]

    def check(self, pipe: Pipe, lines=None):
        lines = self.LINES if lines is None else lines
        self.assertEqual(list(pipe.answers(iter(lines))), [b"A" + line for line in lines if line.strip()])

    def test_each_line_has_its_answer(self):
        self.check(self.pipe("pass"))
        self.check(self.pipe("pass", window=1))
        self.check(self.pipe("pass"), [])
        self.check(self.pipe("pass"), [b"", b" \t\r", b"a", b"", b"b"])

    def test_lines_longer_than_any_pipe_do_not_block(self):
        self.check(self.pipe("pass"), [b"x" * (9 << 20), b"a", b"y" * (3 << 20), b"z" * (3 << 20)])

    def test_a_process_that_dies_loses_and_doubles_nothing(self):
        # It dies again and again, before it answers, wherever that is.
        pipe = self.pipe("if seen == 23: os.kill(os.getpid(), signal.SIGKILL)")
        self.check(pipe)
        self.assertGreater(pipe.deaths, 5)

    def test_a_process_that_dies_in_the_middle_of_an_answer_does_not_answer_twice(self):
        self.check(self.pipe("if seen == 40: sys.stdout.buffer.write(b'Ahalf'); sys.stdout.buffer.flush(); os._exit(9)"))

    def test_a_process_that_dies_after_its_last_answer_is_no_loss(self):
        answer = "sys.stdout.buffer.write(b'A' + line); sys.stdout.buffer.flush()"
        self.check(self.pipe(f"if line == b'b\\n': {answer}; os._exit(9)"), [b"a", b"b"])

    def test_a_line_that_kills_is_refused_and_the_rest_goes_on(self):
        lines = list(self.LINES)
        lines[7] = lines[150] = b'{"id": "deadly", "text": ""}'
        pipe = self.pipe("if b'deadly' in line: os.kill(os.getpid(), signal.SIGSEGV)")
        answers = list(pipe.answers(iter(lines)))
        self.assertEqual(len(answers), 300)
        for number, answer in enumerate(answers):
            if number in (7, 150):
                reject = json.loads(answer)["reject"]
                self.assertEqual((reject["id"], reject["source"]), (document_id(lines[7]), "deadly"))
                self.assertIn("signal 11", reject["reason"])
            else:
                self.assertEqual(answer, b"A" + lines[number])

    def test_a_line_that_takes_too_long_is_refused_too(self):
        pipe = self.pipe("if b'slow' in line: time.sleep(60)", timeout_seconds=0.5, attempts=2)
        answers = list(pipe.answers([b"a", b"slow", b"b"]))
        self.assertEqual((answers[0], answers[2]), (b"Aa", b"Ab"))
        self.assertIn("longer than 0.5 s", json.loads(answers[1])["reject"]["reason"])

    def test_a_program_that_cannot_work_is_an_error(self):
        with self.assertRaisesRegex(ProgramError, "status 2: no such option"):
            list(self.pipe("sys.exit(print('no such option', file=sys.stderr) or 2)").answers(self.LINES))
        with self.assertRaisesRegex(ProgramError, "cannot run /nowhere/maillage"):
            list(Pipe(["/nowhere/maillage"]).answers(self.LINES))

    def test_whoever_wants_no_more_ends_the_process(self):
        pipe = self.pipe("pass")
        answers = pipe.answers(iter(self.LINES))
        next(answers)
        process = pipe.process
        answers.close()
        self.assertIsNotNone(process.poll())


class Answers(unittest.TestCase):
    RECORD = {
        "version": 1, "id": "document:1", "source": "a", "title": None, "language": "fr", "published": "2015", "text": "…",
        "entities": [{"id": "organization:b", "kind": "ORGANIZATION", "name": "B", "aliases": ["Z", "A"],
                      "external_ids": {"z": "1", "a": "2"}, "mentions": [{"start": 0, "end": 1, "text": "B"}]}],
        "relations": [
            {"kind": "PARTNERS_WITH", "subject": "organization:b", "object": "organization:a", "confidence": 0.6, "rule": "r",
             "qualifiers": {"modality": "ASSERTED", "date": "2016"}, "evidence": [{"start": 0, "end": 9, "text": "B avec A."}]},
            {"kind": "PARTNERS_WITH", "subject": "organization:a", "object": "organization:b", "confidence": 0.9, "rule": "s",
             "qualifiers": {"modality": "ASSERTED"}, "evidence": [{"start": 9, "end": 14, "text": "A, B."}, {"start": 0, "end": 9, "text": "B avec A."}]},
        ],
    }  # fmt: skip

    def test_a_symmetric_relation_is_one_from_the_smaller_id(self):
        row = row_of(json.dumps(self.RECORD).encode(), 7)
        (statement,) = row["statements"]
        self.assertEqual((statement["subject"], statement["confidence"], statement["date"]), ("organization:a", 0.9, "2016"))
        self.assertEqual([span["start"] for span in statement["evidence"]], [0, 9])
        self.assertEqual(row["entities"][0]["aliases"], ["A", "Z"])
        self.assertEqual(batch_of([row]).to_pylist()[0]["statements"][0]["id"], statement["id"])

    def test_ids_are_those_of_the_program(self):
        # As `maillage query` gives them.
        self.assertEqual(document_id(b'{"id": "a", "text": "x"}\r'), document_id(b'{"id": "a", "text": "x"}'))
        self.assertTrue(relation_id("HELD_IN", "event:a", "country:SV").startswith("relation:held-in-"))

    def test_records_of_another_version_are_an_error(self):
        with self.assertRaisesRegex(ValueError, "version 2"):
            row_of(json.dumps(self.RECORD | {"version": 2}).encode(), 0)


class Inputs(unittest.TestCase):
    def test_rows_become_lines_without_what_they_do_not_have(self):
        batch = pa.RecordBatch.from_pylist([{"id": 7, "text": "Été", "title": None, "x": 1}])
        self.assertEqual(list(lines_of_rows([batch])), ['{"id":7,"text":"Été"}'.encode()])

    def test_web_archives_are_read_record_by_record_packed_or_not(self):
        def record(kind, url, body):
            head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(body)}\r\n\r\n"
            return head.encode() + body + b"\r\n\r\n"

        texts = [(f"https://a.example/{number}", f"Été {number}\r\n\r\nWARC/1.0 " * number) for number in range(1, 40)]
        records = [record("warcinfo", "", b"software: x\r\n")] + [record("conversion", url, text.encode()) for url, text in texts]
        expected = [{"id": url, "text": text, "url": url} for url, text in texts]
        with tempfile.TemporaryDirectory() as folder:
            plain, packed = Path(folder, "a.wet"), Path(folder, "a.wet.gz")
            plain.write_bytes(b"".join(records))
            packed.write_bytes(b"".join(map(gzip.compress, records)))
            for path in (plain, packed):
                self.assertEqual([json.loads(line) for line in lines_of_archive(str(path))], expected)
            plain.write_bytes(b"".join(records)[:-30])
            with self.assertRaisesRegex(ValueError, "ends in the middle"):
                list(lines_of_archive(str(plain)))
            plain.write_bytes(b"<html>")
            with self.assertRaisesRegex(ValueError, "no WET file"):
                list(lines_of_archive(str(plain)))

    @unittest.skipUnless("MAILLAGE_PROGRAM" in os.environ, "needs the program")
    def test_the_program_makes_the_same_documents_of_the_same_files(self):
        def extracted(*arguments, lines=None):
            command = [os.environ["MAILLAGE_PROGRAM"], "extract", "--quiet", *map(str, arguments)]
            found = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True).stdout.splitlines()
            return sorted(found)

        text = "L’OIM a ouvert un centre à Agadez, au Niger.\tAinsi\r\nfut fait: \"x\\y\" \x7f\x01\u2028 e\u0301 🙂. "
        rows = [{"id": number, "text": text * (number + 1), "title": "Un titre" if number % 2 else None} for number in range(40)]
        for number, row in enumerate(rows):
            row |= {"url": f"https://a.example/{number}", "published": date(2015, 8, 1 + number % 28), "weight": 0.5}
        moments = [row | {"published": datetime(2015, 8, 20, 23, 30, tzinfo=timezone(timedelta(hours=-3)))} for row in rows]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "rows.parquet")
            for table in (
                pa.Table.from_pylist(rows),
                pa.Table.from_pylist(moments),
                pa.Table.from_pylist([row | {"text": row["text"].encode(), "id": str(row["id"])} for row in rows]),
            ):
                for options in ({"row_group_size": 7}, {"compression": "zstd"}, {"compression": "gzip"}, {"use_dictionary": False, "compression": "lz4"}):
                    pq.write_table(table, path, **options)
                    lines = b"".join(line + b"\n" for line in lines_of_rows(pq.read_table(path).to_batches()))
                    self.assertEqual(len(expected := extracted("--pipe", lines=lines)), 40)
                    self.assertEqual(extracted(path), expected)

            def record(number):
                body = text.encode() * (number % 3 + 1) + (b"caf\xe9 \xe2\x82 \xf0\x9f" if number % 5 == 0 else b"")
                url = "" if number == 7 else f"WARC-Target-URI: <https://a.example/{number}>\r\n"
                head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n{url}Content-Length: {len(body)}\r\n\r\n"
                return head.encode() + body + b"\r\n\r\n"

            records = [record(number) for number in range(40)]
            for name, content in (
                ("a.wet", b"".join(records)),
                ("b.wet.gz", b"".join(map(gzip.compress, records))),
                ("c.wet.gz", gzip.compress(b"".join(records))),
            ):
                path = Path(folder, name)
                path.write_bytes(content)
                lines = b"".join(line + b"\n" for line in lines_of_archive(str(path)))
                self.assertEqual(len(expected := extracted("--pipe", lines=lines)), 40)
                self.assertEqual(extracted(path), expected)


if __name__ == "__main__":
    unittest.main()
