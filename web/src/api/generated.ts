/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/**
 * A condition on a date of the world, which may be known to the year, the month or the day. A date stands for all its days: "2012-08"
 * for 1 to 31 August. `from` and `to` ask for what is certain, `touches` for what may be. What is not dated, or without a year, meets
 * none of them; `{}` holds for all. Example: `{ from: "2012-03", to: "2012" }`
 */
export type CalendarDateFilter = {
  /** Certainly not before the first day of this. From "2012-08" on are "2012-08" and "2012-08-18", but not "2012". */
  from?: string | null | undefined;
  /** Certainly not after the last day of this. Until "2012-08" are "2012-08" and "2012-08-18", but not "2012". */
  to?: string | null | undefined;
  /** Perhaps on a day of this. "2012", "2012-08" and "2012-08-18" all touch "2012-08-18". */
  touches?: string | null | undefined;
};

/** What happened. */
export type ChangeKind =
  /** A document came in. */
  | 'ADDED'
  /** Something was decided. */
  | 'DECIDED'
  /** A document that was there was extracted anew. */
  | 'EXTRACTED'
  /** A document went because its file is gone. */
  | 'GONE'
  /** A document went because its file has other content now. */
  | 'REPLACED'
  /** A decision was undone. */
  | 'UNDONE'
  /** A document was withdrawn because somebody asked for it. */
  | 'WITHDRAWN';

/** How exactly a date is known. */
export type DatePrecision =
  /** Month and day, and the year when stated. */
  | 'DAY'
  /** Month, and the year when stated. */
  | 'MONTH'
  /** Only the year. */
  | 'YEAR';

/** A condition on a moment; both bounds belong to it. `{}` holds for all. Example: `{ from: "2026-11-22T00:00:00Z" }` */
export type DateTimeFilter = {
  /** Then or later. */
  from?: string | null | undefined;
  /** Then or earlier. */
  to?: string | null | undefined;
};

/** Which relations of an entity to follow. */
export type Direction =
  /** All of them. */
  | 'BOTH'
  /** Those of which it is the object. Symmetric relations count both ways. */
  | 'IN'
  /** Those of which it is the subject. Symmetric relations count both ways. */
  | 'OUT';

/**
 * Which documents. All that is given must hold; `{}` holds for all. A list means *one of these*: an empty list holds for none.
 * Example: `{ published: { from: "2012", to: "2012" }, mentions: { id: ["country:SN"] } }`
 */
export type DocumentFilter = {
  /** Come to the graph then. */
  addedAt?: DateTimeFilter | null | undefined;
  /** All of these hold. */
  and?: Array<DocumentFilter> | null | undefined;
  /** With one of these ids. */
  id?: Array<string | number> | null | undefined;
  /** Known to the graph at this moment. Example: "2026-11-22T10:15:00Z" */
  knownAt?: string | null | undefined;
  /** In one of these languages, as BCP 47 tags; "fr" takes in "fr-CA". Example: ["fr", "en"] */
  language?: Array<string> | null | undefined;
  /** Mentioning at least one such entity. Example: { country: ["SN"] } */
  mentions?: EntityFilter | null | undefined;
  /** This does not hold. */
  not?: DocumentFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<DocumentFilter> | null | undefined;
  /** Published then. Example: { from: "2012-03", to: "2012" } */
  published?: CalendarDateFilter | null | undefined;
  /** From such a place. Example: { startsWith: "corpus/2012" } */
  source?: TextFilter | null | undefined;
  /** Stating at least one such relation. Example: { kind: [FUNDS] } */
  states?: RelationFilter | null | undefined;
  /** With such a text. Example: { contains: "femmes migrantes" } */
  text?: TextFilter | null | undefined;
  /** With such a headline. Example: { contains: "atelier" } */
  title?: TextFilter | null | undefined;
};

/** Why two entities that look the same are two. */
export type Doubt =
  /** It is a short acronym, which several bodies may have. */
  | 'ACRONYM'
  /** They are people with a name that many have, and no common employer is told. */
  | 'COMMON_NAME'
  /** It is a body of which every country has one, and no country is told. */
  | 'COUNTRY_UNKNOWN'
  /** It may be one of several entities of that name. */
  | 'SEVERAL_CANDIDATES'
  /** They have a name in common, but nothing else shows that they are one. */
  | 'SHARED_NAME'
  /** They lie in, or belong to, two countries. */
  | 'TWO_COUNTRIES';

/** By what entities are divided. */
export type EntityFacet =
  /** The country they lie in or belong to. Keys: "SN" */
  | 'COUNTRY'
  /** Who funds them. Keys: ids of entities. */
  | 'FUNDER'
  /** Who carries them out. Keys: ids of entities. */
  | 'IMPLEMENTER'
  /** What they are. Keys: "PROJECT" */
  | 'KIND'
  /** The languages of the documents that mention them. Keys: "fr" */
  | 'LANGUAGE'
  /** Where they work, are held or lie. Keys: ids of entities. */
  | 'LOCATION'
  /** Whom they are meant for. Keys: ids of entities. */
  | 'POPULATION'
  /** The kinds of their relations, in either direction. Keys: "FUNDS" */
  | 'RELATION_KIND'
  /** Their themes. Keys: ids of entities. */
  | 'TOPIC'
  /** The years in which documents that mention them were published. Keys: "2012" */
  | 'YEAR';

