"""Makes a Kùzu database of the graph: one table of entities, one of relations for each kind.

`python load.py DATA DATABASE` → 10,000 entities, 98,819 relations; nothing when the database is there
"""

import csv
import json
import sys
import tempfile
import unicodedata
from pathlib import Path

import kuzu

KINDS = [
    "FUNDS", "IMPLEMENTS", "PARTICIPATES_IN", "PARTNERS_WITH", "PUBLISHES", "HELD_IN", "OPERATES_IN", "PART_OF", "WORKS_FOR"
]  # fmt: skip


def fold(name: str) -> str:
    name = name.lower().replace("œ", "oe")
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def load(data: Path, database: Path) -> None:
    connection = kuzu.Connection(kuzu.Database(str(database)))
    connection.execute(
        "CREATE NODE TABLE Entity(id STRING PRIMARY KEY, kind STRING, name STRING, folded STRING, aliases STRING, mentions INT64)"
    )
    # What is looked for by name: each name of an entity, framed by spaces, so that words are found as such.
    connection.execute("CREATE NODE TABLE Name(number SERIAL PRIMARY KEY, written STRING, folded STRING, entity STRING)")
    for kind in KINDS:
        connection.execute(f"CREATE REL TABLE {kind}(FROM Entity TO Entity, id STRING)")
    connection.execute("CREATE REL TABLE LEADS(FROM Entity TO Entity)")
    with tempfile.TemporaryDirectory() as folder:
        files = {name: open(Path(folder, f"{name}.csv"), "w", newline="") for name in ["Entity", "Name", "LEADS", *KINDS]}
        write = {name: csv.writer(file).writerow for name, file in files.items()}
        for line in open(data / "entities.jsonl"):
            of = json.loads(line)
            write["Entity"]([of["id"], of["kind"], of["name"], fold(of["name"]), json.dumps(of["aliases"]), of["mentions"]])
            for name in [of["name"], *of["aliases"]]:
                write["Name"]([name, f" {fold(name)} ", of["id"]])
        for line in open(data / "relations.jsonl"):
            of = json.loads(line)
            write[of["kind"]]([of["subject"], of["object"], of["id"]])
            write["LEADS"]([of["subject"], of["object"]])
            if of["kind"] == "PARTNERS_WITH":
                write["LEADS"]([of["object"], of["subject"]])
        for name, file in files.items():
            file.close()
            columns = "(written, folded, entity)" if name == "Name" else ""
            connection.execute(f'COPY {name}{columns} FROM "{file.name}" (header=false, parallel=false)')


if __name__ == "__main__":
    data, database = map(Path, sys.argv[1:])
    if not database.exists():
        load(data, database)
