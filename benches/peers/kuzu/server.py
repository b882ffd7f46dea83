"""Kùzu, an embedded graph database, behind a few lines of HTTP.

`uvicorn server:app` with DATABASE=… → the nine questions of the benchmark at /graphql

No GraphQL: the name of the first field of a query says which function answers, so that what is measured is Cypher and JSON alone.
Statements are prepared once; queries run in threads of Kùzu's own pool. What a limit within a group needs (the first 20 of each) is cut here.
"""

import asyncio
import math
import os
import re
import threading
import unicodedata
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import kuzu
import orjson

WORKERS = os.cpu_count() or 1
database = kuzu.Database(os.environ["DATABASE"])
pool = ThreadPoolExecutor(WORKERS)
local = threading.local()


def rows(query: str, **parameters) -> list[list]:
    """The rows of a query on this thread's connection."""
    if not hasattr(local, "connection"):
        local.connection, local.prepared = kuzu.Connection(database, num_threads=WORKERS), {}
        local.connection.execute("CALL project_graph('everything', ['Entity'], ['LEADS'])")
    if query not in local.prepared:
        local.prepared[query] = local.connection.prepare(query, parameters)
    return local.connection.execute(local.prepared[query], parameters).get_all()


def fold(name: str) -> str:
    name = name.lower().replace("œ", "oe")
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def typename(query, variables):
    return {"__typename": "Query"}


def lookup(query, variables):
    found = rows("MATCH (e:Entity) WHERE e.id = $id RETURN e.id, e.name, e.kind, e.aliases, e.mentions", id=variables["id"])
    if not found:
        return {"entity": None}
    id, name, kind, aliases, mentions = found[0]
    return {"entity": {"id": id, "name": name, "kind": kind, "aliases": orjson.loads(aliases), "mentionCount": mentions}}


def hops(query, variables):
    first = int(re.search(r"first: (\d+)", query)[1])
    name = rows("MATCH (e:Entity) WHERE e.id = $id RETURN e.name", id=variables["id"])[0][0]
    projects = rows(
        "MATCH (o:Entity)-[r:FUNDS]->(p:Entity) WHERE o.id = $id RETURN p.id, p.name ORDER BY p.id LIMIT $first",
        id=variables["id"],
        first=first,
    )

    def grouped(found):
        groups = defaultdict(list)
        for of, id, name in found:
            if len(groups[of]) < first:
                groups[of].append({"id": id, "name": name})
        return groups

    places = grouped(
        rows(
            "MATCH (p:Entity)-[r:OPERATES_IN]->(x:Entity) WHERE p.id IN $ids RETURN p.id, x.id, x.name ORDER BY x.id",
            ids=list({id for id, _ in projects}),
        )
        if projects
        else []
    )
    ids = list({place["id"] for group in places.values() for place in group})
    events = grouped(
        rows("MATCH (x:Entity)<-[r:HELD_IN]-(e:Entity) WHERE x.id IN $ids RETURN x.id, e.id, e.name ORDER BY e.id", ids=ids)
        if ids
        else []
    )
    nodes = [
        {
            "id": id,
            "name": name,
            "places": {"nodes": [{**place, "events": {"nodes": events[place["id"]]}} for place in places[id]]},
        }
        for id, name in projects
    ]
    return {"entity": {"name": name, "projectsFunded": {"nodes": nodes}}}


def suggest(query, variables):
    # There is no index on words that begin so; all names are looked through.
    typed = fold(variables["prefix"])
    *finished, last = typed.split()
    words = " AND ".join(f"n.folded CONTAINS $w{number}" for number in range(len(finished) + 1))
    parameters = {f"w{number}": f" {word} " for number, word in enumerate(finished)}
    parameters[f"w{len(finished)}"] = f" {last}"
    found = rows(
        f"MATCH (n:Name) WHERE {words} MATCH (e:Entity) WHERE e.id = n.entity "
        "RETURN n.written, n.folded, e.id, e.mentions, n.number",
        **parameters,
    )
    best = {}
    for written, folded, id, mentions, number in found:
        folded = folded.strip()
        exactness = 0 if folded == typed else 1 if folded.startswith(typed) else 2
        if id not in best or (exactness, number) < best[id][0]:
            best[id] = (exactness, number), (exactness, -mentions, written, id)
    listed = sorted(found for _, found in best.values())[:10]
    return {
        "suggest": [
            {
                "name": name,
                "exactness": ("WHOLE", "BEGINS", "WORDS")[exactness],
                "mentionCount": -mentions,
                "entity": {"id": id},
            }
            for exactness, mentions, name, id in listed
        ]
    }


def neighborhood(query, variables):
    first, seen, neighbors, layer = 100, {variables["id"]}, [], [variables["id"]]
    kinds = "FUNDS|:IMPLEMENTS|:PARTICIPATES_IN|:PARTNERS_WITH|:PUBLISHES|:HELD_IN|:OPERATES_IN|:PART_OF|:WORKS_FOR"
    for hops in (1, 2):
        next_layer = []
        # A few at a time: their neighbours are mostly enough.
        for at in range(0, len(layer), 4):
            around = defaultdict(list)
            for near, far, name in rows(
                f"MATCH (a:Entity)-[:{kinds}]-(b:Entity) WHERE a.id IN $ids RETURN DISTINCT a.id, b.id, b.name ORDER BY b.id",
                ids=layer[at : at + 4],
            ):
                around[near].append((far, name))
            for near in layer[at : at + 4]:
                for far, name in around[near]:
                    if far in seen:
                        continue
                    if len(neighbors) == first:
                        return {"neighborhood": {"complete": False, "neighbors": neighbors}}
                    seen.add(far)
                    next_layer.append(far)
                    neighbors.append({"hops": hops, "entity": {"id": far, "name": name}})
        layer = next_layer
    return {"neighborhood": {"complete": True, "neighbors": neighbors}}