/**
 * Which entities. All that is given must hold; `{}` holds for all. A list means *one of these*: an empty list holds for none. Filters
 * may stand in each other 16 deep, with 1000 filters and values in all; the conditions of one request may take 2,000,000 steps over
 * relations. Example: `{ kind: [PROJECT], relations: { some: { kind: [FUNDS], entity: { country: ["CA"] } } } }`
 */
export type EntityFilter = {
  /** All of these hold. */
  and?: Array<EntityFilter> | null | undefined;
  /** Confirmed by somebody (true), or not (false). */
  confirmed?: boolean | null | undefined;
  /** Lying in or belonging to a country with one of these ISO 3166-1 codes. Example: ["SN"] */
  country?: Array<string> | null | undefined;
  /**
   * Mentioned in one of the documents with these ids. What is given of `document`, `published` and `knownAt` must hold for the same
   * document.
   */
  document?: Array<string | number> | null | undefined;
  /** Mentioned in so many documents. */
  documentCount?: IntFilter | null | undefined;
  /** With such an id in a public scheme. Example: { scheme: "iso3166-1", value: ["SV"] } */
  externalId?: ExternalIdFilter | null | undefined;
  /** The graph was first told of it then: the earliest `addedAt` of the documents that mention it. Dates of publication do not count. */
  firstSeen?: DateTimeFilter | null | undefined;
  /** With one of these ids; ids that were merged away count. Example: ["country:CA"] */
  id?: Array<string | number> | null | undefined;
  /** Of one of these kinds. */
  kind?: Array<EntityKind> | null | undefined;
  /** Known to the graph at this moment: mentioned in a document that it had then. Example: "2026-11-22T10:15:00Z" */
  knownAt?: string | null | undefined;
  /** The graph was last told of it then: the latest `addedAt` of the documents that mention it. */
  lastSeen?: DateTimeFilter | null | undefined;
  /** Mentioned so often. Example: { gte: 10 } */
  mentionCount?: IntFilter | null | undefined;
  /** With such a name or alias, in any language. All that is given must hold for the same name. Example: { contains: "femmes" } */
  name?: TextFilter | null | undefined;
  /** With a proper name (true), or known from a description alone (false). */
  named?: boolean | null | undefined;
  /** This does not hold. */
  not?: EntityFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<EntityFilter> | null | undefined;
  /** Mentioned in a document that was published then. Example: { from: "2012", to: "2012" } */
  published?: CalendarDateFilter | null | undefined;
  /** With so many relations of a sort; all of these hold. Example: [{ of: { kind: [FUNDS] }, gte: 2 }] */
  relationCount?: Array<RelationCountFilter> | null | undefined;
  /** With such relations. Example: { some: { kind: [FUNDS] }, none: { kind: [HELD_IN] } } */
  relations?: RelationsFilter | null | undefined;
};

/** What an entity is. */
export type EntityKind =
  /** A sovereign state or ISO 3166-1 territory, also when it acts ("funded by Canada"). */
  | 'COUNTRY'
  /** Something that happens at a time: meeting, workshop, training, launch, mission, named crisis. */
  | 'EVENT'
  /** A body that can act: organisation, ministry, police, NGO, company, university, fund. */
  | 'ORGANIZATION'
  /** A named human being. */
  | 'PERSON'
  /** Any other place: city, province, border post, camp, island, region over several countries. */
  | 'PLACE'
  /** A group of people concerned, from a controlled vocabulary, such as migrant children. */
  | 'POPULATION'
  /** A planned undertaking with a goal: project, programme, campaign, plan of action. */
  | 'PROJECT'
  /** A document or normative text that people produce: manual, report, protocol, law, agreement. */
  | 'PUBLICATION'
  /** A theme from a controlled vocabulary, such as human trafficking. */
  | 'TOPIC';

/** An id in a public scheme; case does not count. Example: `{ scheme: "wikidata" }` for everything that Wikidata knows */
export type ExternalIdFilter = {
  /** The scheme. Example: "iso3166-1" */
  scheme: string;
  /** One of these ids in that scheme; any when absent. Example: ["SV"] */
  value?: Array<string> | null | undefined;
};

/** A condition on a number. All that is given must hold; `{}` holds for all, also where there is no number. Example: `{ gte: 0.8 }` */
export type FloatFilter = {
  /** This number. */
  eq?: number | null | undefined;
  /** More than this. */
  gt?: number | null | undefined;
  /** This or more. */
  gte?: number | null | undefined;
  /** Less than this. */
  lt?: number | null | undefined;
  /** This or less. */
  lte?: number | null | undefined;
};

