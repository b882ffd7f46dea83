//! Decisions of people, checked before they are kept.
//!
//! *the same: organization:oim, place:dakar* → refused: an organization and a place are not the same

use std::fmt;

use jiff::Timestamp;

use super::{KnowledgeBase, Written};
use crate::error::Result;
use crate::graph::Graph;
use crate::model::{Decision, EntityId, Judged, Judgement, RelationId, Signature, Verdict};
use crate::store::Write;

/// A judgement as somebody asks for it: by ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judging {
    /// What is said.
    pub verdict: Verdict,
    /// Of which entities: two for the same and different, one for confirmed and rejected.
    pub entities: Vec<String>,
    /// Or of which relation, for confirmed and rejected.
    pub relation: Option<String>,
}

/// Why a judgement is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It names something that is not there: what, and the id given.
    Unknown(&'static str, String),
    /// It makes no sense, in words.
    Senseless(String),
    /// It contradicts a decision in force.
    Contradicts(Box<Decision>),
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(what, id) => write!(f, "no {what} {id:?} in this graph; ids are in its answers"),
            Self::Senseless(why) => f.write_str(why),
            Self::Contradicts(decision) => {
                let Decision { id, judgement, author, .. } = &**decision;
                write!(f, "{author} decided that {judgement} ({id}); undo that first")
            }
        }
    }
}

impl KnowledgeBase {
    /// Keeps a decision; the same one in force already is given as it is.
    ///
    /// # Errors
    /// The store cannot take it. What the decision itself is refused for is the inner result's error.
    pub fn decide(
        &self,
        judging: &Judging,
        signature: &Signature,
    ) -> Result<std::result::Result<(Decision, Written), Objection>> {
        let mut writer = self.writer()?;
        let judgement = match judgement(writer.draft.graph(), judging) {
            Ok(judgement) => judgement,
            Err(objection) => return Ok(Err(objection)),
        };
        let known = writer.resolver()?.decisions().find(|decision| decision.judgement == judgement).cloned();
        if let Some(known) = known {
            return Ok(Ok((known, Written { entries: Vec::new(), snapshot: self.publish(&writer) })));
        }
        if let Some(decision) = writer.resolver()?.contradiction(&judgement) {
            return Ok(Err(Objection::Contradicts(Box::new(decision.clone()))));
        }
        // A store counts in milliseconds.
        let at = Timestamp::from_millisecond(signature.at.as_millisecond()).unwrap_or(signature.at);
        let decision = Decision::new(judgement, &signature.author, &signature.reason, at);
        let written = self.write_as(&mut writer, &[Write::Decide(decision.clone())], signature)?;
        Ok(Ok((decision, written)))
    }
}

/// The judgement that is meant, of things that are there.
fn judgement(graph: &Graph, judging: &Judging) -> std::result::Result<Judgement, Objection> {
    let ids = judging.entities.iter().map(|id| entity(graph, id)).collect::<std::result::Result<Vec<_>, _>>()?;
    match (judging.verdict, ids.as_slice(), &judging.relation) {
        (Verdict::Same | Verdict::Different, [a, b], None) => pair(judging.verdict, a, b),
        (Verdict::Same | Verdict::Different, ..) => {
            Err(Objection::Senseless("give the ids of two entities that are the same, or different".into()))
        }
        (verdict, [id], None) => Ok(said(verdict, Judged::Entity(id.clone()))),
        (verdict, [], Some(id)) => {
            let row = graph.find_relation(&RelationId::from_text(id.as_str()));
            let relation =
                row.map(|row| graph.relation(row)).ok_or_else(|| Objection::Unknown("relation", id.clone()))?;
            Ok(said(verdict, Judged::Relation(relation.kind, relation.subject.clone(), relation.object.clone())))
        }
        _ => Err(Objection::Senseless("give the id of one entity, or of one relation".into())),
    }
}

fn said(verdict: Verdict, judged: Judged) -> Judgement {
    if verdict == Verdict::Confirmed { Judgement::Confirmed(judged) } else { Judgement::Rejected(judged) }
}

/// The pair in order, so that the same decision is one however it is said.
fn pair(verdict: Verdict, a: &EntityId, b: &EntityId) -> std::result::Result<Judgement, Objection> {
    let kind = |id: &EntityId| id.as_str().split(':').next().unwrap_or_default().to_owned();
    if a == b {
        return Err(Objection::Senseless(format!("{a} is one entity; give two ids")));
    }
    if verdict == Verdict::Same && kind(a) != kind(b) {
        let message = format!("{a} and {b} are of different kinds: a {} and a {} cannot be one", kind(a), kind(b));
        return Err(Objection::Senseless(message));
    }
    let (a, b) = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
    Ok(if verdict == Verdict::Same { Judgement::Same(a, b) } else { Judgement::Different(a, b) })
}

/// An id that the graph knows, as it was given: one that was merged away stays itself, so that it can be told apart again.
fn entity(graph: &Graph, id: &str) -> std::result::Result<EntityId, Objection> {
    let known = EntityId::from_text(id);
    graph.find_entity(&known).map(|_| known).ok_or_else(|| Objection::Unknown("entity", id.to_owned()))
}
