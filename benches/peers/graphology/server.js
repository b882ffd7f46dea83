// A graph in graphology behind GraphQL Yoga, as who knows both would write it.
//
// `node server.js DATA PORT` → the program's queries at /graphql, as far as the benchmark asks them
//
// A graph of its own for each kind of relation, so that a field follows only its relations, in the order in which they are listed; one of
// everything for walks. Entities are the objects that fields are read from, made once. Resolvers are plain functions.

import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import graphology from 'graphology'
import components from 'graphology-components'
import pagerank from 'graphology-metrics/centrality/pagerank.js'
import { bidirectional } from 'graphology-shortest-path/unweighted.js'
import { createSchema, createYoga } from 'graphql-yoga'

const { DirectedGraph, UndirectedGraph } = graphology
const [data, port] = process.argv.slice(2)
const PAGE = 20

const typeDefs = /* GraphQL */ `
  enum EntityKind { ORGANIZATION PERSON PROJECT EVENT PUBLICATION PLACE }
  enum RelationKind { FUNDS IMPLEMENTS PARTICIPATES_IN PARTNERS_WITH PUBLISHES HELD_IN OPERATES_IN PART_OF WORKS_FOR }
  enum Direction { IN }
  enum EntityFacet { LOCATION }
  enum CentralityMeasure { PAGERANK }
  enum Exactness { WHOLE BEGINS WORDS }
  interface Entity { id: ID! name: String! kind: EntityKind! aliases: [String!]! mentionCount: Int! }
  type Organization implements Entity {
    id: ID! name: String! kind: EntityKind! aliases: [String!]! mentionCount: Int! projectsFunded(first: Int = ${PAGE}): Projects!
  }
  type Project implements Entity {
    id: ID! name: String! kind: EntityKind! aliases: [String!]! mentionCount: Int! places(first: Int = ${PAGE}): Places!
  }
  type Place implements Entity {
    id: ID! name: String! kind: EntityKind! aliases: [String!]! mentionCount: Int! events(first: Int = ${PAGE}): Events!
  }
  type Person implements Entity { id: ID! name: String! kind: EntityKind! aliases: [String!]! mentionCount: Int! }
  type Event implements Entity { id: ID! name: String! kind: EntityKind! aliases: [String!]! mentionCount: Int! }
  type Publication implements Entity { id: ID! name: String! kind: EntityKind! aliases: [String!]! mentionCount: Int! }
  type Projects { nodes: [Project!]! }
  type Places { nodes: [Place!]! }
  type Events { nodes: [Event!]! }
  type Relation { id: ID! kind: RelationKind! subject: Entity! object: Entity! }
  type PageInfo { endCursor: String hasNextPage: Boolean! }
  type Relations { nodes: [Relation!]! pageInfo: PageInfo! }
  type Suggestion { name: String! exactness: Exactness! mentionCount: Int! entity: Entity! }
  type Neighbor { hops: Int! entity: Entity! }
  type Neighborhood { complete: Boolean! neighbors: [Neighbor!]! }
  type Path { length: Int! }
  type Paths { paths: [Path!]! }
  type Partner { weight: Float! entity: Entity! }
  type Partners { totalCount: Int! partners: [Partner!]! }
  type FacetValue { key: String! count: Int! }
  type Facet { values: [FacetValue!]! distinct: Int! other: Int! missing: Int! }
  type Facets { totalCount: Int! facets: [Facet!]! }
  type Stats { componentCount: Int! }
  type CentralEntity { score: Float! entity: Entity! }
  type Centrality { entities: [CentralEntity!]! }
  input Ids { id: [ID!]! }
  input RelatedFilter { kind: [RelationKind!] direction: Direction entity: Ids! }
  input RelationsFilter { some: RelatedFilter! }
  input EntityFilter { kind: [EntityKind!] relations: RelationsFilter! }
  type Query {
    entity(id: ID!): Entity
    suggest(prefix: String!, first: Int = ${PAGE}): [Suggestion!]!
    neighborhood(id: ID!, maxHops: Int = 1, first: Int = ${PAGE}): Neighborhood!
    paths(from: String!, to: String!, maxHops: Int = 4, first: Int = ${PAGE}): Paths!
    partners(of: String!, first: Int = ${PAGE}): Partners!
    entityFacets(where: EntityFilter!, by: [EntityFacet!]!, first: Int = ${PAGE}): Facets!
    relations(first: Int = ${PAGE}, after: String): Relations!
    stats: Stats!
    centrality(measure: CentralityMeasure!, first: Int = ${PAGE}): Centrality!
  }
`