/** How a relation is read along a path. */
export type HopDirection =
  /** From object to subject. */
  | 'BACKWARD'
  /** From subject to object. */
  | 'FORWARD';

/** A condition on a whole number. All that is given must hold; `{}` holds for all. Example: `{ gte: 2 }` */
export type IntFilter = {
  /** This number. */
  eq?: number | null | undefined;
  /** More than this. */
  gt?: number | null | undefined;
  /** This or more. */
  gte?: number | null | undefined;
  /** Less than this. */
  lt?: number | null | undefined;
  /** This or less. */
  lte?: number | null | undefined;
};

/** A language in which entities may be labelled. */
export type Language =
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES'
  /** French. */
  | 'FR';

/** How a text presents a relation. */
export type Modality =
  /** Stated as a fact. */
  | 'ASSERTED'
  /** Will happen: "will open", "to be launched in January". */
  | 'PLANNED'
  /** Suggested or hypothetical: "would allow", "proposed". */
  | 'PROPOSED';

/** Which of several paths comes first. */
export type PathOrder =
  /** The one with the highest product of confidences; of equal ones the shortest, then by the ids of the entities on the way. */
  | 'CONFIDENCE'
  /** The shortest; of equally long ones that whose first hop is more confident, then whose second. */
  | 'HOPS';

/**
 * Relations of an entity, and the entities at their other ends. All that is given must hold for the same relation.
 * Example: `{ kind: [FUNDS], direction: IN, relation: { confidence: { gte: 0.8 } }, entity: { kind: [COUNTRY] } }`
 */
export type RelatedFilter = {
  /** Whether the entity is subject or object. Symmetric relations count both ways. */
  direction?: Direction;
  /** What the entity at its other end is like. */
  entity?: EntityFilter | null | undefined;
  /** Of one of these kinds. */
  kind?: Array<RelationKind> | null | undefined;
  /** What the relation is like. */
  relation?: RelationFilter | null | undefined;
};

/** How many relations of a sort an entity has. Example: `{ of: { kind: [FUNDS], direction: OUT }, gte: 2 }` */
export type RelationCountFilter = {
  /** So many. */
  eq?: number | null | undefined;
  /** More than this. */
  gt?: number | null | undefined;
  /** This or more. */
  gte?: number | null | undefined;
  /** Fewer than this. */
  lt?: number | null | undefined;
  /** This or fewer. */
  lte?: number | null | undefined;
  /** Which relations are counted; all when absent. */
  of?: RelatedFilter | null | undefined;
};

/**
 * Which relations. All that is given must hold; `{}` holds for all. A list means *one of these*: an empty list holds for none. Filters
 * may stand in each other 16 deep, with 1000 filters and values in all; the conditions of one request may take 2,000,000 steps over
 * relations. Example: `{ kind: [FUNDS], object: { country: ["SN"] }, confidence: { gte: 0.8 }, modality: [ASSERTED] }`
 */
export type RelationFilter = {
  /** With such an amount, whatever the currency. Example: { gte: 1000000 } */
  amount?: FloatFilter | null | undefined;
  /** All of these hold. */
  and?: Array<RelationFilter> | null | undefined;
  /** So sure, from 0 to 1. Example: { gte: 0.8 } */
  confidence?: FloatFilter | null | undefined;
  /** Confirmed by somebody (true), or not (false). */
  confirmed?: boolean | null | undefined;
  /** With one of these currencies, as ISO 4217 codes. Example: ["EUR"] */
  currency?: Array<string> | null | undefined;
  /** Said of such a time. Example: { from: "2012", to: "2014" } */
  date?: CalendarDateFilter | null | undefined;
  /**
   * Stated in one of the documents with these ids. What is given of `document`, `published`, `knownAt`, `evidence` and `rule` must
   * hold for the same statement.
   */
  document?: Array<string | number> | null | undefined;
  /** Stated in so many documents. */
  documentCount?: IntFilter | null | undefined;
  /** With such an entity at one of its ends. */
  either?: EntityFilter | null | undefined;
  /** Stated by such sentences. Example: { contains: "à hauteur de" } */
  evidence?: TextFilter | null | undefined;
  /** The graph was first told of it then: the earliest `addedAt` of the documents that state it. Dates of publication do not count. */
  firstSeen?: DateTimeFilter | null | undefined;
  /** With one of these ids. */
  id?: Array<string | number> | null | undefined;
  /** Of one of these kinds. */
  kind?: Array<RelationKind> | null | undefined;
  /** Known to the graph at this moment: stated in a document that it had then. Example: "2026-11-22T10:15:00Z" */
  knownAt?: string | null | undefined;
  /** The graph was last told of it then: the latest `addedAt` of the documents that state it. */
  lastSeen?: DateTimeFilter | null | undefined;
  /** Stated so often. Example: { gte: 2 } */
  mentionCount?: IntFilter | null | undefined;
  /** Presented in one of these ways. */
  modality?: Array<Modality> | null | undefined;
  /** This does not hold. */
  not?: RelationFilter | null | undefined;
  /** With such an object. */
  object?: EntityFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<RelationFilter> | null | undefined;
  /** Stated in a document that was published then. Example: { touches: "2012-08" } */
  published?: CalendarDateFilter | null | undefined;
  /** With such a post or part. Example: { contains: "mission" } */
  role?: TextFilter | null | undefined;
  /** Found by such a rule. Example: { startsWith: "fr/funds" } */
  rule?: TextFilter | null | undefined;
  /** With such a subject. A symmetric relation has the smaller id as subject. Example: { id: ["country:CA"] } */
  subject?: EntityFilter | null | undefined;
  /**
   * True in the world at this date: said of a time that may include it; the same as `date: { touches: … }`. What is not dated, or
   * without a year, is left out. Example: "2012-08"
   */
  validAt?: string | null | undefined;
};

