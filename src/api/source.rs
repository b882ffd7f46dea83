//! Documents and what is quoted from them.
//!
//! `document(id) { title text entities { nodes { name } } }`; every quotation is verbatim and counted in code points.

use async_graphql::{Context, ID, Object, SimpleObject};

use crate::model::{self, DatePrecision};
use crate::query::{self, DocumentRow, MentionRow, Quote, quote};

use super::answer::{Answer, snapshot, the};
use super::connection::{EntityConnection, EntityEdge, RelationConnection, RelationEdge};
use super::entity::Entity;
use super::entity_types::FromRow;
use super::input::{
    DateTime, EntityFilter, EntityOrder, RelationFilter, RelationOrder, conditions, criteria, page_request,
};
use super::kinds;
use super::relation::Relation;

/// A stretch of a document's text: `text` equals the code points from `start` to `end` of the document's text.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Span {
    /// First code point, from 0.
    start: usize,
    /// One past the last code point.
    end: usize,
    /// The text there, verbatim.
    text: String,
}

impl From<Quote> for Span {
    fn from(quote: Quote) -> Self {
        Self { start: quote.start, end: quote.end, text: quote.text }
    }
}

/// A date as precise as a text states it.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Date {
    /// The date, or the first day of the interval. Unknown digits are `X`. Example: "2012-08-18"
    start: String,
    /// The last day, when it is an interval.
    end: Option<String>,
    /// How exactly the start is known.
    precision: kinds::DatePrecision,
    /// The whole in the notation of ISO 8601-2 (EDTF). Example: "XXXX-08-18/XXXX-08-20"
    text: String,
}

impl From<model::DateRange> for Date {
    fn from(date: model::DateRange) -> Self {
        let precision: DatePrecision = date.start.precision();
        let end = date.end.map(|end| end.to_string());
        Self { start: date.start.to_string(), end, precision: precision.into(), text: date.to_string() }
    }
}

/// Which lines of a data file a document is, one a line of its text. Lines that were refused are blank in it.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Lines {
    /// The name of the file. Example: "projects.jsonl"
    file: String,
    /// SHA-256 of the file, in hexadecimal digits; null for what came over standard input.
    digest: Option<String>,
    /// Whose ids stand in them; entities have those ids as external ids of this scheme. Example: "iati"
    namespace: String,
    /// The number of the first line, from 1.
    first: usize,
    /// The number of the last line.
    last: usize,
}

/// A place in a document where an entity is named or described.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention(pub(super) MentionRow);

impl Mention {
    fn quote(&self, ctx: &Context<'_>) -> Quote {
        let graph = snapshot(ctx).graph();
        quote(graph, self.0.document, graph.mention(self.0).span)
    }
}

/// A place in a document where an entity is named or described.
#[Object]
impl Mention {
    /// The document.
    async fn document(&self) -> Document {
        Document(self.0.document)
    }

    /// The words, verbatim.
    async fn text(&self, ctx: &Context<'_>) -> String {
        self.quote(ctx).text
    }

    /// First code point in the document's text, from 0.
    async fn start(&self, ctx: &Context<'_>) -> usize {
        self.quote(ctx).start
    }

    /// One past the last code point.
    async fn end(&self, ctx: &Context<'_>) -> usize {
        self.quote(ctx).end
    }

    /// The rule that found it. Example: "fr/name"
    async fn rule(&self, ctx: &Context<'_>) -> String {
        snapshot(ctx).graph().mention(self.0).rule.to_string()
    }
}

/// A source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Document(pub(super) DocumentRow);

/// A source text that was read.
#[Object]
impl Document {
    /// Made from the bytes that were read. Example: "document:8c7dd922ad47494f"
    pub(super) async fn id(&self, ctx: &Context<'_>) -> ID {
        the(&snapshot(ctx).graph().document(self.0).id)
    }

    /// Where it came from: a path, a URL, or the id that the source gave it.
    async fn source(&self, ctx: &Context<'_>) -> String {
        snapshot(ctx).graph().document(self.0).source.clone()
    }

    /// The headline.
    async fn title(&self, ctx: &Context<'_>) -> Option<String> {
        snapshot(ctx).graph().document(self.0).title.clone()
    }

    /// Where it was published.
    async fn url(&self, ctx: &Context<'_>) -> Option<String> {
        snapshot(ctx).graph().document(self.0).url.clone()
    }

    /// The language it is written in, as a BCP 47 tag. Example: "fr"
    async fn language(&self, ctx: &Context<'_>) -> String {
        snapshot(ctx).graph().document(self.0).language.as_str().to_string()
    }

    /// When it was published.
    async fn published(&self, ctx: &Context<'_>) -> Option<Date> {
        snapshot(ctx).graph().document(self.0).published.map(|date| model::DateRange::on(date).into())
    }

    /// Which lines of which data file it is; null for a text.
    async fn lines(&self, ctx: &Context<'_>) -> Option<Lines> {
        let document = snapshot(ctx).graph().document(self.0);
        let model::Lines { namespace, file, digest, first, .. } = document.lines.as_ref()?;
        let digest = digest.as_deref().map(str::to_owned);
        let (file, namespace, last) = (file.to_string(), namespace.to_string(), document.last_line()?);
        Some(Lines { file, digest, namespace, first: *first, last })
    }

    /// Since when the graph has it.
    async fn added_at(&self, ctx: &Context<'_>) -> DateTime {
        DateTime(snapshot(ctx).graph().stored(self.0).added_at)
    }

    /// The version of the graph from which on it has it.
    async fn added_version(&self, ctx: &Context<'_>) -> u64 {
        snapshot(ctx).graph().stored(self.0).added
    }

    /// What was read, without site navigation; all spans point here.
    async fn text(&self, ctx: &Context<'_>) -> String {
        snapshot(ctx).graph().document(self.0).text.clone()
    }

    /// The entities that it mentions.
    #[allow(clippy::too_many_arguments)]
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<EntityFilter>>,
        #[graphql(desc = "By what to sort; by id when absent.")] order_by: Option<Vec<EntityOrder>>,
        #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<EntityConnection> {
        let (snapshot, page) = (snapshot(ctx), page_request(ctx, first, after, last, before));
        let (filter, order) = (conditions(filter), criteria(order_by));
        let page = query::entities_of_document(snapshot, self.0, &filter, &order, &page);
        Some(page.map(|page| {
            page.with_cursors(|cursor, row| EntityEdge::new(cursor, Entity::from_row(snapshot, row))).into()
        }))
    }

    /// The relations that it states.
    #[allow(clippy::too_many_arguments)]
    async fn relations(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<RelationFilter>>,
        #[graphql(desc = "By what to sort; by id when absent.")] order_by: Option<Vec<RelationOrder>>,
        #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<RelationConnection> {
        let page = page_request(ctx, first, after, last, before);
        let (filter, order) = (conditions(filter), criteria(order_by));
        let page = query::relations_of_document(snapshot(ctx), self.0, &filter, &order, &page);
        Some(page.map(|page| page.with_cursors(|cursor, row| RelationEdge::new(cursor, Relation(row))).into()))
    }
}