def paths(query, variables):
    found = rows(
        "MATCH p = (a:Entity)-[:LEADS* SHORTEST 1..6]-(b:Entity) WHERE a.id = $from AND b.id = $to RETURN length(p) LIMIT 1",
        **variables,
    )
    return {"paths": {"paths": [{"length": length} for (length,) in found]}}


def partners(query, variables):
    of = variables["id"]
    ties = defaultdict(list)
    for shared, actor in rows(
        "MATCH (o:Entity)-[:FUNDS|:IMPLEMENTS|:PUBLISHES]->(x:Entity) WHERE o.id = $id WITH DISTINCT x "
        "MATCH (x)<-[:FUNDS|:IMPLEMENTS|:PUBLISHES]-(q:Entity) RETURN DISTINCT x.id, q.id",
        id=of,
    ):
        ties[shared].append(actor)
    weights = defaultdict(float)
    for actors in ties.values():
        for actor in actors:
            weights[actor] += 1 / max(len(actors) - 1, 1)
    weights.pop(of, None)
    for (id,) in rows("MATCH (o:Entity)-[:PARTNERS_WITH]-(q:Entity) WHERE o.id = $id RETURN DISTINCT q.id", id=of):
        weights[id] += 1
    best = sorted(weights.items(), key=lambda found: (-round(found[1], 9), found[0]))[:20]
    names = dict(rows("MATCH (e:Entity) WHERE e.id IN $ids RETURN e.id, e.name", ids=[id for id, _ in best])) if best else {}
    listed = [{"weight": round(weight, 9), "entity": {"id": id, "name": names[id]}} for id, weight in best]
    return {"partners": {"totalCount": len(weights), "partners": listed}}


def entity_facets(query, variables):
    found = rows(
        "MATCH (o:Entity)-[:FUNDS]->(p:Entity) WHERE o.id = $id WITH DISTINCT p OPTIONAL MATCH (p)-[:OPERATES_IN]->(x:Entity) "
        "RETURN x.id, count(DISTINCT p.id)",
        id=variables["id"],
    )
    total = rows("MATCH (o:Entity)-[:FUNDS]->(p:Entity) WHERE o.id = $id RETURN count(DISTINCT p.id)", id=variables["id"])
    missing = sum(count for key, count in found if key is None)
    values = sorted(((key, count) for key, count in found if key is not None), key=lambda value: (-value[1], value[0]))
    facet = {
        "values": [{"key": key, "count": count} for key, count in values[:20]],
        "distinct": len(values),
        "other": sum(count for _, count in values[20:]),
        "missing": missing,
    }
    return {"entityFacets": {"totalCount": total[0][0], "facets": [facet]}}


def relations(query, variables):
    # Only keys have an index: what comes next is found by looking at all of the first kind, in whose ids the list begins.
    found = rows(
        "MATCH (a:Entity)-[r:FUNDS]->(b:Entity) WHERE r.id > $after RETURN r.id, label(r), a.id, a.name, b.id, b.name "
        "ORDER BY r.id LIMIT 100",
        after=variables.get("after") or "",
    )
    nodes = [
        {"id": id, "kind": kind, "subject": {"id": a, "name": a_name}, "object": {"id": b, "name": b_name}}
        for id, kind, a, a_name, b, b_name in found
    ]
    return {"relations": {"nodes": nodes, "pageInfo": {"endCursor": nodes[-1]["id"]}}}


def stats(query, variables):
    components = rows("CALL weakly_connected_components('everything') RETURN count(DISTINCT group_id)")[0][0]
    # What those without relations out of them hold is dropped: shares of what is left are what it would be otherwise.
    ranks = rows(
        "CALL page_rank('everything', dampingFactor := 0.85, maxIterations := 300, tolerance := 0.0000000001, "
        "normalizeInitial := true) RETURN rank, node.id, node.name ORDER BY rank DESC, node.id"
    )
    total = math.fsum(rank for rank, _, _ in ranks)
    best = [{"score": round(rank / total, 9), "entity": {"id": id, "name": name}} for rank, id, name in ranks[:10]]
    return {"stats": {"componentCount": components}, "centrality": {"entities": best}}


FIELDS = {
    "__typename": typename,
    "suggest": suggest,
    "neighborhood": neighborhood,
    "paths": paths,
    "partners": partners,
    "entityFacets": entity_facets,
    "relations": relations,
    "stats": stats,
}


def answer(body: bytes) -> bytes:
    asked = orjson.loads(body)
    field = re.search(r"\{\s*(\w+)", asked["query"])[1]
    function = FIELDS.get(field) or (hops if "projectsFunded" in asked["query"] else lookup)
    return orjson.dumps({"data": function(asked["query"], asked.get("variables") or {})})


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        event = await receive()
        body, more = body + event.get("body", b""), event.get("more_body", False)
    answered = await asyncio.get_running_loop().run_in_executor(pool, answer, body)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answered)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answered})