/** What a relation says of its subject and object. */
export type RelationKind =
  /** Has it as theme. */
  | 'ADDRESSES'
  /** Is meant for these people. */
  | 'BENEFITS'
  /** Pays for it. */
  | 'FUNDS'
  /** Takes place there. */
  | 'HELD_IN'
  /** Carries it out. */
  | 'IMPLEMENTS'
  /** Lies in. */
  | 'LOCATED_IN'
  /** Belongs to a group. */
  | 'MEMBER_OF'
  /** Works there. */
  | 'OPERATES_IN'
  /** Holds, hosts, opens or facilitates it. */
  | 'ORGANIZES'
  /** Takes part in it. */
  | 'PARTICIPATES_IN'
  /** Works jointly with; says the same in both directions. */
  | 'PARTNERS_WITH'
  /** Is a part, an output or a step of. */
  | 'PART_OF'
  /** Writes, adopts, presents or issues it. */
  | 'PUBLISHES'
  /** Backs it without money being named. */
  | 'SUPPORTS'
  /** Holds a post there. */
  | 'WORKS_FOR';

/**
 * What holds for the relations of an entity. All that is given must hold.
 * Example: `{ some: { kind: [FUNDS] }, every: { kind: [FUNDS], relation: { confidence: { gte: 0.8 } } } }`
 */
export type RelationsFilter = {
  /**
   * Every relation of this `kind` and `direction` meets `relation` and `entity`. With no such relation it holds, as in logic; add
   * `some` to leave those out.
   */
  every?: RelatedFilter | null | undefined;
  /** No relation meets all of this. */
  none?: RelatedFilter | null | undefined;
  /** At least one relation meets all of this. */
  some?: RelatedFilter | null | undefined;
};

/** What a part of a document is for. */
export type SectionKind =
  /** Running text. */
  | 'BODY'
  /** Whom to ask for more: names, posts, telephone numbers. */
  | 'CONTACT'
  /** Place and date at the head of the first paragraph. */
  | 'DATELINE'
  /** The headline. */
  | 'TITLE';

/**
 * A condition on a text. Case, accents and punctuation do not count. All that is given must hold; `{}` holds for all, also where there
 * is no text. Example: `{ startsWith: "organisation inter" }`
 */
export type TextFilter = {
  /** A part of it. Example: "femmes migrantes" */
  contains?: string | null | undefined;
  /** The whole text. Example: "oim" */
  eq?: string | null | undefined;
  /** One of these whole texts; none when the list is empty. Example: ["oim", "hcr"] */
  in?: Array<string> | null | undefined;
  /** Its beginning. Example: "organisation inter" */
  startsWith?: string | null | undefined;
};

/** How finely time is cut. */
export type TimelineBy =
  /** Into months; what is dated by its year alone is a period of its own in front of them. */
  | 'MONTH'
  /** Into years. */
  | 'YEAR';

/** What is counted over time. */
export type TimelineOf =
  /** Documents, by their publication. */
  | 'DOCUMENTS'
  /** Mentions of entities, by the publication of their documents. */
  | 'MENTIONS'
  /** Relations, by the date that is stated with them. */
  | 'RELATIONS';

/** What cut an answer short. */
export type TruncatedBy =
  /** The search had taken as many steps as it may; narrow it, with kinds for instance. */
  | 'EXPLORED'
  /** More exists than `first` asked for. */
  | 'FIRST'
  /** More relations exist than one answer gives. */
  | 'RELATIONS'
  /** The search had taken as long as it may; narrow it, with kinds for instance. Only then may the same question get another answer. */
  | 'TIME';

/** What somebody says of entities and relations. */
export type Verdict =
  /** It is as the graph says. */
  | 'CONFIRMED'
  /** Two entities are two things, whatever the rules find. */
  | 'DIFFERENT'
  /** It is not: the graph leaves it out. */
  | 'REJECTED'
  /** Two entities are one thing. */
  | 'SAME';