const fold = (name) =>
  name.toLowerCase().replaceAll('œ', 'oe').normalize('NFKD').replace(/\p{M}/gu, '').split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(' ')
const less = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

const entities = new Map()
const relations = []
const ofKind = new Map()
const around = new UndirectedGraph()
const directed = new DirectedGraph()
// Names by word, and the words in order, for what somebody begins to type.
const names = []
const withWord = new Map()

const lead = (subject, object) =>
  directed.updateEdge(subject, object, (attributes) => ({ weight: (attributes.weight ?? 0) + 1 }))

const lines = (name) => createInterface({ input: createReadStream(join(data, name)) })
for await (const line of lines('entities.jsonl')) {
  const { id, kind, name, aliases, mentions } = JSON.parse(line)
  const __typename = kind[0] + kind.slice(1).toLowerCase()
  const entity = { __typename, id, kind, name, aliases, mentionCount: mentions }
  entities.set(id, entity)
  around.addNode(id)
  directed.addNode(id)
  for (const written of [name, ...aliases]) {
    const folded = fold(written)
    const words = folded.split(' ')
    for (const word of new Set(words)) {
      if (!withWord.has(word)) withWord.set(word, [])
      withWord.get(word).push(names.length)
    }
    names.push({ written, folded, words, entity })
  }
}
for await (const line of lines('relations.jsonl')) {
  const { id, kind, subject, object } = JSON.parse(line)
  relations.push({ id, kind, subject: entities.get(subject), object: entities.get(object) })
  if (!ofKind.has(kind)) ofKind.set(kind, new DirectedGraph())
  const graph = ofKind.get(kind)
  graph.mergeEdge(subject, object)
  around.mergeEdge(subject, object)
  lead(subject, object)
  if (kind === 'PARTNERS_WITH') {
    graph.mergeEdge(object, subject)
    lead(object, subject)
  }
}
relations.sort((a, b) => less(a.id, b.id))
const words = [...withWord.keys()].sort()

const out = (kind, id) => {
  const graph = ofKind.get(kind)
  return graph?.hasNode(id) ? graph.outNeighbors(id) : []
}
const into = (kind, id) => {
  const graph = ofKind.get(kind)
  return graph?.hasNode(id) ? graph.inNeighbors(id) : []
}
const page = (ids, first) => ({ nodes: ids.slice(0, first).map((id) => entities.get(id)) })
const known = (id) => {
  if (!entities.has(id)) throw new Error(`no entity ${id}`)
  return id
}
/** The first place in a sorted list that is not before something. */
const bisect = (list, before) => {
  let [from, to] = [0, list.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (before(list[middle])) from = middle + 1
    else to = middle
  }
  return from
}
/** The names that have a word that begins so. */
const beginning = (prefix) => {
  const found = new Set()
  for (let at = bisect(words, (word) => word < prefix); at < words.length && words[at].startsWith(prefix); at++) {
    withWord.get(words[at]).forEach((number) => found.add(number))
  }
  return [...found].sort((a, b) => a - b)
}

const EXACTNESS = ['WHOLE', 'BEGINS', 'WORDS']
const TIES = ['FUNDS', 'IMPLEMENTS', 'PUBLISHES']

