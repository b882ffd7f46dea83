//! Writing: documents in and out, decisions made and undone. Whoever writes shows a token.
//!
//! `mutation { withdrawDocument(id: "document:8c7d…", reason: "taken down") { version withdrawn } }`
//!
//! What a field answers is durable, and the fields below it see the graph as it is then.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use serde_json::json;

use crate::corpus::{self, Warning};
use crate::error::Error;
use crate::knowledge_base::{IngestOptions, Judging, KnowledgeBase, Objection, Written};
use crate::model::{DecisionId, DocumentId, Signature};
use crate::query::{Code, PAGE_MAX, Refusal};

use super::answer::{Answer, snapshot, view};
use super::decision::{Decision, Verdict};
use super::source::Document;

/// Who sends a request: the owner of its token, when it has one that is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller(pub Option<String>);

/// A document to take in.
#[derive(Clone, Debug, InputObject)]
pub(super) struct DocumentInput {
    /// Where it comes from, in your words: an address, a file name, a number. Example: "press/2012-08-18"
    source: String,
    /// Its text, with or without a headline.
    text: String,
    /// Its headline.
    title: Option<String>,
    /// Where it was published.
    url: Option<String>,
    /// Its language, as a BCP 47 tag; told from the text when absent. Example: "fr"
    language: Option<String>,
    /// When it was published, as precise as known. Example: "2012-08-18"
    published: Option<String>,
}

/// Something to know about a document that was sent.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Notice {
    /// Which document, by its source.
    source: String,
    /// What is the matter.
    reason: String,
    /// What to do about it.
    remedy: String,
}

impl From<Warning> for Notice {
    fn from(warning: Warning) -> Self {
        Self { source: warning.path, reason: warning.reason, remedy: warning.remedy }
    }
}

/// What became of the documents that were sent.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct IngestAnswer {
    /// The version of the graph that has them.
    version: u64,
    /// The documents as the graph has them, in the order in which they were sent; null for what did not come in.
    documents: Vec<Option<Document>>,
    /// How many came in.
    added: usize,
    /// How many were there and were extracted anew.
    extracted: usize,
    /// How many were there as they are.
    unchanged: usize,
    /// What did not come in, or came in with a reservation.
    notices: Vec<Notice>,
}

/// What became of a document that was to be withdrawn.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct WithdrawAnswer {
    /// The version of the graph without it.
    version: u64,
    /// Whether it was there.
    withdrawn: bool,
}

/// A decision that is in force.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct DecideAnswer {
    /// The version of the graph that has it.
    version: u64,
    /// The decision.
    decision: Decision,
    /// Whether it was in force before.
    known: bool,
}

/// What became of a decision that was to be undone.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct UndoAnswer {
    /// The version of the graph without it.
    version: u64,
    /// Whether it was in force.
    undone: bool,
}

/// The root of all mutations.
#[derive(Clone, Copy, Debug)]
pub struct Mutation;