export type FollowedSubscriptionVariables = Exact<{
  since?: number | null | undefined;
}>;


export type FollowedSubscription = { graphChanged: { version: number, kind: ChangeKind, documentId: string | null, document: { id: string, title: string | null, source: string } | null } };

export type VersionQueryVariables = Exact<{ [key: string]: never; }>;


export type VersionQuery = { stats: { version: number, documentCount: number } };

type EntityLine_Country_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Event_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Organization_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Person_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Place_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Population_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Project_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Publication_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

type EntityLine_Topic_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number };

export type EntityLineFragment =
  | EntityLine_Country_Fragment
  | EntityLine_Event_Fragment
  | EntityLine_Organization_Fragment
  | EntityLine_Person_Fragment
  | EntityLine_Place_Fragment
  | EntityLine_Population_Fragment
  | EntityLine_Project_Fragment
  | EntityLine_Publication_Fragment
  | EntityLine_Topic_Fragment
;

export type RelationLineFragment = { id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
  , object:
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
   };

export type EvidenceLineFragment = { text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } };

type DrawnEntity_Country_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Event_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Organization_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Person_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Place_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Population_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Project_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Publication_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

type DrawnEntity_Topic_Fragment = { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number };

export type DrawnEntityFragment =
  | DrawnEntity_Country_Fragment
  | DrawnEntity_Event_Fragment
  | DrawnEntity_Organization_Fragment
  | DrawnEntity_Person_Fragment
  | DrawnEntity_Place_Fragment
  | DrawnEntity_Population_Fragment
  | DrawnEntity_Project_Fragment
  | DrawnEntity_Publication_Fragment
  | DrawnEntity_Topic_Fragment
;

export type DrawnRelationFragment = { id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
  , object:
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
  , evidence: Array<{ document: { id: string } }> | null };

export type SurroundingsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
  hops: number;
  kinds?: Array<EntityKind> | EntityKind | null | undefined;
  relationKinds?: Array<RelationKind> | RelationKind | null | undefined;
  first: number;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type SurroundingsQuery = { subgraph: { complete: boolean, truncatedBy: TruncatedBy | null, entities: Array<{ hops: number, entity:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
       }>, relations: Array<{ id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      , evidence: Array<{ document: { id: string } }> | null }> } | null };

export type PathsQueryVariables = Exact<{
  from: string;
  to: string;
  hops: number;
  by: PathOrder;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type PathsQuery = { paths: { complete: boolean, truncatedBy: TruncatedBy | null, paths: Array<{ length: number, confidence: number, text: string, hops: Array<{ direction: HopDirection, entity:
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        , relation: { id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , evidence: Array<{ document: { id: string } }> | null }, to:
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        , alternatives: Array<{ id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , evidence: Array<{ document: { id: string } }> | null }> }> }> } | null };

export type PartnersQueryVariables = Exact<{
  of: string;
  kinds?: Array<EntityKind> | EntityKind | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type PartnersQuery = { partners: { complete: boolean, totalCount: number, of:
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
    , partners: Array<{ weight: number, entity:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      , direct: Array<{ direction: HopDirection, relation: { id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , evidence: Array<{ document: { id: string } }> | null } }>, shared: Array<{ weight: number, entity:
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        , ours: Array<{ direction: HopDirection, relation: { id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            , object:
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            , evidence: Array<{ document: { id: string } }> | null } }>, theirs: Array<{ direction: HopDirection, relation: { id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            , object:
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
              | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            , evidence: Array<{ document: { id: string } }> | null } }> }> }> } | null };

export type EverythingQueryVariables = Exact<{
  after?: string | null | undefined;
  where?: RelationFilter | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type EverythingQuery = { relations: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      , evidence: Array<{ document: { id: string } }> | null }> } | null };

export type PatternQueryVariables = Exact<{
  pattern: string;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type PatternQuery = { match: { complete: boolean, truncatedBy: TruncatedBy | null, rows: Array<{ entities: Array<{ entity:
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
         }>, relations: Array<{ relation: { id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
            | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
          , evidence: Array<{ document: { id: string } }> | null } }> }> } | null };

export type RelationsByIdQueryVariables = Exact<{
  ids?: Array<string | number> | string | number | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type RelationsByIdQuery = { relations: { nodes: Array<{ id: string, kind: RelationKind, label: string, confidence: number, modality: Modality, confirmed: boolean, documentCount: number, date: { start: string, end: string | null } | null, subject:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
        | { id: string, kind: EntityKind, label: string, countryCode: string | null, named: boolean, documentCount: number }
      , evidence: Array<{ document: { id: string } }> | null }> } | null };

export type CitationsQueryVariables = Exact<{
  ids?: Array<string | number> | string | number | null | undefined;
}>;


export type CitationsQuery = { relations: { nodes: Array<{ id: string, evidence: Array<{ text: string, rule: string, confidence: number, spans: Array<{ start: number, end: number }>, document: { id: string, title: string | null, source: string, url: string | null, published: { start: string } | null } }> | null }> } | null };

export type TitlesQueryVariables = Exact<{
  ids?: Array<string | number> | string | number | null | undefined;
}>;


export type TitlesQuery = { documents: { nodes: Array<{ id: string, title: string | null, source: string }> } | null };

export type MembersQueryVariables = Exact<{
  where?: EntityFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type MembersQuery = { entities: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
    > } | null };

export type MentionLineFragment = { start: number, end: number, text: string, rule: string };

type DocumentEntity_Country_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Event_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Organization_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Person_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Place_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Population_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Project_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Publication_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

type DocumentEntity_Topic_Fragment = { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null };

export type DocumentEntityFragment =
  | DocumentEntity_Country_Fragment
  | DocumentEntity_Event_Fragment
  | DocumentEntity_Organization_Fragment
  | DocumentEntity_Person_Fragment
  | DocumentEntity_Place_Fragment
  | DocumentEntity_Population_Fragment
  | DocumentEntity_Project_Fragment
  | DocumentEntity_Publication_Fragment
  | DocumentEntity_Topic_Fragment
;

export type DocumentMarksFragment = { entities: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    > } | null, relations: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, evidence: Array<{ text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } }> | null, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
       }> } | null };

