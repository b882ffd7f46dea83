"""The program as a stage of a pipe: lines in, one answer for each, in their order, whatever happens to the process.

    Pipe(["maillage", "extract", "--pipe", "--quiet"]).answers([b'{"id": "a", "text": "..."}'])  ->  b'{"version":1,"id":"document:...'

A process that dies is started again for the lines that it has not answered: nothing is lost, nothing is answered twice. Which of them it died of
cannot be seen, so they go through one by one. A line that kills the process several times by itself is refused, and the rest goes on. A program that
cannot run at all is an error. Must not know Spark, nor what is in a record.
"""

import hashlib
import json
import os
import selectors
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

# What the program itself passes over (ASCII white space), and what it takes off the end of a line.
BLANK = b" \t\n\r\x0c"
# Statuses with which the program says that it cannot work, whatever the line: an error, a wrong command line, no such program.
HOPELESS = {1, 2, 126, 127}


class ProgramError(Exception):
    """The program cannot be run."""


def document_id(line: bytes) -> str:
    """The id that a document has by its bytes, as the program makes it."""
    return "document:" + hashlib.sha256(line.rstrip(b"\r")).hexdigest()[:16]


class Pipe:
    """Hands lines to the program.

    window, window_bytes: how much may be on its way, answered or not; a single line may be longer.
    timeout_seconds: how long the program may say nothing while a line waits.
    attempts: how often a line may kill the program by itself before it is refused.
    """

    def __init__(self, command, window=128, window_bytes=4 << 20, timeout_seconds=300.0, attempts=3):
        self.command, self.window, self.window_bytes = list(command), window, window_bytes
        self.timeout_seconds, self.attempts = timeout_seconds, attempts
        self.process, self.stderr = None, None
        self.deaths = 0

    def answers(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The answer to each line that is not blank, in order, without its end."""
        lines = (line for line in lines if line.strip(BLANK))
        first = next(lines, None)
        if first is None:
            return
        lines = chain([first], lines)
        waiting: deque[bytes] = deque()  # sent or about to be, and not answered
        alone, fatal = 0, 0  # so many go one by one; how often the first of them was fatal
        exhausted = False
        try:
            while True:
                # One by one, only the first of those that wait is sent.
                self._start(waiting if not alone else [waiting[0]])
                died = None
                while died is None:
                    while not exhausted and not alone and self._room(waiting):
                        line = next(lines, None)
                        if line is None:
                            exhausted = True
                        else:
                            waiting.append(line)
                            self._send(line)
                    if not waiting:
                        self._end()
                        return
                    answers, died = self._exchange()
                    for answer in answers:
                        waiting.popleft()
                        yield answer
                        if alone:
                            alone, fatal = alone - 1, 0
                            for line in [waiting[0]] if alone else waiting:
                                self._send(line)
                if not waiting:
                    continue  # it died between two lines: another one goes on
                self.deaths += 1
                if alone:
                    fatal += 1
                else:
                    alone, fatal = len(waiting), 0
                if fatal >= self.attempts:
                    yield self._refusal(waiting.popleft(), died)
                    alone, fatal = alone - 1, 0
                    if not waiting:
                        alone = 0
        finally:
            self._kill()

    def _room(self, waiting) -> bool:
        return not waiting or (len(waiting) < self.window and sum(map(len, waiting)) < self.window_bytes)

    def _start(self, lines) -> None:
        self._kill()
        self.stderr = tempfile.TemporaryFile()
        try:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.stderr, bufsize=0
            )
        except OSError as error:
            self.stderr.close()
            raise ProgramError(f"cannot run {self.command[0]}: {error}") from error
        os.set_blocking(self.process.stdin.fileno(), False)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.unsent, self.unread = bytearray(), bytearray()
        self.heard = time.monotonic()
        for line in lines:
            self._send(line)

    def _send(self, line: bytes) -> None:
        if not self.unsent:
            self.heard = max(self.heard, time.monotonic())
        self.unsent += line
        self.unsent += b"\n"

    def _exchange(self) -> tuple[list[bytes], str | None]:
        """Writes and reads what can be; whole answers, and how the process died if it has."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if self.unsent:
                selector.register(self.process.stdin, selectors.EVENT_WRITE)
            left = self.heard + self.timeout_seconds - time.monotonic()
            events = selector.select(max(left, 0))
        if not events and left <= 0:
            self.process.kill()
            return [], f"took longer than {self.timeout_seconds:g} s"
        for key, _ in events:
            if key.fileobj is self.process.stdin:
                try:
                    written = os.write(self.process.stdin.fileno(), memoryview(self.unsent)[: 1 << 20])
                    del self.unsent[:written]
                except BlockingIOError:
                    pass
                except BrokenPipeError:
                    self.unsent.clear()  # what it has answered before is still to be read
            else:
                chunk = os.read(self.process.stdout.fileno(), 1 << 20)
                if not chunk:
                    return [], self._death()
                self.heard = time.monotonic()
                self.unread += chunk
        if b"\n" not in self.unread:
            return [], None
        *answers, rest = bytes(self.unread).split(b"\n")
        self.unread = bytearray(rest)
        return answers, None

    def _death(self) -> str:
        """How the process ended without having answered everything."""
        try:
            status = self.process.wait(timeout=self.timeout_seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if status in HOPELESS:
            raise ProgramError(f"{' '.join(self.command)} ended with status {status}: {self._said()}")
        return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"

    def _end(self) -> None:
        """Everything is answered: the program ends by itself, and must say that all is well, or that something was refused."""
        self.process.stdin.close()
        status = self.process.wait(timeout=self.timeout_seconds)
        if status in HOPELESS:
            raise ProgramError(f"{' '.join(self.command)} ended with status {status}: {self._said()}")

    def _said(self) -> str:
        self.stderr.seek(0)
        return self.stderr.read()[-2000:].decode("utf-8", "replace").strip() or "it said nothing"

    def _refusal(self, line: bytes, died: str) -> bytes:
        reason = f"the program {died} while it had this line alone, {self.attempts} times; extract it by itself to see why"
        try:
            source = json.loads(line)["id"]
            source = source if source is None or isinstance(source, str) else json.dumps(source)
        except (ValueError, KeyError, TypeError):
            source = None
        reject = {"id": document_id(line), "source": source, "line": 0, "reason": reason}
        return json.dumps({"reject": reject}, ensure_ascii=False).encode()

    def _kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            for stream in (self.process.stdin, self.process.stdout, self.stderr):
                stream.close()
            self.process.wait()
            self.process = None