/// Writing to the graph. Every mutation needs a token (`maillage token new`) in the header `Authorization: Bearer …`; what is
/// written bears its owner's name.
#[Object]
impl Mutation {
    /// Takes in documents. One that is there already stays as it is; one that was withdrawn stays out.
    async fn ingest_documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100.")] documents: Vec<DocumentInput>,
        #[graphql(default, desc = "Why, for whoever reads the log.")] reason: String,
        #[graphql(default, desc = "Take in also what was withdrawn on request.")] include_withdrawn: bool,
    ) -> Answer<IngestAnswer> {
        if documents.len() > PAGE_MAX {
            let way_round = "send them in several requests, or use maillage ingest";
            return Some(Err(Refusal::limit("the number of documents", documents.len(), PAGE_MAX, way_round)));
        }
        let (mut ids, mut readings, mut notices) = (Vec::new(), Vec::new(), Vec::new());
        for document in documents {
            match read(document) {
                Ok(reading) => {
                    ids.push(Some(reading.document.id.clone()));
                    readings.push(reading);
                }
                Err(warning) => {
                    ids.push(None);
                    notices.push(Notice::from(warning));
                }
            }
        }
        let options = IngestOptions { include_withdrawn, ..IngestOptions::default() };
        let done = write(ctx, reason, move |base, signature| {
            base.ingest_readings(readings, &options, signature).map(|done| (done, base.snapshot()))
        });
        let (done, after) = match done.await {
            Ok(done) => done,
            Err(refusal) => return Some(Err(refusal)),
        };
        view(ctx).advance(after);
        notices.extend(done.notes.into_iter().map(Notice::from));
        let graph = snapshot(ctx).graph();
        let documents = ids.into_iter().map(|id| graph.find_document(&id?).map(Document)).collect();
        let (added, extracted, unchanged) = (done.added, done.extracted, done.unchanged);
        Some(Ok(IngestAnswer { version: snapshot(ctx).version(), documents, added, extracted, unchanged, notices }))
    }

    /// Withdraws a document, as if it had never been read. Its text is erased, and reading its source again does not bring it back.
    async fn withdraw_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Example: \"document:8c7dd922ad47494f\"")] id: ID,
        #[graphql(default, desc = "Why, for whoever reads the log.")] reason: String,
    ) -> Answer<WithdrawAnswer> {
        let id = DocumentId::from_text(id.0);
        let written = write(ctx, reason, move |base, signature| base.withdraw(&id, signature)).await;
        Some(written.map(|written| {
            let (version, withdrawn) = seen(ctx, written);
            WithdrawAnswer { version, withdrawn }
        }))
    }

    /// Decides what rules cannot know. Give two entities for SAME and DIFFERENT, one entity or one relation for CONFIRMED and
    /// REJECTED. What contradicts a decision in force is refused.
    async fn decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is said.")] verdict: Verdict,
        #[graphql(desc = "Ids of the entities of which it is said. Example: [\"organization:rncom\"]")]
        entities: Option<Vec<ID>>,
        #[graphql(desc = "Id of the relation of which it is said.")] relation: Option<ID>,
        #[graphql(default, desc = "Why, for whoever reads the log.")] reason: String,
    ) -> Answer<DecideAnswer> {
        let entities = entities.unwrap_or_default().into_iter().map(|id| id.0).collect();
        let judging = Judging { verdict: verdict.into(), entities, relation: relation.map(|id| id.0) };
        let decided = write(ctx, reason, move |base, signature| base.decide(&judging, signature)).await;
        Some(match decided {
            Ok(Ok((decision, written))) => {
                let (version, new) = seen(ctx, written);
                Ok(DecideAnswer { version, decision: Decision(decision), known: !new })
            }
            Ok(Err(objection)) => Err(objected(&objection)),
            Err(refusal) => Err(refusal),
        })
    }

    /// Undoes a decision, as if it had never been made.
    async fn undo_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Example: \"decision:1f2e3d4c5b6a7988\"")] id: ID,
        #[graphql(default, desc = "Why, for whoever reads the log.")] reason: String,
    ) -> Answer<UndoAnswer> {
        let id = DecisionId::from_text(id.0);
        let written = write(ctx, reason, move |base, signature| base.undo(&id, signature)).await;
        Some(written.map(|written| {
            let (version, undone) = seen(ctx, written);
            UndoAnswer { version, undone }
        }))
    }
}

/// Reads a document as if it stood in a line of JSON Lines: the same document has the same id whichever way it comes.
fn read(input: DocumentInput) -> Result<corpus::Reading, Warning> {
    let DocumentInput { source, text, title, url, language, published } = input;
    let mut line = json!({ "id": source, "text": text });
    let fields = [("title", title), ("url", url), ("language", language), ("published", published)];
    for (name, value) in fields {
        if let Some(value) = value {
            line[name] = value.into();
        }
    }
    corpus::read_line(&line.to_string(), &source)
}

/// Writes in the name of the caller, on a thread that may wait.
async fn write<T: Send + 'static>(
    ctx: &Context<'_>,
    reason: String,
    work: impl FnOnce(&KnowledgeBase, &Signature) -> crate::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let base = Arc::clone(ctx.data_unchecked::<Arc<KnowledgeBase>>());
    match base.read_only() {
        None => {}
        Some(Error::FixedGraph) => {
            return Err(Refusal::new(Code::Forbidden, "this server only reads; start it with --data DIR to write"));
        }
        Some(error) => return Err(Refusal::new(Code::Forbidden, error.to_string())),
    }
    let Some(Caller(Some(author))) = ctx.data_opt::<Caller>().cloned() else {
        let message = "writing needs a token in force; make one with: maillage token new --data DIR NAME";
        return Err(Refusal::new(Code::Unauthenticated, message));
    };
    let span = tracing::Span::current();
    let work = move || {
        let signature = Signature { author, reason, at: jiff::Timestamp::now() };
        span.in_scope(|| work(&base, &signature))
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(Error::FixedGraph)) => Err(Refusal::new(Code::Forbidden, Error::FixedGraph.to_string())),
        Ok(Err(error)) => {
            tracing::error!(%error, "a write failed");
            Err(Refusal::new(Code::StoreFailed, error.to_string()))
        }
        Err(_) => Err(Refusal::new(Code::StoreFailed, "internal: the write was not finished")),
    }
}

/// Lets the fields below see what was written; its version, and whether anything was.
fn seen(ctx: &Context<'_>, written: Written) -> (u64, bool) {
    view(ctx).advance(written.snapshot);
    (snapshot(ctx).version(), !written.entries.is_empty())
}

fn objected(objection: &Objection) -> Refusal {
    let code = match objection {
        Objection::Unknown(..) => Code::NotFound,
        Objection::Senseless(_) => Code::BadUserInput,
        Objection::Contradicts(_) => Code::Conflict,
    };
    Refusal::new(code, objection.to_string())
}
