"""What the program answers, as rows: one for each document, with what it mentions and states inside.

    b'{"version":1,"id":"document:...","entities":[...]}'  ->  {"id": "document:...", "source": ..., "entities": [{"id": ...}, ...], ...}
    b'{"reject":{"id":"document:...","reason":"..."}}'     ->  {"id": "document:...", "reject": "..."}

Also the lines of the data files that `maillage import` reads. Must not know Spark.
"""

import hashlib
import json

import pyarrow as pa

TEXT = pa.string()
SPANS = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", TEXT)]))
QUALIFIERS = [("modality", TEXT), ("date", TEXT), ("role", TEXT), ("amount", pa.float64()), ("currency", TEXT)]
ENTITY = pa.struct(
    [("id", TEXT), ("kind", TEXT), ("name", TEXT), ("aliases", pa.list_(TEXT)), ("external_ids", TEXT), ("mentions", SPANS)]
)
STATEMENT = pa.struct(
    [("id", TEXT), ("kind", TEXT), ("subject", TEXT), ("object", TEXT), ("confidence", pa.float64())]
    + QUALIFIERS
    + [("rule", TEXT), ("quote", TEXT), ("evidence", SPANS)]
)
# A row of what the program answered. `row` is another number for each row of a run, whatever its document is.
ANSWER = pa.schema(
    [("row", pa.int64()), ("id", TEXT), ("source", TEXT), ("title", TEXT), ("language", TEXT), ("published", TEXT)]
    + [("reject", TEXT), ("entities", pa.list_(ENTITY)), ("statements", pa.list_(STATEMENT))]
)

# The tables that are written, each in the order of its key, which no two rows share.
TABLES = {
    "documents": (
        ["id"],
        pa.schema([("id", TEXT), ("source", TEXT), ("title", TEXT), ("language", TEXT), ("published", TEXT)]),
    ),
    "entities": (
        ["id"],
        pa.schema(
            [("id", TEXT), ("kind", TEXT), ("name", TEXT), ("aliases", pa.list_(TEXT)), ("external_ids", TEXT)]
            + [("documents", pa.int64()), ("mentions", pa.int64())]
        ),
    ),
    "mentions": (
        ["entity", "document", "start", "end"],
        pa.schema([("entity", TEXT), ("document", TEXT), ("start", pa.int64()), ("end", pa.int64()), ("text", TEXT)]),
    ),
    "relations": (
        ["id"],
        pa.schema(
            [("id", TEXT), ("kind", TEXT), ("subject", TEXT), ("object", TEXT), ("confidence", pa.float64())]
            + QUALIFIERS
            + [("document", TEXT), ("source", TEXT), ("quote", TEXT), ("documents", pa.int64()), ("evidence", pa.int64())]
        ),
    ),
    "evidence": (
        ["relation", "document", "start", "end"],
        pa.schema(
            [("relation", TEXT), ("document", TEXT), ("start", pa.int64()), ("end", pa.int64()), ("text", TEXT)]
            + [("confidence", pa.float64())]
            + QUALIFIERS
            + [("rule", TEXT)]
        ),
    ),
    "rejects": (["id"], pa.schema([("id", TEXT), ("source", TEXT), ("reason", TEXT)])),
}

# Relations that hold both ways are kept once, from the smaller id, as the program keeps them.
SYMMETRIC = {"PARTNERS_WITH"}


def relation_id(kind: str, subject: str, object_: str) -> str:
    """The id of a relation, as the program makes it."""
    digest = hashlib.sha256(f"{subject}\0{object_}".encode()).hexdigest()[:16]
    return f"relation:{kind.lower().replace('_', '-')}-{digest}"


def strength(statement: dict) -> tuple:
    """The strongest statement of a document comes first."""
    return (-statement["confidence"], statement["modality"], statement["rule"])


