"""A checksum for each table, and a comparison of two outputs.

    python -m maillage_cluster.checksum out          ->  entities 702393 6c1f...
    python -m maillage_cluster.checksum out other    ->  the same, and status 1 when they differ

The SHA-256 of all rows as lines of JSON, in the order in which they are written: two outputs agree when they hold the same rows in the same order, however
they are cut into files. JSON Lines for `maillage import` are compared as bytes.
"""

import hashlib
import json
import sys
from pathlib import Path

import pyarrow.parquet as pq

from .answers import TABLES


def checksums(output: str) -> dict[str, tuple[int, str]]:
    """For each table how many rows it has, and its checksum."""
    found = {}
    for name, (_, schema) in TABLES.items():
        rows, digest = 0, hashlib.sha256()
        for part in sorted(Path(output, name).glob("*.parquet")):
            with pq.ParquetFile(part) as file:
                for batch in file.iter_batches(20_000, columns=schema.names):
                    rows += batch.num_rows
                    for row in batch.select(schema.names).to_pylist():
                        digest.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        found[name] = (rows, digest.hexdigest())
    for name in ("nodes.jsonl", "edges.jsonl"):
        path = Path(output, name)
        if path.exists():
            rows, digest = 0, hashlib.sha256()
            with open(path, "rb") as file:
                for line in file:
                    rows += 1
                    digest.update(line)
            found[name] = (rows, digest.hexdigest())
    return found


def main() -> None:
    all_found = [checksums(output) for output in sys.argv[1:]]
    same = all(found == all_found[0] for found in all_found)
    for output, found in zip(sys.argv[1:], all_found):
        print(output)
        for name, (rows, digest) in found.items():
            print(f"  {name:<12} {rows:>10}  {digest}")
    if len(all_found) > 1:
        print("the same" if same else "NOT THE SAME")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
