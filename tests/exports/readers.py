"""Compares what readers of each format find with what the API says: the same entities, names, relations and sentences.

readers.py PROGRAM STORE FOLDER

Of every format the reader is one that its users have. What a format cannot hold is expected as its module says: U+FFFD.
"""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import kuzu
import networkx
import pyarrow.parquet
import pydot
import rdflib
from followthemoney import model
from lxml import etree
from rdflib.compare import to_isomorphic

program, store, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])


def pages(field, selection):
    """All that the API lists."""
    after, found = None, []
    while True:
        query = f"query($after: String) {{ {field}(first: 100, after: $after) {{ nodes {{ {selection} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        command = [program, "query", "--quiet", "--data", store, query, "--variables", json.dumps({"after": after})]
        page = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["data"][field]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


entities = {e["id"]: e for e in pages("entities", "id name kind mentionCount")}
relations = {
    r["id"]: r
    for r in pages(
        "relations",
        "id kind confidence modality subject { id } object { id } evidence(first: 100) { text spans { start end text } document { id } }",
    )
}
names = {id: e["name"] for id, e in entities.items()}
ends = {id: (r["subject"]["id"], r["kind"], r["object"]["id"]) for id, r in relations.items()}
assert len(entities) > 50 and len(relations) > 50, "too small a graph to say anything"
odd = "".join(names.values())
for sign in ["é", "œ", "<b>", "&", "]]>", '"', "'", "\\", "\u2028", "\u202e", "ق", "🐟"]:
    assert sign in odd, f"no name has {sign!r}"


