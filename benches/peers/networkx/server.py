"""A graph in NetworkX behind Strawberry, as who knows both would write it.

`uvicorn server:app` with DATA=folder → the program's queries at /graphql, as far as the benchmark asks them

A graph of its own for each kind of relation, so that a field follows only its relations, in the order in which they are listed; one of
everything for walks. Entities are the objects that Strawberry answers with, made once. Resolvers are plain functions.
"""

import os
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import networkx as nx
import orjson
import strawberry
from graphql import GraphQLError
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

DATA = Path(os.environ["DATA"])
PAGE = 20


def fold(name: str) -> str:
    name = name.lower().replace("œ", "oe")
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


class Store:
    """The graphs and the indexes over them; read once, never changed."""

    def __init__(self) -> None:
        self.entities: dict[str, "Entity"] = {}
        self.relations: list["Relation"] = []
        self.of_kind: dict[str, nx.DiGraph] = defaultdict(nx.DiGraph)
        self.around = nx.Graph()
        self.directed = nx.DiGraph()
        # Names by word, and the words in order, for what somebody begins to type.
        self.names: list[tuple[str, str, "Entity"]] = []
        self.with_word: dict[str, list[int]] = defaultdict(list)

    def load(self) -> None:
        with open(DATA / "entities.jsonl", "rb") as lines:
            for line in lines:
                of = orjson.loads(line)
                entity = TYPES[of["kind"]](
                    id=of["id"], name=of["name"], kind=of["kind"], aliases=of["aliases"], mention_count=of["mentions"]
                )
                self.entities[entity.id] = entity
                for name in [entity.name, *entity.aliases]:
                    folded = fold(name)
                    for word in set(folded.split()):
                        self.with_word[word].append(len(self.names))
                    self.names.append((name, folded, entity))
        self.words = sorted(self.with_word)
        self.around.add_nodes_from(self.entities)
        self.directed.add_nodes_from(self.entities)
        with open(DATA / "relations.jsonl", "rb") as lines:
            for line in lines:
                of = orjson.loads(line)
                ends = of["subject"], of["object"]
                subject, object = (self.entities[end] for end in ends)
                self.relations.append(Relation(id=of["id"], kind=of["kind"], subject=subject, object=object))
                self.of_kind[of["kind"]].add_edge(*ends)
                self.around.add_edge(*ends)
                self.lead(*ends)
                if of["kind"] == "PARTNERS_WITH":
                    self.of_kind[of["kind"]].add_edge(*reversed(ends))
                    self.lead(*reversed(ends))
        self.relations.sort(key=lambda relation: relation.id)

    def lead(self, subject: str, object: str) -> None:
        if self.directed.has_edge(subject, object):
            self.directed[subject][object]["weight"] += 1
        else:
            self.directed.add_edge(subject, object, weight=1)

    def out(self, kind: str, of: str) -> list[str]:
        graph = self.of_kind[kind]
        return list(graph.successors(of)) if of in graph else []

    def into(self, kind: str, of: str) -> list[str]:
        graph = self.of_kind[kind]
        return list(graph.predecessors(of)) if of in graph else []


store = Store()


@strawberry.interface
class Entity:
    id: strawberry.ID
    name: str
    kind: str
    aliases: list[str]
    mention_count: int


@strawberry.type
class Events:
    nodes: list["Event"]


@strawberry.type
class Places:
    nodes: list["Place"]


@strawberry.type
class Projects:
    nodes: list["Project"]


@strawberry.type
class Organization(Entity):
    @strawberry.field
    def projects_funded(self, first: int = PAGE) -> Projects:
        return Projects(nodes=[store.entities[id] for id in store.out("FUNDS", self.id)[:first]])


@strawberry.type
class Project(Entity):
    @strawberry.field
    def places(self, first: int = PAGE) -> Places:
        return Places(nodes=[store.entities[id] for id in store.out("OPERATES_IN", self.id)[:first]])


@strawberry.type
class Place(Entity):
    @strawberry.field
    def events(self, first: int = PAGE) -> Events:
        return Events(nodes=[store.entities[id] for id in store.into("HELD_IN", self.id)[:first]])