export type DocumentPageQueryVariables = Exact<{
  id: string | number;
  entitiesAfter?: string | null | undefined;
  relationsAfter?: string | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type DocumentPageQuery = { document: { id: string, title: string | null, source: string, url: string | null, language: string, text: string, addedAt: string, published: { start: string, text: string } | null, entities: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      > } | null, relations: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, evidence: Array<{ text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } }> | null, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        , object:
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
         }> } | null } | null };

export type DocumentMoreQueryVariables = Exact<{
  id: string | number;
  entitiesAfter?: string | null | undefined;
  relationsAfter?: string | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type DocumentMoreQuery = { document: { entities: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, mentions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
      > } | null, relations: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, evidence: Array<{ text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } }> | null, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        , object:
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
         }> } | null } | null };

export type DocumentMentionsQueryVariables = Exact<{
  id: string | number;
  entity: string | number;
  after?: string | null | undefined;
}>;


export type DocumentMentionsQuery = { entity:
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ start: number, end: number, text: string, rule: string }> } | null }
   | null };

export type DocumentsQueryVariables = Exact<{
  after?: string | null | undefined;
  where?: DocumentFilter | null | undefined;
}>;


export type DocumentsQuery = { documents: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string | null, source: string, language: string, addedAt: string, published: { start: string } | null }> } | null };

export type EntityPageQueryVariables = Exact<{
  id: string | number;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
  where?: RelationFilter | null | undefined;
}>;


export type EntityPageQuery = { entity:
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
    | { name: string, aliases: Array<string>, mergedIds: Array<string>, confirmed: boolean, firstSeen: string | null, lastSeen: string | null, id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, names: Array<{ language: string, names: Array<string> }>, externalIds: Array<{ scheme: string, value: string }>, relationCounts: Array<{ kind: RelationKind, count: number }>, relations: { totalCount: number, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          , object:
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
           }> } | null, documents: { totalCount: number, nodes: Array<{ id: string, title: string | null, source: string, language: string, published: { start: string } | null }> } | null }
   | null };

export type EntityTimelineQueryVariables = Exact<{
  id: string;
}>;


export type EntityTimelineQuery = { timeline: { undated: number, withoutYear: number, totalCount: number, periods: Array<{ period: string, count: number }> } | null };

export type RelationSentencesQueryVariables = Exact<{
  id: string | number;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type RelationSentencesQuery = { relation: { id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, evidence: Array<{ text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } }> | null, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    , object:
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
     } | null };

export type HomeQueryVariables = Exact<{
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type HomeQuery = { stats: { version: number, documentCount: number, entityCount: number, relationCount: number, mentionCount: number, entitiesByKind: Array<{ kind: EntityKind, count: number }>, relationsByKind: Array<{ kind: RelationKind, count: number }> }, entities: { nodes: Array<
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
    > } | null, documents: { nodes: Array<{ id: string, title: string | null, source: string, language: string, addedAt: string, published: { start: string } | null }> } | null, relations: { nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, evidence: Array<{ text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } }> | null, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
       }> } | null };

export type CountryCountsQueryVariables = Exact<{
  where?: EntityFilter | null | undefined;
}>;


export type CountryCountsQuery = { entityFacets: { totalCount: number, complete: boolean, facets: Array<{ by: EntityFacet, missing: number, values: Array<{ key: string, count: number }> }> } | null };

export type InCountryQueryVariables = Exact<{
  where?: EntityFilter | null | undefined;
  after?: string | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
}>;


export type InCountryQuery = { entities: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    > } | null };