def legal(text):
    """What XML 1.0 has no place for."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def plain(text):
    return "".join("\ufffd" if (ord(c) < 32 or 127 <= ord(c) < 160) and c not in "\n\r\t" else c for c in text)


def same(what, found, expected):
    if found != expected:
        missing = {k: expected[k] for k in expected if found.get(k) != expected[k]}
        more = {k: found[k] for k in found if expected.get(k) != found[k]}
        sys.exit(f"{what}: expected {list(missing.items())[:3]}, found {list(more.items())[:3]}")
    print(f"{what}: {len(found)}")


def of_all(values, change):
    return {key: change(value) for key, value in values.items()}


# GraphML by NetworkX.
text = (folder / "graph.graphml").read_bytes()
root = etree.fromstring(text)
about = root.findtext("{http://graphml.graphdrawing.org/xmlns}desc")
assert f"entities: {len(entities)}\n" in about and f"relations: {len(relations)}\n" in about and "complete: true" in about, about
graph = networkx.read_graphml(folder / "graph.graphml", force_multigraph=True)
same("graphml entities", {id: data["name"] for id, data in graph.nodes(data=True)}, of_all(names, legal))
found = {key: (a, data["relation"], b) for a, b, key, data in graph.edges(keys=True, data=True)}
same("graphml relations", found, ends)
sentences = {key: data["sentence"] for _, _, key, data in graph.edges(keys=True, data=True)}
same("graphml sentences", sentences, {id: legal(r["evidence"][0]["text"]) for id, r in relations.items()})

# GEXF by NetworkX, which knows it up to 1.3.
graph = networkx.read_gexf(folder / "graph.gexf", version="1.3")
same("gexf entities", {id: data["label"] for id, data in graph.nodes(data=True)}, of_all(names, legal))
tree = etree.parse(folder / "graph.gexf")
space = {"g": "http://gexf.net/1.3"}
found = {e.get("id"): (e.get("source"), e.get("kind"), e.get("target")) for e in tree.iterfind(".//g:edge", space)}
same("gexf relations", found, ends)
assert graph.number_of_edges() == len(relations)

# CSV by Python's reader.
rows = {}
for part in ["relations", "entities", "evidence", "documents"]:
    with open(folder / "csv" / f"{part}.csv", newline="", encoding="utf-8") as file:
        rows[part] = list(csv.DictReader(file, strict=True))
same("csv entities", {row["id"]: row["name"] for row in rows["entities"]}, names)
same("csv relations", {row["id"]: (row["subject"], row["kind"], row["object"]) for row in rows["relations"]}, ends)
cited = {id: sorted((s["start"], s["end"], s["text"]) for e in r["evidence"] for s in e["spans"]) for id, r in relations.items()}


def evidence(found):
    gathered = {}
    for row in found:
        gathered.setdefault(row["relation"], []).append((int(row["start"]), int(row["end"]), row["text"]))
    return {id: sorted(spans) for id, spans in gathered.items()}


same("csv evidence", evidence(rows["evidence"]), cited)
package = json.loads((folder / "csv" / "datapackage.json").read_text())
assert package["maillage"]["relations"] == str(len(relations)), package
for resource in package["resources"]:
    columns = [field["name"] for field in resource["schema"]["fields"]]
    assert list(rows[resource["name"]][0]) == columns, resource["name"]

# Parquet by Arrow: what CSV has, with types.
table = {part: pyarrow.parquet.read_table(folder / "parquet" / f"{part}.parquet") for part in rows}
same("parquet entities", {r["id"]: r["name"] for r in table["entities"].to_pylist()}, names)
same("parquet relations", {r["id"]: (r["subject"], r["kind"], r["object"]) for r in table["relations"].to_pylist()}, ends)
same("parquet confidence", {r["id"]: r["confidence"] for r in table["relations"].to_pylist()}, of_all(relations, lambda r: round(r["confidence"], 6)))
same("parquet evidence", evidence(table["evidence"].to_pylist()), cited)
assert table["documents"].num_rows == len(rows["documents"])
metadata = pyarrow.parquet.read_metadata(folder / "parquet" / "relations.parquet").metadata
assert metadata[b"maillage.relations"] == str(len(relations)).encode() and b"maillage.date" in metadata, metadata

# Turtle and JSON-LD by rdflib: the same triples, each relation with its ends and its sentences.
turtle = rdflib.Graph().parse(folder / "graph.turtle", format="turtle")
jsonld = rdflib.Graph().parse(folder / "graph.jsonld", format="json-ld")
SCHEMA, PROV, OA = (rdflib.Namespace(n) for n in ["https://schema.org/", "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#"])
assert to_isomorphic(turtle) == to_isomorphic(jsonld), "Turtle and JSON-LD differ"
ids = {str(id): thing for thing, id in turtle.subject_objects(SCHEMA.identifier)}
called = {str(thing): str(id) for id, thing in ids.items() if id in entities or id in relations}
found = {}
for thing in turtle.subjects(rdflib.RDF.type, rdflib.RDF.Statement):
    subject, predicate, other = (turtle.value(thing, p) for p in [rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object])
    found[called[str(thing)]] = (called[str(subject)], str(predicate).rsplit(":", 1)[1], called[str(other)])
same("turtle relations", found, ends)
same("turtle entities", {id: str(turtle.value(ids[id], SCHEMA.name)) for id in entities}, names)
quoted = {
    id: sorted({(int(turtle.value(q, OA.start)), int(turtle.value(q, OA.end)), str(turtle.value(q, OA.exact))) for q in turtle.objects(ids[id], PROV.wasDerivedFrom)})
    for id in relations
}
same("turtle evidence", quoted, {id: sorted(set(spans)) for id, spans in cited.items()})

# FollowTheMoney by its own model, which refuses what its schemata do not have.
found, links, proofs = {}, {}, {}
for line in (folder / "ftm" / "entities.ftm.json").read_text(encoding="utf-8").strip().split("\n"):
    data = json.loads(line)
    proxy = model.get_proxy(data, cleaned=False)
    assert proxy.id == data["id"] and proxy.schema.name == data["schema"], line
    for name in data["properties"]:
        assert name in proxy.schema.properties, f"{proxy.schema.name} has no {name}"
    if proxy.id in relations:
        pairs = [("subject", "object"), ("participant", "project"), ("employee", "employer"), ("member", "organization")]
        a, b = next((a, b) for a, b in pairs if a in data["properties"])
        links[proxy.id] = (data["properties"][a][0], data["properties"]["recordId"][0], data["properties"][b][0])
        for name in [a, b]:
            wanted = proxy.schema.get(name).range
            other = data["properties"][name][0]
            assert model.get(found[other][1]).is_a(wanted), f"{other} is a {found[other][1]}, no {wanted.name}"
        proofs[proxy.id] = set(data["properties"]["proof"])
    else:
        found[proxy.id] = (data["properties"]["name"][0], proxy.schema.name)
same("ftm relations", links, ends)
same("ftm entities", {id: found[id][0] for id in entities}, names)
same("ftm proofs", proofs, {id: {e["document"]["id"] for e in r["evidence"]} for id, r in relations.items()})
assert all(id in found for proof in proofs.values() for id in proof)

# Cypher executed by Kùzu, twice: the second time changes nothing.
database = kuzu.Connection(kuzu.Database(str(folder / "kuzu")))
labels = {e["kind"]: e["kind"].capitalize() for e in entities.values()}
for label in labels.values():
    database.execute(f"CREATE NODE TABLE {label} (id STRING PRIMARY KEY, name STRING, mentions INT64, country STRING, aliases STRING[])")
properties = "id STRING, label STRING, confidence DOUBLE, modality STRING, statements INT64, from_date STRING, to_date STRING, role STRING, amount DOUBLE, currency STRING, sentence STRING, document STRING, document_source STRING, document_url STRING"
for kind in {kind for _, kind, _ in ends.values()}:
    joined = {(labels[entities[a]["kind"]], labels[entities[b]["kind"]]) for a, k, b in ends.values() if k == kind}
    pairs = ", ".join(f"FROM {a} TO {b}" for a, b in sorted(joined))
    database.execute(f"CREATE REL TABLE {kind} ({pairs}, {properties})")
script = (folder / "graph.cypher").read_text(encoding="utf-8").split("\n")
for _ in range(2):
    for line in script:
        if line and not line.startswith("//"):
            assert line.endswith(";"), line
            database.execute(line)
rows = database.execute("MATCH (e) RETURN e.id, e.name").get_all()
assert len(rows) == len(entities), f"{len(rows)} entities of {len(entities)}"
same("cypher entities", dict(rows), of_all(names, plain))
rows = database.execute("MATCH (a)-[r]->(b) RETURN r.id, a.id, label(r), b.id, r.sentence").get_all()
assert len(rows) == len(relations), f"{len(rows)} relations of {len(relations)}"
same("cypher relations", {id: (a, kind, b) for id, a, kind, b, _ in rows}, ends)
same("cypher sentences", {row[0]: row[4] for row in rows}, {id: plain(r["evidence"][0]["text"]) for id, r in relations.items()})

# DOT by pydot's grammar.
[drawn] = pydot.graph_from_dot_data((folder / "graph.dot").read_text(encoding="utf-8"))


def unquoted(text):
    signs = {"\\\\": "\\", '\\"': '"', "\\n": "\n", "\\r": "\r", "&amp;": "&"}
    return re.sub(r'\\\\|\\"|\\n|\\r|&amp;', lambda found: signs[found.group()], text[1:-1])


found = {unquoted(node.get_name()): unquoted(node.get("label")) for node in drawn.get_nodes() if node.get_name().startswith('"')}
same("dot entities", found, of_all(names, plain))
found = {unquoted(e.get("id")): (unquoted(e.get_source()), unquoted(e.get("kind")), unquoted(e.get_destination())) for e in drawn.get_edges()}
same("dot relations", found, ends)
