//! Entities and sentences by what somebody types.
//!
//! `{ search(text: "organisaton migrations") { nodes { name } facets { kind count } sentences { nodes { text } } } }`

use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, Object, SimpleObject};

use crate::model;
use crate::query::{self, Fields, NameHits, Quote, SearchQuestion, SentenceHit};

use super::answer::{Answer, languages, snapshot};
use super::connection::{SentenceConnection, SentenceEdge, page_info};
use super::entity::Entity;
use super::entity_types::FromRow;
use super::input::page_request;
use super::kinds::{EntityKind, Language};
use super::source::Document;

/// The part of the query root that looks for what somebody types.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Finding;

/// Where to look for what was typed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SearchField {
    /// In the names and aliases of entities, of every language.
    Names,
    /// In the sentences of documents.
    Sentences,
}

/// What a part of a document is for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::SectionKind")]
pub(super) enum SectionKind {
    /// The headline.
    Title,
    /// Place and date at the head of the first paragraph.
    Dateline,
    /// Running text.
    Body,
    /// Whom to ask for more: names, posts, telephone numbers.
    Contact,
}

/// How exactly a name is what was typed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::Exactness")]
pub(super) enum Exactness {
    /// It is the whole name.
    Whole,
    /// The name begins so.
    Begins,
    /// Words of the name are so, in any order, or begin so.
    Words,
    /// Words of the name are nearly so, with one or two typing errors; given only when no name is more exact.
    Nearly,
}

/// What was typed, where it stands: `text` equals the code points from `start` to `end` of the name or sentence. Plain text.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Highlight {
    /// First code point in the name or sentence, from 0.
    start: usize,
    /// One past the last code point.
    end: usize,
    /// The text there, verbatim.
    text: String,
}

impl From<Quote> for Highlight {
    fn from(quote: Quote) -> Self {
        Self { start: quote.start, end: quote.end, text: quote.text }
    }
}

fn highlights(quotes: Vec<Quote>) -> Vec<Highlight> {
    quotes.into_iter().map(Into::into).collect()
}

/// An entity that was found, with its cursor.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct SearchEdge {
    /// Where it stands in the list, for `after` and `before`.
    cursor: String,
    /// The entity.
    node: Entity,
    /// How well the name fits, from 0 to 1; 1 is the whole name.
    score: f64,
    /// The name or alias that fits best.
    matched_name: String,
    /// What of `matchedName` was typed.
    highlights: Vec<Highlight>,
}

/// How many of all entities found are of a kind.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(super) struct KindFacet {
    /// The kind.
    kind: EntityKind,
    /// How many.
    count: usize,
}

/// A typed word that nothing has, and known words that may have been meant.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct DidYouMean {
    /// The word, without case and accents. Example: "organisaton"
    typed: String,
    /// The nearest known words, the likeliest first, at most 5; without case and accents. Example: ["organisation"]
    known: Vec<String>,
}

/// What was found: entities by their names, the best first, and sentences.
pub(super) struct SearchConnection {
    edges: query::Page<SearchEdge>,
    facets: Vec<KindFacet>,
    question: SearchQuestion,
}

/// What was found: entities by their names, the best first, and sentences.
#[Object]
impl SearchConnection {
    /// The entities of this page, each with its cursor.
    async fn edges(&self) -> Vec<&SearchEdge> {
        self.edges.items.iter().map(|item| &item.row).collect()
    }

    /// The entities of this page without anything beside them.
    async fn nodes(&self) -> Vec<&Entity> {
        self.edges.items.iter().map(|item| &item.row.node).collect()
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        page_info(&self.edges)
    }

    /// How many entities were found. Counted only when asked for.
    async fn total_count(&self) -> async_graphql::Result<usize> {
        self.edges.total.ok_or_else(|| "internal: the list was not counted".into())
    }

    /// How many entities were found of each kind, whatever `kinds` asked for; the most frequent first.
    async fn facets(&self) -> &[KindFacet] {
        &self.facets
    }

    /// The typed words that nothing has, with words that may have been meant. Empty when all words are known.
    async fn did_you_mean(&self, ctx: &Context<'_>) -> Answer<Vec<DidYouMean>> {
        let unknown = query::unknown_words(snapshot(ctx), &self.question);
        let word = |word: query::Unknown| DidYouMean { typed: word.typed, known: word.known };
        Some(unknown.map(|words| words.into_iter().map(word).collect()))
    }

    /// Sentences of documents that have all typed words but small ones ("le", "de"), ranked as by BM25: rarer words and shorter sentences first; then
    /// by document and place in it. With `kinds`, only sentences that mention an entity of these.
    async fn sentences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<SentenceConnection> {
        let page = page_request(ctx, first, after, last, before);
        let found = query::search_sentences(snapshot(ctx), &self.question, &page);
        let edge = |cursor, mut hit: SentenceHit| {
            let marked = highlights(std::mem::take(&mut hit.highlights));
            SentenceEdge::new(cursor, FoundSentence(hit.clone()), hit.score, marked)
        };
        Some(found.map(|page| page.with_cursors(edge).into()))
    }
}

/// A sentence of a document.
#[derive(Clone, Debug)]
pub(super) struct FoundSentence(SentenceHit);

/// A sentence of a document.
#[Object]
impl FoundSentence {
    /// The document.
    async fn document(&self) -> Document {
        Document(self.0.document)
    }

