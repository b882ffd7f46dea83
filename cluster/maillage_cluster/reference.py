"""The same tables by one process, without Spark: what the job's must equal.

    python -m maillage_cluster.reference --program maillage --input press.jsonl --output reference

Plain dictionaries in memory, written so that the rules can be read; it shares with the job only how an answer is read into a row.
"""

import argparse
import json
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .answers import QUALIFIERS, TABLES, edge_line, node_line, row_of


def rows(program: str, inputs: list[str]):
    """A row for each document, by one process of the program with as many threads as there are cores."""
    for path in inputs:
        with open(path, "rb") as lines:
            command = [program, "extract", "--pipe", "--quiet"]
            with subprocess.Popen(command, stdin=lines, stdout=subprocess.PIPE) as process:
                for number, line in enumerate(process.stdout):
                    yield row_of(line, number)
            if process.returncode not in (0, 3):
                raise SystemExit(f"error: {program} ended with status {process.returncode}")


class Tables:
    """What was seen so far."""

    def __init__(self):
        self.seen = set()
        self.documents, self.rejects, self.mentions, self.evidence = [], [], [], []
        self.entities, self.relations = {}, {}

    def add(self, row: dict) -> None:
        if row["id"] in self.seen:
            return
        self.seen.add(row["id"])
        if "reject" in row:
            self.rejects.append({"id": row["id"], "source": row["source"], "reason": row["reject"]})
            return
        self.documents.append({key: row[key] for key in TABLES["documents"][1].names})
        for entity in row["entities"]:
            self._entity(entity, row)
        for statement in row["statements"]:
            self._statement(statement, row)

    def _entity(self, entity: dict, row: dict) -> None:
        known = self.entities.setdefault(
            entity["id"], {"names": {}, "forms": set(), "kinds": set(), "external": set(), "mentions": 0}
        )
        known["names"][entity["name"]] = known["names"].get(entity["name"], 0) + 1
        known["forms"] |= {entity["name"], *entity["aliases"]}
        known["kinds"].add(entity["kind"])
        known["external"].add(entity["external_ids"])
        known["mentions"] += len(entity["mentions"])
        self.mentions += [{"entity": entity["id"], "document": row["id"], **span} for span in entity["mentions"]]

    def _statement(self, statement: dict, row: dict) -> None:
        place = {"document": row["id"], "source": row["source"]}
        self.relations.setdefault(statement["id"], []).append({**statement, **place, "evidence": len(statement["evidence"])})
        shared = {key: statement[key] for key in ("confidence", "rule", *(key for key, _ in QUALIFIERS))}
        self.evidence += [
            {"relation": statement["id"], "document": row["id"], **shared, **span} for span in statement["evidence"]
        ]

    def all(self) -> dict[str, list[dict]]:
        found = {
            "documents": self.documents,
            "entities": [self._joined_entity(id_, seen) for id_, seen in self.entities.items()],
            "mentions": self.mentions,
            "relations": [self._joined_relation(statements) for statements in self.relations.values()],
            "evidence": self.evidence,
            "rejects": self.rejects,
        }
        return {name: sorted(found[name], key=lambda row: [row[key] for key in keys]) for name, (keys, _) in TABLES.items()}

    @staticmethod
    def _joined_entity(id_: str, seen: dict) -> dict:
        # The name that most documents have; of several the first in the order of code points.
        name = min(seen["names"], key=lambda name: (-seen["names"][name], name))
        return {
            "id": id_,
            "kind": min(seen["kinds"]),
            "name": name,
            "aliases": sorted(seen["forms"] - {name}),
            "external_ids": min(seen["external"]),
            "documents": sum(seen["names"].values()),
            "mentions": seen["mentions"],
        }

    @staticmethod
    def _joined_relation(statements: list[dict]) -> dict:
        # The strongest statement speaks; what it leaves open the next strongest says.
        statements = sorted(statements, key=lambda one: (-one["confidence"], one["modality"], one["document"]))
        joined = {key: statements[0][key] for key in TABLES["relations"][1].names if key != "documents"}
        for key in ("date", "role"):
            joined[key] = next((one[key] for one in statements if one[key] is not None), None)
        money = next((one for one in statements if one["amount"] is not None), statements[0])
        joined |= {"amount": money["amount"], "currency": money["currency"]}
        return {**joined, "documents": len(statements), "evidence": sum(one["evidence"] for one in statements)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="maillage_cluster.reference", description=__doc__.split("\n")[0])
    parser.add_argument("--input", action="append", required=True, help="a file of JSON Lines; may be repeated")
    parser.add_argument("--output", required=True)
    parser.add_argument("--program", default="maillage")
    args = parser.parse_args()
    tables = Tables()
    for row in rows(args.program, args.input):
        tables.add(row)
    output = Path(args.output)
    output.mkdir(parents=True)
    counts = {}
    for name, table in tables.all().items():
        counts[name] = len(table)
        (output / name).mkdir()
        # Some rows at a time: all of them at once as Arrow would not fit beside the rows.
        with pq.ParquetWriter(output / name / "part-00000.parquet", TABLES[name][1], compression="zstd") as writer:
            for at in range(0, len(table), 50_000):
                writer.write_table(pa.Table.from_pylist(table[at : at + 50_000], schema=TABLES[name][1]))
        line_of = {"entities": node_line, "relations": edge_line}.get(name)
        if line_of:
            with open(output / {"entities": "nodes.jsonl", "relations": "edges.jsonl"}[name], "w", encoding="utf-8") as out:
                out.writelines(line_of(row) + "\n" for row in table)
    print(json.dumps({"rows": counts}), flush=True)


if __name__ == "__main__":
    main()
