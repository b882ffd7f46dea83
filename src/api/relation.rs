//! Relations as objects of their own, with the statements that they rest on.
//!
//! `relation(id) { kind subject { name } object { name } evidence { text document { title } } }`

use async_graphql::{Context, ID, Object};

use crate::model;
use crate::ontology::{Labels, ontology};
use crate::query::{
    EvidenceRow, PAGE_DEFAULT, PAGE_MAX, Refusal, RelationRow, label_in, quote, relation_documents, relation_seen,
    verbatim,
};

use super::answer::{Answer, languages, rounded, snapshot, the};
use super::entity::Entity;
use super::entity_types::FromRow;
use super::input::DateTime;
use super::kinds::{Language, Modality, RelationKind};
use super::source::{Date, Document, Span};

/// A statement that joins two entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation(pub(super) RelationRow);

impl Relation {
    fn found<'c>(&self, ctx: &Context<'c>) -> &'c model::Relation {
        snapshot(ctx).graph().relation(self.0)
    }
}

/// What documents say of two entities, with every statement it rests on. Read: subject – kind – object.
#[Object]
impl Relation {
    /// Made from its kind and its two ends. Example: "relation:funds-4be1c3a96c2f0d11"
    pub(super) async fn id(&self, ctx: &Context<'_>) -> ID {
        the(&self.found(ctx).id)
    }

    /// What it says.
    async fn kind(&self, ctx: &Context<'_>) -> RelationKind {
        self.found(ctx).kind.into()
    }

    /// Its kind in words, read from subject to object. Example: "finance"
    async fn label(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; English when absent.")] language: Option<Language>,
    ) -> String {
        word(ontology().row(self.found(ctx).kind).map(|row| &row.label), language)
    }

    /// Its kind in words, read from object to subject. Example: "financé par"
    async fn inverse_label(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; English when absent.")] language: Option<Language>,
    ) -> String {
        word(ontology().row(self.found(ctx).kind).map(|row| &row.inverse), language)
    }

    /// Who or what does it.
    async fn subject(&self, ctx: &Context<'_>) -> Entity {
        Entity::from_row(snapshot(ctx), snapshot(ctx).graph().ends(self.0).0)
    }

    /// To whom or what it is done.
    async fn object(&self, ctx: &Context<'_>) -> Entity {
        Entity::from_row(snapshot(ctx), snapshot(ctx).graph().ends(self.0).1)
    }

    /// Belief that the documents say so, from 0 to 1: that of the best statement.
    async fn confidence(&self, ctx: &Context<'_>) -> f64 {
        rounded(self.found(ctx).confidence)
    }

    /// How the documents present it: as the strongest statement does.
    async fn modality(&self, ctx: &Context<'_>) -> Modality {
        self.found(ctx).qualifiers.modality.into()
    }

    /// The post or part played, as written in the strongest statement of this modality that has one. Example: "chef de mission"
    async fn role(&self, ctx: &Context<'_>) -> Option<String> {
        self.found(ctx).qualifiers.role.clone()
    }

    /// When, as precise as stated by the statement that the amount is taken from; without an amount, by the strongest of this modality that says when.
    async fn date(&self, ctx: &Context<'_>) -> Option<Date> {
        self.found(ctx).qualifiers.date.map(Into::into)
    }

    /// An amount of money, in units of `currency`: that of the strongest statement of this modality that has one. `evidence` has them all.
    async fn amount(&self, ctx: &Context<'_>) -> Option<f64> {
        self.found(ctx).qualifiers.amount
    }

    /// ISO 4217 code of the amount's currency. Example: "EUR"
    async fn currency(&self, ctx: &Context<'_>) -> Option<String> {
        self.found(ctx).qualifiers.currency.clone()
    }

    /// Whether somebody confirmed it.
    async fn confirmed(&self, ctx: &Context<'_>) -> bool {
        self.found(ctx).confirmed
    }

    /// How many statements it rests on.
    async fn mention_count(&self, ctx: &Context<'_>) -> usize {
        snapshot(ctx).graph().evidence_count(self.0)
    }

    /// How many documents state it.
    async fn document_count(&self, ctx: &Context<'_>) -> usize {
        relation_documents(snapshot(ctx).graph(), self.0)
    }

    /// When the graph was first told of it: when the first of the documents that state it came in.
    async fn first_seen(&self, ctx: &Context<'_>) -> Option<DateTime> {
        relation_seen(snapshot(ctx).graph(), self.0).map(|(first, _)| DateTime(first))
    }

    /// When the graph was last told of it: when the last of the documents that state it came in.
    async fn last_seen(&self, ctx: &Context<'_>) -> Option<DateTime> {
        relation_seen(snapshot(ctx).graph(), self.0).map(|(_, last)| DateTime(last))
    }

