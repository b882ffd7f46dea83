"""How long the extraction takes on one worker of one core, on two, and without Spark; and whether all give the same.

    MAILLAGE_PROGRAM=target/release/maillage python tests/measure.py releases.jsonl FOLDER [ROUNDS]

MAILLAGE_SHARE=0.4 gives each worker, with all it starts, so much of a core (as root): then a second worker brings as much as the first
has, even where master and driver run on the same two cores.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from maillage_cluster.checksum import checksums
from standalone import Standalone

PROGRAM = os.environ["MAILLAGE_PROGRAM"]
SHARE = float(os.environ.get("MAILLAGE_SHARE", 0)) or None


def plain(documents: Path) -> tuple[float, float]:
    """Seconds of the clock and of the processor for one process with one thread."""
    command = [PROGRAM, "extract", "--pipe", "--quiet", "--threads", "1"]
    before, started = os.times(), time.time()
    with open(documents, "rb") as lines:
        subprocess.run(command, stdin=lines, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.time() - started, used


def main() -> None:
    documents, folder = Path(sys.argv[1]), Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with open(documents, "rb") as lines:
        count = sum(1 for _ in lines)
    found = []
    for number in range(rounds):
        clock, used = plain(documents)
        print(f"plain: {count / clock:.0f} documents/s, {count / used:.0f} for a second of processor time", flush=True)
        for workers in (1, 2):
            output = folder / f"{number}-{workers}"
            with Standalone(workers=workers, share=SHARE) as spark:
                said = spark.run(PROGRAM, [documents], output, "--split-mib", "4")
            found.append(checksums(str(output)))
            shutil.rmtree(output)
            seconds = said["seconds"]
            print(
                f"{workers} of {SHARE or 1} core: extraction {seconds['extract']} s, {count / seconds['extract']:.0f} documents/s;"
                f" tables {round(sum(seconds.values()) - seconds['extract'], 1)} s; all {said['all_seconds']} s",
                flush=True,
            )
    print("all the same" if all(one == found[0] for one in found) else "NOT THE SAME")


if __name__ == "__main__":
    main()