@strawberry.type
class Event(Entity):
    pass


@strawberry.type
class Person(Entity):
    pass


@strawberry.type
class Publication(Entity):
    pass


TYPES = {type.__name__.upper(): type for type in (Organization, Project, Place, Event, Person, Publication)}


@strawberry.type
class Relation:
    id: strawberry.ID
    kind: str
    subject: Entity
    object: Entity


@strawberry.type
class PageInfo:
    end_cursor: Optional[str]
    has_next_page: bool


@strawberry.type
class Relations:
    nodes: list[Relation]
    page_info: PageInfo


@strawberry.type
class Suggestion:
    name: str
    exactness: str
    mention_count: int
    entity: Entity


@strawberry.type
class Neighbor:
    hops: int
    entity: Entity


@strawberry.type
class Neighborhood:
    complete: bool
    neighbors: list[Neighbor]


@strawberry.type
class FoundPath:
    length: int


@strawberry.type
class Paths:
    paths: list[FoundPath]


@strawberry.type
class Partner:
    weight: float
    entity: Entity


@strawberry.type
class Partners:
    total_count: int
    partners: list[Partner]


@strawberry.type
class FacetValue:
    key: str
    count: int


@strawberry.type
class Facet:
    values: list[FacetValue]
    distinct: int
    other: int
    missing: int


@strawberry.type
class Facets:
    total_count: int
    facets: list[Facet]


@strawberry.type
class Stats:
    @strawberry.field
    def component_count(self) -> int:
        return nx.number_connected_components(store.around)


@strawberry.type
class CentralEntity:
    score: float
    entity: Entity


@strawberry.type
class Centrality:
    entities: list[CentralEntity]


EntityKind = strawberry.enum(Enum("EntityKind", {kind: kind for kind in TYPES}))
RelationKind = strawberry.enum(Enum("RelationKind", {"FUNDS": "FUNDS"}))
Direction = strawberry.enum(Enum("Direction", {"IN": "IN"}))
EntityFacet = strawberry.enum(Enum("EntityFacet", {"LOCATION": "LOCATION"}))
CentralityMeasure = strawberry.enum(Enum("CentralityMeasure", {"PAGERANK": "PAGERANK"}))


@strawberry.input
class Ids:
    id: list[strawberry.ID]


@strawberry.input
class RelatedFilter:
    kind: list[RelationKind]
    direction: Direction
    entity: Ids


@strawberry.input
class RelationsFilter:
    some: RelatedFilter


@strawberry.input
class EntityFilter:
    kind: list[EntityKind]
    relations: RelationsFilter


def known(id: str) -> Entity:
    if id not in store.entities:
        raise GraphQLError(f"no entity {id}")
    return store.entities[id]


def beginning(prefix: str):
    """The words that begin so."""
    at = bisect_left(store.words, prefix)
    while at < len(store.words) and store.words[at].startswith(prefix):
        yield store.words[at]
        at += 1