def row_of(answer: bytes, number: int) -> dict:
    """What the program answered, as a row."""
    record = json.loads(answer)
    if "reject" in record:
        reject = record["reject"]
        return {"row": number, "id": reject["id"], "source": reject["source"], "reject": reject["reason"]}
    if record["version"] != 1:
        raise ValueError(f"records of version {record['version']} are not known here; use the job that came with the program")
    row = {key: record[key] for key in ("id", "source", "title", "language", "published")}
    row["row"] = number
    row["entities"] = [
        {
            **{key: entity[key] for key in ("id", "kind", "name", "mentions")},
            "aliases": sorted(entity["aliases"]),
            "external_ids": json.dumps(entity["external_ids"], ensure_ascii=False, sort_keys=True),
        }
        for entity in record["entities"]
    ]
    statements: dict[str, dict] = {}
    for relation in record["relations"]:
        statement = _statement(relation)
        known = statements.get(statement["id"])
        statements[statement["id"]] = _joined(known, statement) if known else statement
    row["statements"] = list(statements.values())
    return row


def _statement(relation: dict) -> dict:
    kind, ends = relation["kind"], (relation["subject"], relation["object"])
    if kind in SYMMETRIC:
        ends = tuple(sorted(ends))
    qualifiers = relation["qualifiers"]
    return {
        "id": relation_id(kind, *ends),
        "kind": kind,
        "subject": ends[0],
        "object": ends[1],
        "confidence": float(relation["confidence"]),
        **{key: qualifiers.get(key) for key, _ in QUALIFIERS},
        "rule": relation["rule"],
        "quote": max(relation["evidence"], key=lambda span: (span["end"] - span["start"], -span["start"]))["text"],
        "evidence": relation["evidence"],
    }


def _joined(one: dict, other: dict) -> dict:
    """A symmetric relation that a document states from both ends."""
    first, second = sorted((one, other), key=strength)
    spans = {(span["start"], span["end"]): span for span in first["evidence"] + second["evidence"]}
    filled = {key: second[key] for key, _ in QUALIFIERS if first[key] is None and key not in ("amount", "currency")}
    if first["amount"] is None:
        filled |= {"amount": second["amount"], "currency": second["currency"]}
    return {**first, **filled, "evidence": [spans[at] for at in sorted(spans)]}


def batch_of(rows: list[dict]) -> pa.RecordBatch:
    """Rows as Arrow."""
    return pa.RecordBatch.from_pylist(rows, schema=ANSWER)


# The longest name and how many aliases a line has: `maillage import` takes lines of up to 64 KiB.
LONGEST_NAME, MOST_ALIASES, LONGEST_QUOTE = 1000, 50, 2000


def node_line(entity: dict) -> str:
    """An entity as a line for `maillage import --nodes`."""
    node = {"id": entity["id"], "kind": entity["kind"], "name": _tidy(entity["name"])[:LONGEST_NAME]}
    aliases = sorted({_tidy(alias) for alias in entity["aliases"]} - {node["name"]})
    node["aliases"] = [alias for alias in aliases if 0 < len(alias) <= LONGEST_NAME][:MOST_ALIASES]
    node |= {"external_ids": json.loads(entity["external_ids"]), "document_count": entity["documents"]}
    return json.dumps(node, ensure_ascii=False)


def edge_line(relation: dict) -> str:
    """A relation as a line for `maillage import --edges`, with the strongest quotation for it."""
    edge = {"id": relation["id"], "kind": relation["kind"], "source": relation["subject"], "target": relation["object"]}
    if relation["date"] and relation["date"][:4].isdigit():
        edge["year"] = relation["date"]
    edge["documents"] = [_tidy(relation["source"])[:LONGEST_NAME]]
    edge |= {key: relation[key] for key in ("confidence", "modality", "role", "amount", "currency") if relation[key] is not None}
    edge |= {"quote": relation["quote"][:LONGEST_QUOTE], "document": relation["document"], "document_count": relation["documents"]}
    return json.dumps(edge, ensure_ascii=False)


def _tidy(text: str) -> str:
    return " ".join(text.split())