export type DoubtfulQueryVariables = Exact<{
  where?: RelationFilter | null | undefined;
  after?: string | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type DoubtfulQuery = { relations: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, evidence: Array<{ text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } }> | null, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
       }> } | null };

export type DecisionsQueryVariables = Exact<{
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type DecisionsQuery = { decisions: Array<{ id: string, verdict: Verdict, text: string, author: string, reason: string, at: string, entityIds: Array<string>, relationId: string | null, entities: Array<
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
     | null>, relation: { id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
       } | null }> | null };

export type CandidateLineFragment = { sharedName: string, doubt: Doubt, likelihood: number, entities: Array<
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
    | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
  >, mentions: Array<{ text: string, start: number, end: number, document: { id: string, title: string | null, source: string } }> };

export type CandidatesQueryVariables = Exact<{
  after?: string | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
}>;


export type CandidatesQuery = { candidates: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ sharedName: string, doubt: Doubt, likelihood: number, entities: Array<
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      >, mentions: Array<{ text: string, start: number, end: number, document: { id: string, title: string | null, source: string } }> }> } | null };

export type CandidatesOfKindQueryVariables = Exact<{
  kind: EntityKind;
  languages?: Array<Language> | Language | null | undefined;
}>;


export type CandidatesOfKindQuery = { candidates: { nodes: Array<{ sharedName: string, doubt: Doubt, likelihood: number, entities: Array<
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      >, mentions: Array<{ text: string, start: number, end: number, document: { id: string, title: string | null, source: string } }> }> } | null };

export type CanWriteQueryVariables = Exact<{ [key: string]: never; }>;


export type CanWriteQuery = { __schema: { mutationType: { name: string | null } | null } };

export type DecideMutationVariables = Exact<{
  verdict: Verdict;
  entities?: Array<string | number> | string | number | null | undefined;
  relation?: string | number | null | undefined;
  reason: string;
}>;


export type DecideMutation = { decide: { version: number, known: boolean, decision: { id: string, text: string } } | null };

export type UndoMutationVariables = Exact<{
  id: string | number;
  reason: string;
}>;


export type UndoMutation = { undoDecision: { version: number, undone: boolean } | null };

export type SuggestQueryVariables = Exact<{
  prefix: string;
  kinds?: Array<EntityKind> | EntityKind | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
}>;


export type SuggestQuery = { suggest: Array<{ kind: EntityKind, name: string, matchedName: string, disambiguation: string | null, mentionCount: number, entity:
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
    , highlights: Array<{ start: number, end: number }> }> | null };

export type SearchQueryVariables = Exact<{
  text: string;
  kinds?: Array<EntityKind> | EntityKind | null | undefined;
  inLanguages?: Array<Language> | Language | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ matchedName: string, highlights: Array<{ start: number, end: number }>, node:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number, relationCounts: Array<{ kind: RelationKind, count: number }> }
       }>, facets: Array<{ kind: EntityKind, count: number }>, didYouMean: Array<{ typed: string, known: Array<string> }> | null, sentences: { totalCount: number, edges: Array<{ highlights: Array<{ start: number, end: number }>, node: { text: string, start: number, end: number, section: SectionKind, document: { id: string, title: string | null, source: string }, entities: Array<
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
            | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
          > } }> } | null } | null };

export type TimelineQueryVariables = Exact<{
  of: TimelineOf;
  by: TimelineBy;
  where?: RelationFilter | null | undefined;
}>;


export type TimelineQuery = { timeline: { undated: number, withoutYear: number, totalCount: number, complete: boolean, periods: Array<{ period: string, count: number }> } | null };

export type DatedRelationsQueryVariables = Exact<{
  where?: RelationFilter | null | undefined;
  after?: string | null | undefined;
  languages?: Array<Language> | Language | null | undefined;
  language: Language;
}>;


export type DatedRelationsQuery = { relations: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: RelationKind, label: string, inverseLabel: string, confidence: number, modality: Modality, role: string | null, amount: number | null, currency: string | null, confirmed: boolean, documentCount: number, evidence: Array<{ text: string, rule: string, confidence: number, modality: Modality, spans: Array<{ start: number, end: number, text: string }>, subject: { start: number, end: number, text: string }, object: { start: number, end: number, text: string }, trigger: { start: number, end: number, text: string } | null, document: { id: string, title: string | null, source: string, language: string, published: { start: string } | null } }> | null, date: { start: string, end: string | null, precision: DatePrecision, text: string } | null, subject:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
      , object:
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
        | { id: string, kind: EntityKind, label: string, named: boolean, countryCode: string | null, documentCount: number, mentionCount: number }
       }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const DrawnEntityFragmentDoc = new TypedDocumentString(`
    fragment DrawnEntity on Entity {
  id
  kind
  label(languages: $languages)
  countryCode
  named
  documentCount
}
    `, {"fragmentName":"DrawnEntity"}) as unknown as TypedDocumentString<DrawnEntityFragment, unknown>;
