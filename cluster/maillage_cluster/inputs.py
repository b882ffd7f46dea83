"""Lines of JSON out of what documents come in: JSON Lines as they are, Parquet, and WET files of web archives.

    WARC-Type: conversion, WARC-Target-URI: https://a.example/1, a text  ->  {"id":"https://a.example/1","text":"...","url":"https://a.example/1"}

The bytes of a line make the document's id, so the same document makes the same line everywhere. Must not know Spark.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timezone

import pyarrow as pa
from pyarrow import fs

# What a document may have; other columns are passed over.
KEYS = ["id", "text", "title", "url", "language", "published"]
# Longer texts are refused by the program anyway; they are not kept in memory whole to be told so.
LONGEST_BODY_BYTES = 64 << 20


def line_of(document: dict) -> bytes:
    """A document as a line: keys in a fixed order, without those that it has not."""
    kept = {key: document[key] for key in KEYS if document.get(key) is not None}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def lines_of_text(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Lines as they stand in files of JSON Lines: the only column, in bytes."""
    for batch in batches:
        for value in batch.column(0):
            yield value.as_py() or b""


def lines_of_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Rows of Parquet with the columns id and text, and perhaps title, url, language, published."""
    for batch in batches:
        for row in batch.to_pylist():
            yield line_of({key: _plain(value) for key, value in row.items()})


def lines_of_archives(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Files of web archives by their paths, read as a stream each, from whatever file system Arrow knows."""
    for batch in batches:
        for path in batch.column(0).to_pylist():
            yield from lines_of_archive(path)


def lines_of_archive(path: str) -> Iterator[bytes]:
    """The texts of one WET file, packed or not."""
    system, inside = fs.FileSystem.from_uri(path) if "://" in path else (fs.LocalFileSystem(), path)
    with system.open_input_stream(inside, compression=None) as raw:
        stream = gzip.GzipFile(fileobj=raw) if path.endswith(".gz") else pa.BufferedInputStream(raw, 1 << 18)
        reader = stream if path.endswith(".gz") else _Plain(stream)
        while (head := _head(reader, path)) is not None:
            length = int(head.get("content-length", "0"))
            body = reader.read(min(length, LONGEST_BODY_BYTES))
            if len(body) < min(length, LONGEST_BODY_BYTES):
                raise ValueError(f"{path} ends in the middle of a record; fetch it again")
            for left in range(length - len(body), 0, -(1 << 20)):
                reader.read(min(left, 1 << 20))
            if head.get("warc-type") == "conversion":
                url = head.get("warc-target-uri", "").strip("<>") or None
                name = url or head.get("warc-record-id", "")
                yield line_of({"id": name, "text": body.decode("utf-8", "replace"), "url": url})


def _plain(value):
    """A value of a row as JSON has it: moments as their day in UTC, bytes as text."""
    if isinstance(value, datetime):
        value = (value.astimezone(timezone.utc) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


class _Plain:
    """A file that is not packed, line by line or by bytes."""

    def __init__(self, stream):
        self.stream, self.buffer = stream, b""

    def readline(self) -> bytes:
        while b"\n" not in self.buffer:
            chunk = self.stream.read(1 << 16)
            if not chunk:
                break
            self.buffer += chunk
        line, end, self.buffer = self.buffer.partition(b"\n")
        return line + end

    def read(self, count: int) -> bytes:
        while len(self.buffer) < count and (chunk := self.stream.read(max(1 << 16, count - len(self.buffer)))):
            self.buffer += chunk
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken


def _head(reader, path: str) -> dict | None:
    """The head of the next record, keys in lower case; none at the end."""
    while (line := reader.readline()) in (b"\r\n", b"\n"):
        pass
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise ValueError(f"{path} is no WET file: a record begins with {line[:40]!r}")
    head = {}
    while (line := reader.readline().strip()):
        key, _, value = line.decode("utf-8", "replace").partition(":")
        head[key.strip().lower()] = value.strip()
    return head


LINES_OF = {"jsonl": lines_of_text, "parquet": lines_of_rows, "wet": lines_of_archives}