const Query = {
  entity: (_, { id }) => entities.get(id),
  suggest: (_, { prefix, first }) => {
    const typed = fold(prefix)
    const finished = typed.split(' ')
    const last = finished.pop()
    const lists = finished.map((word) => withWord.get(word) ?? [])
    const numbers = lists.length ? lists.reduce((a, b) => (b.length < a.length ? b : a)) : beginning(last)
    const best = new Map()
    for (const number of numbers) {
      const { written, folded, words, entity } = names[number]
      if (!finished.every((word) => words.includes(word)) || !words.some((word) => word.startsWith(last))) continue
      const exactness = folded === typed ? 0 : folded.startsWith(typed) ? 1 : 2
      const other = best.get(entity.id)
      if (!other || exactness < other.exactness) best.set(entity.id, { name: written, exactness, entity })
    }
    const found = [...best.values()].sort(
      (a, b) =>
        a.exactness - b.exactness ||
        b.entity.mentionCount - a.entity.mentionCount ||
        less(a.name, b.name) ||
        less(a.entity.id, b.entity.id)
    )
    return found.slice(0, first).map(({ name, exactness, entity }) => {
      return { name, exactness: EXACTNESS[exactness], mentionCount: entity.mentionCount, entity }
    })
  },
  neighborhood: (_, { id, maxHops, first }) => {
    const [seen, neighbors] = [new Set([known(id)]), []]
    let layer = [id]
    for (let hops = 1; hops <= maxHops; hops++) {
      const next = []
      for (const near of layer) {
        for (const far of around.neighbors(near).sort()) {
          if (seen.has(far)) continue
          if (neighbors.length === first) return { complete: false, neighbors }
          seen.add(far)
          next.push(far)
          neighbors.push({ hops, entity: entities.get(far) })
        }
      }
      layer = next
    }
    return { complete: true, neighbors }
  },
  paths: (_, { from, to, maxHops }) => {
    const found = bidirectional(around, known(from), known(to))
    const length = found ? found.length - 1 : Infinity
    return { paths: length <= maxHops ? [{ length }] : [] }
  },
  partners: (_, { of, first }) => {
    const weights = new Map()
    const add = (actor, weight) => {
      if (actor === of) return
      if (weights.has(actor)) weights.get(actor).push(weight)
      else weights.set(actor, [weight])
    }
    for (const shared of new Set(TIES.flatMap((kind) => out(kind, known(of))))) {
      const actors = new Set(TIES.flatMap((kind) => into(kind, shared)))
      const weight = 1 / Math.max(actors.size - 1, 1)
      actors.forEach((actor) => add(actor, weight))
    }
    out('PARTNERS_WITH', of).forEach((actor) => add(actor, 1))
    // The largest first, so that equal weights have equal sums.
    const summed = [...weights].map(([id, each]) => {
      const weight = each.sort((a, b) => b - a).reduce((sum, weight) => sum + weight, 0)
      return { id, weight, rounded: Math.round(weight * 1e9) }
    })
    summed.sort((a, b) => b.rounded - a.rounded || less(a.id, b.id))
    const partners = summed.slice(0, first).map(({ id, weight }) => ({ weight, entity: entities.get(id) }))
    return { totalCount: summed.length, partners }
  },
  entityFacets: (_, { where, first }) => {
    const projects = new Set(where.relations.some.entity.id.flatMap((funder) => out('FUNDS', funder)))
    const counts = new Map()
    let missing = 0
    for (const project of projects) {
      const places = out('OPERATES_IN', project)
      if (places.length === 0) missing++
      for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1)
    }
    const values = [...counts].map(([key, count]) => ({ key, count }))
    values.sort((a, b) => b.count - a.count || less(a.key, b.key))
    const other = values.slice(first).reduce((sum, { count }) => sum + count, 0)
    return { totalCount: projects.size, facets: [{ values: values.slice(0, first), distinct: values.length, other, missing }] }
  },
  relations: (_, { first, after }) => {
    const at = after ? bisect(relations, (relation) => relation.id <= after) : 0
    const nodes = relations.slice(at, at + first)
    return { nodes, pageInfo: { endCursor: nodes.at(-1)?.id, hasNextPage: at + first < relations.length } }
  },
  stats: () => ({ componentCount: () => components.countConnectedComponents(around) }),
  centrality: (_, { first }) => {
    // As exact as the program: changes of all together below 1e-9.
    const tolerance = 1e-9 / directed.order
    const ranks = pagerank(directed, { maxIterations: 300, tolerance, getEdgeWeight: 'weight' })
    const best = Object.entries(ranks).sort((a, b) => b[1] - a[1] || less(a[0], b[0]))
    return { entities: best.slice(0, first).map(([id, score]) => ({ score, entity: entities.get(id) })) }
  },
}

const resolvers = {
  Query,
  Organization: { projectsFunded: ({ id }, { first }) => page(out('FUNDS', id), first) },
  Project: { places: ({ id }, { first }) => page(out('OPERATES_IN', id), first) },
  Place: { events: ({ id }, { first }) => page(into('HELD_IN', id), first) },
}
const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: 'warn', graphiql: false })
createServer(yoga).listen(Number(port), '127.0.0.1')