    /// The part of the document that it stands in.
    async fn section(&self) -> SectionKind {
        self.0.section.into()
    }

    /// The sentence, verbatim.
    async fn text(&self) -> &str {
        &self.0.sentence.text
    }

    /// First code point in the document's text, from 0.
    async fn start(&self) -> usize {
        self.0.sentence.start
    }

    /// One past the last code point.
    async fn end(&self) -> usize {
        self.0.sentence.end
    }

    /// The entities mentioned in it, in the order of their first mentions, at most 100.
    async fn entities(&self, ctx: &Context<'_>) -> Vec<Entity> {
        self.0.entities.iter().map(|row| Entity::from_row(snapshot(ctx), *row)).collect()
    }
}

/// A name that completes what somebody types.
#[derive(Clone, Debug)]
pub(super) struct Suggestion(query::Suggestion);

/// A name that completes what somebody types.
#[Object]
impl Suggestion {
    /// The entity.
    async fn entity(&self, ctx: &Context<'_>) -> Entity {
        Entity::from_row(snapshot(ctx), self.0.entity)
    }

    /// What it is.
    async fn kind(&self, ctx: &Context<'_>) -> EntityKind {
        snapshot(ctx).graph().entity(self.0.entity).kind.into()
    }

    /// The entity's name in the first of these languages that has one, else the name to show.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In order of preference. Example: [ES, FR]")] languages: Option<Vec<Language>>,
    ) -> String {
        let entity = snapshot(ctx).graph().entity(self.0.entity);
        query::label(entity, &self::languages(languages)).to_owned()
    }

    /// The name or alias that completes what was typed.
    async fn matched_name(&self) -> &str {
        &self.0.name
    }

    /// What of `matchedName` was typed.
    async fn highlights(&self) -> Vec<Highlight> {
        highlights(self.0.highlights())
    }

    /// How exactly `matchedName` is what was typed.
    async fn exactness(&self) -> Exactness {
        self.0.exactness.into()
    }

    /// What tells it from others of its name: its country, or else what it is a part of, lies in, is held in, works for or belongs to.
    async fn disambiguation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In order of preference. Example: [ES, FR]")] languages: Option<Vec<Language>>,
    ) -> Option<String> {
        query::disambiguation(snapshot(ctx), self.0.entity, &self::languages(languages))
    }

    /// How often the entity is mentioned.
    async fn mention_count(&self, ctx: &Context<'_>) -> usize {
        snapshot(ctx).graph().mention_count(self.0.entity)
    }
}

#[Object]
impl Finding {
    /// Entities by name, and sentences by words. Words come in any order; accents, ligatures, case and small typing errors (one from 4
    /// letters on, two from 8 on) are forgiven, and the last word may be unfinished. Entities come by score, then by how often they
    /// are mentioned, then by id. At most 1,000 characters and 32 words.
    #[allow(clippy::too_many_arguments)]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for. Example: \"organisaton migrations\"")] text: String,
        #[graphql(desc = "Only entities of these kinds, and sentences that mention one.")] kinds: Option<
            Vec<EntityKind>,
        >,
        #[graphql(
            desc = "Only names listed in these languages or in none, and sentences of documents in these; any when absent."
        )]
        languages: Option<Vec<Language>>,
        #[graphql(name = "in", desc = "Where to look; everywhere when absent. Example: [NAMES]")] fields: Option<
            Vec<SearchField>,
        >,
        #[graphql(desc = "How many entities from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<SearchConnection> {
        let (snapshot, page) = (snapshot(ctx), page_request(ctx, first, after, last, before));
        let asked = |field| fields.as_ref().is_none_or(|fields| fields.contains(&field));
        let question = SearchQuestion {
            text,
            kinds: kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            languages: self::languages(languages),
            fields: Fields { names: asked(SearchField::Names), sentences: asked(SearchField::Sentences) },
        };
        let edge = |cursor, hit: query::NameHit| SearchEdge {
            cursor,
            node: Entity::from_row(snapshot, hit.entity),
            score: hit.score,
            matched_name: hit.name,
            highlights: highlights(hit.highlights),
        };
        let found = query::search(snapshot, &question, &page);
        Some(found.map(|NameHits { page, kinds }| {
            let facets = kinds.into_iter().map(|(kind, count)| KindFacet { kind: kind.into(), count }).collect();
            SearchConnection { edges: page.with_cursors(edge), facets, question }
        }))
    }

    /// Names that complete what somebody types: whole names first, then those that begin so, then those with words that do, in any
    /// order; then by how often the entity is mentioned, by name and by id. Accents, ligatures and case do not matter; typing errors are forgiven when
    /// nothing else is found.
    async fn suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The beginning of a word, or words of which the last may be unfinished. Example: \"minist san\""
        )]
        prefix: String,
        #[graphql(desc = "Only entities of these kinds.")] kinds: Option<Vec<EntityKind>>,
        #[graphql(desc = "How many; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<Vec<Suggestion>> {
        let kinds: Vec<_> = kinds.unwrap_or_default().into_iter().map(Into::into).collect();
        let found = query::suggest(snapshot(ctx), &prefix, &kinds, first);
        Some(found.map(|found| found.into_iter().map(Suggestion).collect()))
    }
}