    /// The statements it rests on, the strongest first: by confidence, asserted before planned before proposed; then by document
    /// and place in it. Never empty.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<Vec<Evidence>> {
        let first = first.unwrap_or(PAGE_DEFAULT as i32);
        let size = usize::try_from(first).unwrap_or(0);
        if size > PAGE_MAX {
            return Some(Err(Refusal::limit("first", first, PAGE_MAX, "what the rest says is the same")));
        }
        Some(Ok(snapshot(ctx).graph().evidence(self.0).take(size).map(Evidence).collect()))
    }
}

pub(super) fn word(labels: Option<&Labels>, language: Option<Language>) -> String {
    let languages = languages(Some(vec![language.unwrap_or(Language::En)]));
    labels.and_then(|labels| label_in(labels, &languages)).unwrap_or_default().to_string()
}

/// One statement that a relation rests on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence(pub(super) EvidenceRow);

impl Evidence {
    fn found<'c>(&self, ctx: &Context<'c>) -> &'c model::RelationMention {
        snapshot(ctx).graph().statement(self.0)
    }

    fn span(&self, ctx: &Context<'_>, span: model::Span) -> Span {
        quote(snapshot(ctx).graph(), self.0.document, span).into()
    }
}

/// One statement in one document: the sentences to read, and what in them says so.
#[Object]
impl Evidence {
    /// The sentences, verbatim; `[…]` stands between sentences that do not follow each other.
    async fn text(&self, ctx: &Context<'_>) -> String {
        verbatim(snapshot(ctx).graph(), self.0.document, &self.found(ctx).evidence)
    }

    /// Where the sentences stand.
    async fn spans(&self, ctx: &Context<'_>) -> Vec<Span> {
        self.found(ctx).evidence.iter().map(|span| self.span(ctx, *span)).collect()
    }

    /// The document.
    async fn document(&self) -> Document {
        Document(self.0.document)
    }

    /// The number of the line in the data file that says so, from 1; null for sentences of a text. The file is in `document.lines`.
    async fn line(&self, ctx: &Context<'_>) -> Option<usize> {
        let document = snapshot(ctx).graph().document(self.0.document);
        document.line_at(self.found(ctx).evidence.first()?.start)
    }

    /// The path of the element that says so in an XML file; null for everything else.
    /// Example: "/iati-activities/iati-activity[3]/participating-org[2]"
    async fn element(&self, ctx: &Context<'_>) -> Option<String> {
        let document = snapshot(ctx).graph().document(self.0.document);
        document.element_at(self.found(ctx).evidence.first()?.start)
    }

    /// The words that stand for the subject, possibly a pronoun.
    async fn subject(&self, ctx: &Context<'_>) -> Span {
        self.span(ctx, snapshot(ctx).graph().spans_of_ends(self.0).0)
    }

    /// The words that stand for the object.
    async fn object(&self, ctx: &Context<'_>) -> Span {
        self.span(ctx, snapshot(ctx).graph().spans_of_ends(self.0).1)
    }

    /// The words that state the relation, when words state it.
    async fn trigger(&self, ctx: &Context<'_>) -> Option<Span> {
        self.found(ctx).trigger.map(|span| self.span(ctx, span))
    }

    /// The rule that found it. Example: "fr/funds/passive"
    async fn rule(&self, ctx: &Context<'_>) -> String {
        self.found(ctx).rule.to_string()
    }

    /// Belief in this statement, from 0 to 1.
    async fn confidence(&self, ctx: &Context<'_>) -> f64 {
        rounded(self.found(ctx).confidence)
    }

    /// How this statement presents it.
    async fn modality(&self, ctx: &Context<'_>) -> Modality {
        self.found(ctx).qualifiers.modality.into()
    }

    /// The post or part played, as written here.
    async fn role(&self, ctx: &Context<'_>) -> Option<String> {
        self.found(ctx).qualifiers.role.clone()
    }

    /// The date stated here.
    async fn date(&self, ctx: &Context<'_>) -> Option<Date> {
        self.found(ctx).qualifiers.date.map(Into::into)
    }

    /// The amount of money stated here, in units of `currency`.
    async fn amount(&self, ctx: &Context<'_>) -> Option<f64> {
        self.found(ctx).qualifiers.amount
    }

    /// ISO 4217 code of the amount's currency.
    async fn currency(&self, ctx: &Context<'_>) -> Option<String> {
        self.found(ctx).qualifiers.currency.clone()
    }

    /// The version of the program that extracted it.
    async fn extractor_version(&self, ctx: &Context<'_>) -> String {
        snapshot(ctx).graph().stored(self.0.document).contribution.extractor.to_string()
    }
}
