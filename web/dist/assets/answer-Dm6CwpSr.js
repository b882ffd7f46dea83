import{A as e,B as t,G as n,I as r,L as i,M as a,V as o,W as s,a as c,d as l,g as u,x as d}from"./title-dY6SqD8o.js";import{t as f}from"./client-DkNgJc21.js";var p=class extends String{__apiType;value;__meta__;constructor(e,t){super(e),this.value=e,this.__meta__=t}toString(){return this.value}};new p(`
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
    `,{fragmentName:`DrawnEntity`}),new p(`
    fragment DrawnRelation on Relation {
  id
  kind
  label(language: $language)
  confidence
  modality
  confirmed
  documentCount
  date {
    start
    end
  }
  subject {
    ...DrawnEntity
  }
  object {
    ...DrawnEntity
  }
  evidence(first: 5) {
    document {
      id
    }
  }
}
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}`,{fragmentName:`DrawnRelation`}),new p(`
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
    `,{fragmentName:`EntityLine`}),new p(`
    fragment MentionLine on Mention {
  start
  end
  text
  rule
}
    `,{fragmentName:`MentionLine`}),new p(`
    fragment DocumentEntity on Entity {
  ...EntityLine
  mentions(document: $id, first: 100) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...MentionLine
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment MentionLine on Mention {
  start
  end
  text
  rule
}`,{fragmentName:`DocumentEntity`}),new p(`
    fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}`,{fragmentName:`RelationLine`}),new p(`
    fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}
    `,{fragmentName:`EvidenceLine`}),new p(`
    fragment DocumentMarks on Document {
  entities(first: 100, after: $entitiesAfter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...DocumentEntity
    }
  }
  relations(first: 100, after: $relationsAfter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...RelationLine
      evidence(first: 20) {
        ...EvidenceLine
      }
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}
fragment MentionLine on Mention {
  start
  end
  text
  rule
}
fragment DocumentEntity on Entity {
  ...EntityLine
  mentions(document: $id, first: 100) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...MentionLine
    }
  }
}`,{fragmentName:`DocumentMarks`}),new p(`
    fragment CandidateLine on Candidate {
  sharedName
  doubt
  likelihood
  entities {
    ...EntityLine
  }
  mentions {
    text
    start
    end
    document {
      id
      title
      source
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}`,{fragmentName:`CandidateLine`});var m=new p(`
    subscription Followed($since: Int) {
  graphChanged(sinceVersion: $since) {
    version
    kind
    documentId
    document {
      id
      title
      source
    }
  }
}
    `),h=new p(`
    query Version {
  stats {
    version
    documentCount
  }
}
    `),g=new p(`
    query Surroundings($ids: [ID!]!, $hops: Int!, $kinds: [EntityKind!], $relationKinds: [RelationKind!], $first: Int!, $languages: [Language!], $language: Language!) {
  subgraph(
    ids: $ids
    maxHops: $hops
    kinds: $kinds
    relationKinds: $relationKinds
    first: $first
  ) {
    complete
    truncatedBy
    entities {
      hops
      entity {
        ...DrawnEntity
      }
    }
    relations {
      ...DrawnRelation
    }
  }
}
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
fragment DrawnRelation on Relation {
  id
  kind
  label(language: $language)
  confidence
  modality
  confirmed
  documentCount
  date {
    start
    end
  }
  subject {
    ...DrawnEntity
  }
  object {
    ...DrawnEntity
  }
  evidence(first: 5) {
    document {
      id
    }
  }
}`),_=new p(`
    query Paths($from: String!, $to: String!, $hops: Int!, $by: PathOrder!, $languages: [Language!], $language: Language!) {
  paths(from: $from, to: $to, maxHops: $hops, by: $by, first: 20) {
    complete
    truncatedBy
    paths {
      length
      confidence
      text
      hops {
        direction
        entity {
          ...DrawnEntity
        }
        relation {
          ...DrawnRelation
        }
        to {
          ...DrawnEntity
        }
        alternatives {
          ...DrawnRelation
        }
      }
    }
  }
}
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
fragment DrawnRelation on Relation {
  id
  kind
  label(language: $language)
  confidence
  modality
  confirmed
  documentCount
  date {
    start
    end
  }
  subject {
    ...DrawnEntity
  }
  object {
    ...DrawnEntity
  }
  evidence(first: 5) {
    document {
      id
    }
  }
}`),ee=new p(`
    query Partners($of: String!, $kinds: [EntityKind!], $languages: [Language!], $language: Language!) {
  partners(of: $of, kinds: $kinds, first: 50) {
    complete
    totalCount
    of {
      ...DrawnEntity
    }
    partners {
      weight
      entity {
        ...DrawnEntity
      }
      direct {
        direction
        relation {
          ...DrawnRelation
        }
      }
      shared {
        weight
        entity {
          ...DrawnEntity
        }
        ours {
          direction
          relation {
            ...DrawnRelation
          }
        }
        theirs {
          direction
          relation {
            ...DrawnRelation
          }
        }
      }
    }
  }
}
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
fragment DrawnRelation on Relation {
  id
  kind
  label(language: $language)
  confidence
  modality
  confirmed
  documentCount
  date {
    start
    end
  }
  subject {
    ...DrawnEntity
  }
  object {
    ...DrawnEntity
  }
  evidence(first: 5) {
    document {
      id
    }
  }
}`),te=new p(`
    query Everything($after: String, $where: RelationFilter, $languages: [Language!], $language: Language!) {
  relations(first: 100, after: $after, where: $where) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...DrawnRelation
    }
  }
}
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
fragment DrawnRelation on Relation {
  id
  kind
  label(language: $language)
  confidence
  modality
  confirmed
  documentCount
  date {
    start
    end
  }
  subject {
    ...DrawnEntity
  }
  object {
    ...DrawnEntity
  }
  evidence(first: 5) {
    document {
      id
    }
  }
}`),ne=new p(`
    query Pattern($pattern: String!, $languages: [Language!], $language: Language!) {
  match(pattern: $pattern, first: 100) {
    complete
    truncatedBy
    rows {
      entities {
        entity {
          ...DrawnEntity
        }
      }
      relations {
        relation {
          ...DrawnRelation
        }
      }
    }
  }
}
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
fragment DrawnRelation on Relation {
  id
  kind
  label(language: $language)
  confidence
  modality
  confirmed
  documentCount
  date {
    start
    end
  }
  subject {
    ...DrawnEntity
  }
  object {
    ...DrawnEntity
  }
  evidence(first: 5) {
    document {
      id
    }
  }
}`);new p(`
    query RelationsById($ids: [ID!], $languages: [Language!], $language: Language!) {
  relations(where: {id: $ids}, first: 100) {
    nodes {
      ...DrawnRelation
    }
  }
}
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
fragment DrawnRelation on Relation {
  id
  kind
  label(language: $language)
  confidence
  modality
  confirmed
  documentCount
  date {
    start
    end
  }
  subject {
    ...DrawnEntity
  }
  object {
    ...DrawnEntity
  }
  evidence(first: 5) {
    document {
      id
    }
  }
}`);var re=new p(`
    query Citations($ids: [ID!]) {
  relations(where: {id: $ids}, first: 100) {
    nodes {
      id
      evidence(first: 20) {
        text
        rule
        confidence
        spans {
          start
          end
        }
        document {
          id
          title
          source
          url
          published {
            start
          }
        }
      }
    }
  }
}
    `),ie=new p(`
    query Titles($ids: [ID!]) {
  documents(where: {id: $ids}, first: 100) {
    nodes {
      id
      title
      source
    }
  }
}
    `),v=new p(`
    query Members($where: EntityFilter, $after: String) {
  entities(where: $where, first: 100, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
    }
  }
}
    `),y=new p(`
    query DocumentPage($id: ID!, $entitiesAfter: String, $relationsAfter: String, $languages: [Language!], $language: Language!) {
  document(id: $id) {
    id
    title
    source
    url
    language
    text
    addedAt
    published {
      start
      text
    }
    ...DocumentMarks
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}
fragment MentionLine on Mention {
  start
  end
  text
  rule
}
fragment DocumentEntity on Entity {
  ...EntityLine
  mentions(document: $id, first: 100) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...MentionLine
    }
  }
}
fragment DocumentMarks on Document {
  entities(first: 100, after: $entitiesAfter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...DocumentEntity
    }
  }
  relations(first: 100, after: $relationsAfter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...RelationLine
      evidence(first: 20) {
        ...EvidenceLine
      }
    }
  }
}`),b=new p(`
    query DocumentMore($id: ID!, $entitiesAfter: String, $relationsAfter: String, $languages: [Language!], $language: Language!) {
  document(id: $id) {
    ...DocumentMarks
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}
fragment MentionLine on Mention {
  start
  end
  text
  rule
}
fragment DocumentEntity on Entity {
  ...EntityLine
  mentions(document: $id, first: 100) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...MentionLine
    }
  }
}
fragment DocumentMarks on Document {
  entities(first: 100, after: $entitiesAfter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...DocumentEntity
    }
  }
  relations(first: 100, after: $relationsAfter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...RelationLine
      evidence(first: 20) {
        ...EvidenceLine
      }
    }
  }
}`),x=new p(`
    query DocumentMentions($id: ID!, $entity: ID!, $after: String) {
  entity(id: $entity) {
    mentions(document: $id, first: 100, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...MentionLine
      }
    }
  }
}
    fragment MentionLine on Mention {
  start
  end
  text
  rule
}`),S=new p(`
    query Documents($after: String, $where: DocumentFilter) {
  documents(
    first: 50
    after: $after
    where: $where
    orderBy: [{field: PUBLISHED, direction: DESC}]
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      title
      source
      language
      addedAt
      published {
        start
      }
    }
  }
}
    `),C=new p(`
    query EntityPage($id: ID!, $languages: [Language!], $language: Language!, $where: RelationFilter) {
  entity(id: $id) {
    ...EntityLine
    name
    names {
      language
      names
    }
    aliases
    externalIds {
      scheme
      value
    }
    mergedIds
    confirmed
    firstSeen
    lastSeen
    relationCounts {
      kind
      count
    }
    relations(first: 100, where: $where) {
      totalCount
      nodes {
        ...RelationLine
      }
    }
    documents(first: 50) {
      totalCount
      nodes {
        id
        title
        source
        language
        published {
          start
        }
      }
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}`),w=new p(`
    query EntityTimeline($id: String!) {
  timeline(of: RELATIONS, by: YEAR, entity: $id) {
    periods {
      period
      count
    }
    undated
    withoutYear
    totalCount
  }
}
    `),T=new p(`
    query RelationSentences($id: ID!, $languages: [Language!], $language: Language!) {
  relation(id: $id) {
    ...RelationLine
    evidence(first: 50) {
      ...EvidenceLine
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}`),E=new p(`
    query Home($languages: [Language!], $language: Language!) {
  stats {
    version
    documentCount
    entityCount
    relationCount
    mentionCount
    entitiesByKind {
      kind
      count
    }
    relationsByKind {
      kind
      count
    }
  }
  entities(orderBy: [{field: RELATIONS, direction: DESC}], first: 12) {
    nodes {
      ...EntityLine
      relationCounts {
        kind
        count
      }
    }
  }
  documents(orderBy: [{field: ADDED, direction: DESC}], first: 8) {
    nodes {
      id
      title
      source
      language
      addedAt
      published {
        start
      }
    }
  }
  relations(
    where: {kind: [FUNDS, IMPLEMENTS, SUPPORTS, PARTNERS_WITH, ORGANIZES]}
    orderBy: [{field: CONFIDENCE, direction: DESC}]
    first: 6
  ) {
    nodes {
      ...RelationLine
      evidence(first: 1) {
        ...EvidenceLine
      }
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}`),D=new p(`
    query CountryCounts($where: EntityFilter) {
  entityFacets(where: $where, by: [COUNTRY, LOCATION], first: 100) {
    totalCount
    complete
    facets {
      by
      values {
        key
        count
      }
      missing
    }
  }
}
    `),O=new p(`
    query InCountry($where: EntityFilter, $after: String, $languages: [Language!]) {
  entities(
    where: $where
    first: 50
    after: $after
    orderBy: [{field: RELATIONS, direction: DESC}]
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...EntityLine
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}`),k=new p(`
    query Doubtful($where: RelationFilter, $after: String, $languages: [Language!], $language: Language!) {
  relations(
    where: $where
    first: 25
    after: $after
    orderBy: [{field: CONFIDENCE}]
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...RelationLine
      evidence(first: 3) {
        ...EvidenceLine
      }
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}`),A=new p(`
    query Decisions($languages: [Language!], $language: Language!) {
  decisions(first: 100) {
    id
    verdict
    text
    author
    reason
    at
    entityIds
    relationId
    entities {
      ...EntityLine
    }
    relation {
      ...RelationLine
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}`),j=new p(`
    query Candidates($after: String, $languages: [Language!]) {
  candidates(first: 20, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...CandidateLine
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment CandidateLine on Candidate {
  sharedName
  doubt
  likelihood
  entities {
    ...EntityLine
  }
  mentions {
    text
    start
    end
    document {
      id
      title
      source
    }
  }
}`),M=new p(`
    query CandidatesOfKind($kind: EntityKind!, $languages: [Language!]) {
  candidates(kinds: [$kind], first: 100) {
    nodes {
      ...CandidateLine
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment CandidateLine on Candidate {
  sharedName
  doubt
  likelihood
  entities {
    ...EntityLine
  }
  mentions {
    text
    start
    end
    document {
      id
      title
      source
    }
  }
}`),N=new p(`
    query CanWrite {
  __schema {
    mutationType {
      name
    }
  }
}
    `),P=new p(`
    mutation Decide($verdict: Verdict!, $entities: [ID!], $relation: ID, $reason: String!) {
  decide(
    verdict: $verdict
    entities: $entities
    relation: $relation
    reason: $reason
  ) {
    version
    known
    decision {
      id
      text
    }
  }
}
    `),F=new p(`
    mutation Undo($id: ID!, $reason: String!) {
  undoDecision(id: $id, reason: $reason) {
    version
    undone
  }
}
    `),I=new p(`
    query Suggest($prefix: String!, $kinds: [EntityKind!], $languages: [Language!]) {
  suggest(prefix: $prefix, kinds: $kinds, first: 8) {
    entity {
      id
    }
    kind
    name(languages: $languages)
    matchedName
    highlights {
      start
      end
    }
    disambiguation(languages: $languages)
    mentionCount
  }
}
    `),L=new p(`
    query Search($text: String!, $kinds: [EntityKind!], $inLanguages: [Language!], $languages: [Language!], $after: String) {
  search(
    text: $text
    kinds: $kinds
    languages: $inLanguages
    first: 30
    after: $after
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      matchedName
      highlights {
        start
        end
      }
      node {
        ...EntityLine
        relationCounts {
          kind
          count
        }
      }
    }
    facets {
      kind
      count
    }
    didYouMean {
      typed
      known
    }
    sentences(first: 20) {
      totalCount
      edges {
        highlights {
          start
          end
        }
        node {
          text
          start
          end
          section
          document {
            id
            title
            source
          }
          entities {
            ...EntityLine
          }
        }
      }
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}`),ae=new p(`
    query Timeline($of: TimelineOf!, $by: TimelineBy!, $where: RelationFilter) {
  timeline(of: $of, by: $by, where: $where) {
    periods {
      period
      count
    }
    undated
    withoutYear
    totalCount
    complete
  }
}
    `),R=new p(`
    query DatedRelations($where: RelationFilter, $after: String, $languages: [Language!], $language: Language!) {
  relations(where: $where, first: 50, after: $after, orderBy: [{field: DATE}]) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...RelationLine
      evidence(first: 1) {
        ...EvidenceLine
      }
    }
  }
}
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
fragment RelationLine on Relation {
  id
  kind
  label(language: $language)
  inverseLabel(language: $language)
  confidence
  modality
  role
  amount
  currency
  confirmed
  documentCount
  date {
    start
    end
    precision
    text
  }
  subject {
    ...EntityLine
  }
  object {
    ...EntityLine
  }
}
fragment EvidenceLine on Evidence {
  text
  spans {
    start
    end
    text
  }
  subject {
    start
    end
    text
  }
  object {
    start
    end
    text
  }
  trigger {
    start
    end
    text
  }
  rule
  confidence
  modality
  document {
    id
    title
    source
    language
    published {
      start
    }
  }
}`),z=t(0),B=t([]),V=t(`connecting`),H=300,U,W=0;function G(e){W=Math.max(W,e.version),B.value=[e,...B.value].slice(0,50),clearTimeout(U),U=setTimeout(()=>{z.value=W},H)}async function K(){try{W=(await a(h,{},{quiet:!0})).stats.version,z.value=W}catch{V.value=`closed`,setTimeout(()=>void K(),5e3);return}let e=f({url:`${location.protocol===`https:`?`wss`:`ws`}://${location.host}/graphql`,connectionParams:()=>i.peek()?{authorization:`Bearer ${i.peek()}`}:{},retryAttempts:1/0,shouldRetry:()=>!0,lazy:!0,on:{connected:()=>{V.value=`open`},closed:()=>{V.value=`closed`}}});for(;;){try{let t=r(m);for await(let{data:n}of e.iterate({query:t,variables:{since:W}}))n&&G(n.graphChanged)}catch{V.value=`closed`}await new Promise(e=>setTimeout(e,3e3))}}var q=[`ORGANIZATION`,`PERSON`,`COUNTRY`,`PLACE`,`PROJECT`,`EVENT`,`PUBLICATION`,`TOPIC`,`POPULATION`],J=[`FUNDS`,`SUPPORTS`,`IMPLEMENTS`,`PARTNERS_WITH`,`ORGANIZES`,`PARTICIPATES_IN`,`PUBLISHES`,`MEMBER_OF`,`PART_OF`,`WORKS_FOR`,`OPERATES_IN`,`HELD_IN`,`LOCATED_IN`,`ADDRESSES`,`BENEFITS`],oe={money:[`FUNDS`,`SUPPORTS`],work:[`IMPLEMENTS`,`PARTNERS_WITH`,`ORGANIZES`,`PARTICIPATES_IN`,`PUBLISHES`],belonging:[`MEMBER_OF`,`PART_OF`,`WORKS_FOR`],place:[`OPERATES_IN`,`HELD_IN`,`LOCATED_IN`],subject:[`ADDRESSES`,`BENEFITS`]},se={ORGANIZATION:0,PERSON:1,COUNTRY:2,PLACE:3,PROJECT:4,EVENT:5,PUBLICATION:6,TOPIC:7,POPULATION:8};function Y(e,t,n=7){return`M${Array.from({length:e},(r,i)=>{let a=t+i*2*Math.PI/e;return`${(8+n*Math.cos(a)).toFixed(2)} ${(8+n*Math.sin(a)).toFixed(2)}`}).join(`L`)}Z`}function ce(){return`M${Array.from({length:10},(e,t)=>{let n=-Math.PI/2+t*Math.PI/5,r=t%2?3.4:7.6;return`${(8+r*Math.cos(n)).toFixed(2)} ${(8+r*Math.sin(n)).toFixed(2)}`}).join(`L`)}Z`}var X={ORGANIZATION:`M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z`,PERSON:Y(4,0,7.2),COUNTRY:`M2.500 2.500h11v11h-11Z`,PLACE:Y(3,-Math.PI/2,7.4),PROJECT:Y(6,0,7),EVENT:ce(),PUBLICATION:`M1.600 8a6.400 6.400 0 1 0 12.800 0a6.400 6.400 0 1 0 -12.800 0ZM5 8a3 3 0 1 1 6 0a3 3 0 1 1 -6 0Z`,TOPIC:`M5.800 1.500h4.400v4.300h4.300v4.400h-4.300v4.300h-4.400v-4.300h-4.300v-4.400h4.300Z`,POPULATION:Y(5,-Math.PI/2,7.2)};function Z({kind:e,size:t=12}){return c(`svg`,{class:`shape kind-${e.toLowerCase()}`,viewBox:`0 0 16 16`,width:t,height:t,"aria-hidden":`true`,children:c(`path`,{d:X[e],"fill-rule":`evenodd`})})}function le({kind:e}){return c(`span`,{class:`kind-word`,children:d(`kind.${e}`)})}function Q({href:e,children:t,...n}){return c(`a`,{...n,href:e,onClick:t=>{t.defaultPrevented||t.button!==0||t.metaKey||t.ctrlKey||t.shiftKey||t.altKey||(t.preventDefault(),l(e))},children:t})}function $({entity:e,strong:t}){return c(Q,{href:u.entity(e.id),class:t?`entity strong`:`entity`,children:[c(Z,{kind:e.kind}),c(`span`,{class:`visually-hidden`,children:[d(`kind.${e.kind}`),` `]}),c(`span`,{class:`entity-name`,children:e.label})]})}function ue({document:e,mark:t}){return c(Q,{href:u.document(e.id,t),class:`document-link`,children:e.title??e.source})}function de(t,r){let[i,c]=n({loading:r!==void 0,key:``}),[l,u]=n(0),d=JSON.stringify(r)??``,f=s(r);f.current=r;let p=z.value;return o(()=>{if(f.current===void 0)return;let n=new AbortController;return c(e=>({...e.key===d&&e.data?{data:e.data}:{},loading:!0,key:d})),a(t,f.current,{signal:n.signal}).then(e=>c({data:e,loading:!1,key:d}),t=>{if(n.signal.aborted)return;let r=t instanceof e?t:new e(String(t),`ERROR`);c(e=>({...e.data?{data:e.data}:{},error:r,loading:!1,key:d}))}),()=>n.abort()},[t,d,p,l]),{data:i.data,error:i.error,loading:i.loading,again:()=>u(e=>e+1)}}export{w as A,I as B,A as C,S as D,y as E,ee as F,F as G,ae as H,_ as I,ne as L,E as M,O as N,k as O,v as P,T as R,P as S,b as T,ie as U,g as V,p as W,j as _,Z as a,D as b,oe as c,se as d,K as f,N as g,z as h,Q as i,te as j,C as k,X as l,B as m,ue as n,le as o,V as p,$ as r,q as s,de as t,J as u,M as v,x as w,R as x,re as y,L as z};