@strawberry.type
class Query:
    @strawberry.field
    def entity(self, id: strawberry.ID) -> Optional[Entity]:
        return store.entities.get(id)

    @strawberry.field
    def suggest(self, prefix: str, first: int = PAGE) -> list[Suggestion]:
        typed = fold(prefix)
        *finished, last = typed.split()
        lists = [store.with_word.get(word, []) for word in finished]
        if lists:
            numbers = min(lists, key=len)
        else:
            numbers = sorted({number for word in beginning(last) for number in store.with_word[word]})
        best: dict[str, tuple] = {}
        for number in numbers:
            name, folded, entity = store.names[number]
            words = folded.split()
            if not all(word in words for word in finished) or not any(word.startswith(last) for word in words):
                continue
            exactness = 0 if folded == typed else 1 if folded.startswith(typed) else 2
            found = (exactness, -entity.mention_count, name, entity.id)
            if entity.id not in best or exactness < best[entity.id][0]:
                best[entity.id] = found
        found = sorted(best.values())[:first]
        return [
            Suggestion(
                name=name,
                exactness=("WHOLE", "BEGINS", "WORDS")[exactness],
                mention_count=-mentions,
                entity=store.entities[id],
            )
            for exactness, mentions, name, id in found
        ]

    @strawberry.field
    def neighborhood(self, id: strawberry.ID, max_hops: int = 1, first: int = PAGE) -> Neighborhood:
        seen, neighbors, layer = {known(id).id}, [], [id]
        for hops in range(1, max_hops + 1):
            next_layer = []
            for near in layer:
                for far in sorted(store.around[near]):
                    if far in seen:
                        continue
                    if len(neighbors) == first:
                        return Neighborhood(complete=False, neighbors=neighbors)
                    seen.add(far)
                    next_layer.append(far)
                    neighbors.append(Neighbor(hops=hops, entity=store.entities[far]))
            layer = next_layer
        return Neighborhood(complete=True, neighbors=neighbors)

    @strawberry.field
    def paths(
        self,
        start: Annotated[str, strawberry.argument(name="from")],
        to: str,
        max_hops: int = 4,
        first: int = PAGE,
    ) -> Paths:
        try:
            found = nx.bidirectional_shortest_path(store.around, known(start).id, known(to).id)
        except nx.NetworkXNoPath:
            return Paths(paths=[])
        length = len(found) - 1
        return Paths(paths=[FoundPath(length=length)] if length <= max_hops else [])

    @strawberry.field
    def partners(self, of: str, first: int = PAGE) -> Partners:
        kinds = ("FUNDS", "IMPLEMENTS", "PUBLISHES")
        weights: dict[str, list[float]] = defaultdict(list)
        for shared in {end for kind in kinds for end in store.out(kind, known(of).id)}:
            actors = {actor for kind in kinds for actor in store.into(kind, shared)}
            weight = 1 / max(len(actors) - 1, 1)
            for actor in actors:
                weights[actor].append(weight)
        direct = set(store.out("PARTNERS_WITH", of))
        for actor in direct:
            weights[actor].append(1.0)
        weights.pop(of, None)
        # The largest first, so that equal weights have equal sums.
        summed = [(sum(sorted(each, reverse=True)), id) for id, each in weights.items()]
        summed.sort(key=lambda found: (-round(found[0], 9), found[1]))
        listed = [Partner(weight=weight, entity=store.entities[id]) for weight, id in summed[:first]]
        return Partners(total_count=len(summed), partners=listed)

    @strawberry.field
    def entity_facets(self, where: EntityFilter, by: list[EntityFacet], first: int = PAGE) -> Facets:
        projects = {id for funder in where.relations.some.entity.id for id in store.out("FUNDS", funder)}
        counts, missing = Counter(), 0
        for project in projects:
            places = store.out("OPERATES_IN", project)
            counts.update(places)
            missing += not places
        values = sorted(counts.items(), key=lambda value: (-value[1], value[0]))
        facet = Facet(
            values=[FacetValue(key=key, count=count) for key, count in values[:first]],
            distinct=len(values),
            other=sum(count for _, count in values[first:]),
            missing=missing,
        )
        return Facets(total_count=len(projects), facets=[facet])

    @strawberry.field
    def relations(self, first: int = PAGE, after: Optional[str] = None) -> Relations:
        at = bisect_left(store.relations, after, key=lambda relation: relation.id) + 1 if after else 0
        nodes = store.relations[at : at + first]
        info = PageInfo(end_cursor=nodes[-1].id if nodes else None, has_next_page=at + first < len(store.relations))
        return Relations(nodes=nodes, page_info=info)

    @strawberry.field
    def stats(self) -> Stats:
        return Stats()

    @strawberry.field
    def centrality(self, measure: CentralityMeasure, first: int = PAGE) -> Centrality:
        # As exact as the program: changes of all together below 1e-9.
        ranks = nx.pagerank(store.directed, max_iter=300, tol=1e-9 / len(store.directed))
        best = sorted(ranks.items(), key=lambda rank: (-rank[1], rank[0]))[:first]
        return Centrality(entities=[CentralEntity(score=score, entity=store.entities[id]) for id, score in best])


class Fast(GraphQL):
    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


store.load()
schema = strawberry.Schema(Query, types=list(TYPES.values()), extensions=[ParserCache(), ValidationCache()])
app = Fast(schema)