export const DrawnRelationFragmentDoc = new TypedDocumentString(`
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
}`, {"fragmentName":"DrawnRelation"}) as unknown as TypedDocumentString<DrawnRelationFragment, unknown>;
export const EntityLineFragmentDoc = new TypedDocumentString(`
    fragment EntityLine on Entity {
  id
  kind
  label(languages: $languages)
  named
  countryCode
  documentCount
  mentionCount
}
    `, {"fragmentName":"EntityLine"}) as unknown as TypedDocumentString<EntityLineFragment, unknown>;
export const MentionLineFragmentDoc = new TypedDocumentString(`
    fragment MentionLine on Mention {
  start
  end
  text
  rule
}
    `, {"fragmentName":"MentionLine"}) as unknown as TypedDocumentString<MentionLineFragment, unknown>;
export const DocumentEntityFragmentDoc = new TypedDocumentString(`
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
}`, {"fragmentName":"DocumentEntity"}) as unknown as TypedDocumentString<DocumentEntityFragment, unknown>;
export const RelationLineFragmentDoc = new TypedDocumentString(`
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
}`, {"fragmentName":"RelationLine"}) as unknown as TypedDocumentString<RelationLineFragment, unknown>;
export const EvidenceLineFragmentDoc = new TypedDocumentString(`
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
    `, {"fragmentName":"EvidenceLine"}) as unknown as TypedDocumentString<EvidenceLineFragment, unknown>;
export const DocumentMarksFragmentDoc = new TypedDocumentString(`
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
}`, {"fragmentName":"DocumentMarks"}) as unknown as TypedDocumentString<DocumentMarksFragment, unknown>;
export const CandidateLineFragmentDoc = new TypedDocumentString(`
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
}`, {"fragmentName":"CandidateLine"}) as unknown as TypedDocumentString<CandidateLineFragment, unknown>;
export const FollowedDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<FollowedSubscription, FollowedSubscriptionVariables>;
export const VersionDocument = new TypedDocumentString(`
    query Version {
  stats {
    version
    documentCount
  }
}
    `) as unknown as TypedDocumentString<VersionQuery, VersionQueryVariables>;
export const SurroundingsDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<SurroundingsQuery, SurroundingsQueryVariables>;
export const PathsDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<PathsQuery, PathsQueryVariables>;
export const PartnersDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<PartnersQuery, PartnersQueryVariables>;
export const EverythingDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<EverythingQuery, EverythingQueryVariables>;
export const PatternDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<PatternQuery, PatternQueryVariables>;
export const RelationsByIdDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<RelationsByIdQuery, RelationsByIdQueryVariables>;
export const CitationsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<CitationsQuery, CitationsQueryVariables>;
export const TitlesDocument = new TypedDocumentString(`
    query Titles($ids: [ID!]) {
  documents(where: {id: $ids}, first: 100) {
    nodes {
      id
      title
      source
    }
  }
}
    `) as unknown as TypedDocumentString<TitlesQuery, TitlesQueryVariables>;
export const MembersDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const DocumentPageDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<DocumentPageQuery, DocumentPageQueryVariables>;
export const DocumentMoreDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<DocumentMoreQuery, DocumentMoreQueryVariables>;
export const DocumentMentionsDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<DocumentMentionsQuery, DocumentMentionsQueryVariables>;
export const DocumentsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DocumentsQuery, DocumentsQueryVariables>;
export const EntityPageDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<EntityPageQuery, EntityPageQueryVariables>;
export const EntityTimelineDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<EntityTimelineQuery, EntityTimelineQueryVariables>;
export const RelationSentencesDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<RelationSentencesQuery, RelationSentencesQueryVariables>;
export const HomeDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const CountryCountsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<CountryCountsQuery, CountryCountsQueryVariables>;
export const InCountryDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<InCountryQuery, InCountryQueryVariables>;
export const DoubtfulDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<DoubtfulQuery, DoubtfulQueryVariables>;
export const DecisionsDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<DecisionsQuery, DecisionsQueryVariables>;
export const CandidatesDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<CandidatesQuery, CandidatesQueryVariables>;
export const CandidatesOfKindDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<CandidatesOfKindQuery, CandidatesOfKindQueryVariables>;
export const CanWriteDocument = new TypedDocumentString(`
    query CanWrite {
  __schema {
    mutationType {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<CanWriteQuery, CanWriteQueryVariables>;
export const DecideDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DecideMutation, DecideMutationVariables>;
export const UndoDocument = new TypedDocumentString(`
    mutation Undo($id: ID!, $reason: String!) {
  undoDecision(id: $id, reason: $reason) {
    version
    undone
  }
}
    `) as unknown as TypedDocumentString<UndoMutation, UndoMutationVariables>;
export const SuggestDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<SuggestQuery, SuggestQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const TimelineDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<TimelineQuery, TimelineQueryVariables>;
export const DatedRelationsDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<DatedRelationsQuery, DatedRelationsQueryVariables>;