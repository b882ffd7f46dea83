//! Relations that sentences state between the things of a document.
//!
//! Frames of verbs, adjuncts and links come from the language's data; people's posts, contact blocks, datelines, offices and themes
//! have a shape of their own. Every relation is checked against the ontology before it is kept.

mod adjuncts;
mod antecedents;
mod arguments;
mod capacities;
mod chains;
mod companions;
mod contacts;
mod datelines;
mod ellipsis;
mod frames;
mod grants;
mod labels;
mod line;
mod links;
mod lists;
mod locations;
mod ministries;
mod nominals;
mod owners;
mod posts;
mod publisher;
mod subjects;
mod themes;
mod verb_group;

use std::collections::BTreeSet;

use super::coreference::Things;
use super::explain::Lost;
use super::found::Layers;
use super::language::Argument;
use super::page::Page;
use crate::model::{EntityKind, Qualifiers, RelationKind, RelationMention, RuleId, Span};
use crate::ontology::ontology;
use crate::text::{find_amounts, find_dates};
pub(super) use line::Line;

/// A document with its things, as the relation rules see it.
pub(super) struct Scene<'a, 'd> {
    pub(super) page: &'a Page<'d>,
    pub(super) layers: &'a Layers,
    pub(super) things: &'a Things,
    pub(super) lines: Vec<Line>,
    /// The body that sends the text out, as sentence and unit: who *we* are.
    pub(super) publisher: Option<(usize, usize)>,
    /// Whom people work for: a person's thing, and the body as sentence and unit.
    pub(super) employers: Vec<(usize, (usize, usize))>,
    /// The kinds of the mentions in its lines, as bits.
    kinds: u32,
}

/// A relation between two things as a rule proposes it.
pub(super) struct Proposal {
    pub(super) kind: RelationKind,
    /// Thing and the token range that stands for it.
    pub(super) subject: (usize, std::ops::Range<usize>),
    pub(super) object: (usize, std::ops::Range<usize>),
    pub(super) trigger: Option<std::ops::Range<usize>>,
    /// Sentences to read.
    pub(super) sentences: Vec<usize>,
    pub(super) qualifiers: Qualifiers,
    pub(super) confidence: f32,
    pub(super) rule: String,
}

/// All relations of a document, in order of their evidence.
pub(super) fn find(page: &Page<'_>, layers: &Layers, things: &Things) -> Vec<RelationMention> {
    let lines: Vec<Line> = (0..page.tokens.sentences.len()).map(|i| Line::new(page, layers, things, i)).collect();
    let kinds = kinds_of(layers, &lines);
    let publisher = publisher::of(page, layers, &lines);
    let mut scene = Scene { page, layers, things, lines, publisher, employers: Vec::new(), kinds };
    let mut proposals = Vec::new();
    // Posts first: who *we* are in a quotation is told by the speaker's.
    posts::find(&scene, &mut proposals);
    scene.employers = publisher::employers(&scene, &proposals);
    scene.publisher = scene.publisher.or_else(|| publisher::introduced(&scene));
    links::find(&scene, &mut proposals);
    ministries::find(&scene, &mut proposals);
    frames::find(&scene, &mut proposals);
    adjuncts::find(&scene, &mut proposals);
    capacities::find(&scene, &mut proposals);
    nominals::find(&scene, &mut proposals);
    owners::find(&scene, &mut proposals);
    contacts::find(&scene, &mut proposals);
    labels::find(&scene, &mut proposals);
    grants::find(&scene, &mut proposals);
    datelines::find(&scene, &mut proposals);
    locations::find(&scene, &mut proposals);
    themes::find(&scene, &mut proposals);
    keep(&scene, proposals)
}

fn kinds_of(layers: &Layers, lines: &[Line]) -> u32 {
    let mentions = lines.iter().flat_map(|line| &line.units).filter_map(|unit| unit.mention);
    mentions.fold(0, |kinds, mention| kinds | bit(layers.found[mention].kind))
}

fn bit(kind: EntityKind) -> u32 {
    1 << kind as u32
}

/// Checks kinds, drops loops and doubles (the most confident statement of a sentence stays), and orders.
fn keep(scene: &Scene<'_, '_>, mut proposals: Vec<Proposal>) -> Vec<RelationMention> {
    proposals.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.rule.cmp(&b.rule)));
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for proposal in proposals {
        let (subject, object) = (proposal.subject.0, proposal.object.0);
        let kinds = (scene.kind(subject), scene.kind(object));
        let allowed = ontology().allows(proposal.kind, kinds.0, kinds.1);
        let symmetric = ontology().is_symmetric(proposal.kind);
        let ends = if symmetric && subject > object { (object, subject) } else { (subject, object) };
        if subject == object {
            continue;
        }
        // Nobody pays for an earthquake or takes part in it.
        let of_crisis = scene.is_crisis(object)
            && !matches!(proposal.kind, RelationKind::HeldIn | RelationKind::PartOf | RelationKind::Addresses);
        if of_crisis {
            scene.note(&proposal, "nobody holds a crisis, pays for it or takes part in it");
            continue;
        }
        if scene.is_cancelled(&proposal) {
            scene.note(&proposal, "the sentence says that the event does not take place");
            continue;
        }
        if !allowed {
            let reason = format!("the ontology lets {} not join {} and {}", proposal.kind, kinds.0, kinds.1);
            scene.note(&proposal, &reason);
        } else if seen.insert((proposal.kind, ends, proposal.sentences.clone())) {
            kept.push(scene.relation(proposal));
        } else {
            scene.note(&proposal, "another rule says it more surely");
        }
    }
    kept.sort_by(|a, b| {
        (&a.evidence, a.kind, a.subject_span, a.object_span).cmp(&(&b.evidence, b.kind, b.subject_span, b.object_span))
    });
    kept
}

impl Scene<'_, '_> {
    /// Whether the document mentions anything of these kinds: without it no rule has to be tried that needs it.
    pub(super) fn mentions_any(&self, kinds: &[EntityKind]) -> bool {
        kinds.iter().any(|&kind| self.kinds & bit(kind) != 0)
    }

    pub(super) fn kind(&self, thing: usize) -> EntityKind {
        self.things.things[thing].kind
    }

    /// The thing a mention refers to.
    pub(super) fn thing(&self, mention: usize) -> Option<usize> {
        self.things.of[mention]
    }

    /// Notes a proposal that lost.
    pub(super) fn note(&self, proposal: &Proposal, reason: &str) {
        self.page.trace.note(|| Lost {
            tokens: vec![proposal.subject.1.clone(), proposal.object.1.clone()],
            what: proposal.kind.as_str().to_owned(),
            rule: proposal.rule.clone(),
            reason: reason.to_owned(),
        });
    }

    /// *l'atelier, prévu à Lomé, **a été annulé***: the event of a proposal is what a sentence of its evidence calls off.
    fn is_cancelled(&self, proposal: &Proposal) -> bool {
        let about =
            matches!(proposal.kind, RelationKind::HeldIn | RelationKind::Organizes | RelationKind::ParticipatesIn);
        let event = if proposal.kind == RelationKind::HeldIn { proposal.subject.0 } else { proposal.object.0 };
        let called_off = |line: &Line, verb: &verb_group::VerbGroup| {
            let cancelling = self.page.pack.verbs.cancelling.has(verb.verb) && !verb.negated;
            // «la visite n'a pas eu lieu»
            let held = verb.negated && self.tells_of_holding(verb);
            let argument = if held { Argument::Itself } else { Argument::Theme };
            let theme = || line.argument(self.page, self.layers, verb, &argument, &[EntityKind::Event]);
            let theme = (cancelling || held).then(theme).flatten().and_then(|f| f.units.first().copied());
            theme.and_then(|unit| line.units[unit].mention).and_then(|m| self.thing(m)) == Some(event)
        };
        about
            && proposal.sentences.iter().any(|&s| {
                let line = &self.lines[s];
                line.verbs.iter().any(|verb| called_off(line, verb))
            })
    }

    /// *a lieu*, *se tient*: whether the verb says of an event that it takes place.
    fn tells_of_holding(&self, verb: &verb_group::VerbGroup) -> bool {
        let rules = &self.page.pack.relations;
        let end = self.page.sentence(verb.tokens.start).end;
        let mut frames = rules.frames_of.get(&verb.verb).into_iter().flatten().map(|&i| &rules.frames[i]);
        frames.any(|frame| {
            let particle = |words| self.page.phrase(words, verb.tokens.end, end).is_some();
            let itself = matches!(frame.subject, Argument::Itself | Argument::Event);
            frame.kind == RelationKind::HeldIn && itself && frame.particle.as_ref().is_none_or(particle)
        })
    }

    /// Whether the thing is an earthquake, a war or the like.
    pub(super) fn is_crisis(&self, thing: usize) -> bool {
        let crisis = |m: &usize| {
            let head = self.layers.found[*m].head.clone();
            head.is_some_and(|head| self.page.phrase(&self.page.pack.names.crises, head.start, head.end).is_some())
        };
        self.things.things[thing].kind == EntityKind::Event && self.things.things[thing].mentions.iter().any(crisis)
    }

    /// Whether somebody holds the event somewhere: a meeting, no earthquake and no flight.
    pub(super) fn is_held(&self, mention: usize) -> bool {
        let names = &self.page.pack.names;
        let head = self.layers.found[mention].head.clone();
        head.is_none_or(|head| {
            let is = |list| self.page.phrase(list, head.start, head.end).is_some();
            !is(&names.crises) && !is(&names.transports)
        })
    }

    fn relation(&self, proposal: Proposal) -> RelationMention {
        let evidence: BTreeSet<Span> = proposal.sentences.iter().map(|&s| self.page.tokens.sentences[s].span).collect();
        RelationMention {
            kind: proposal.kind,
            subject: proposal.subject.0,
            object: proposal.object.0,
            subject_span: self.page.span(&proposal.subject.1),
            object_span: self.page.span(&proposal.object.1),
            trigger: proposal.trigger.map(|range| self.page.span(&range)),
            qualifiers: proposal.qualifiers,
            confidence: proposal.confidence,
            evidence: evidence.into_iter().collect(),
            rule: RuleId::new(proposal.rule),
        }
    }

    /// Adds what the sentence says of when and how much, as the relation's kind calls for it.
    pub(super) fn qualify(&self, qualifiers: &mut Qualifiers, kind: RelationKind, sentence: usize, near: usize) {
        let tokens = self.page.tokens.sentences[sentence].tokens.clone();
        let dated = matches!(kind, RelationKind::HeldIn | RelationKind::Organizes | RelationKind::ParticipatesIn);
        if dated && qualifiers.date.is_none() {
            let dates = find_dates(&self.page.tokens, tokens.clone(), self.page.text_pack);
            qualifiers.date = if let [only] = dates.as_slice() { Some(only.date) } else { None };
        }
        if kind == RelationKind::Funds && qualifiers.amount.is_none() {
            // «… ; B prend en charge 80 % du coût, soit 3 millions»: an amount counts within its part of the sentence.
            let parts = |t: &usize| self.page.is_raw(*t, ";");
            let from = (tokens.start..near.max(tokens.start)).rev().find(parts).map_or(tokens.start, |t| t + 1);
            let to = (near.max(tokens.start)..tokens.end).find(parts).unwrap_or(tokens.end);
            let amounts = find_amounts(&self.page.tokens, from..to, self.page.text_pack);
            let at = self.page.tokens.tokens.get(near).map_or(0, |t| t.span.start);
            if let Some(amount) = amounts.iter().min_by_key(|a| a.span.start.abs_diff(at)) {
                qualifiers.amount = Some(amount.value);
                qualifiers.currency = Some(amount.currency.clone());
            }
        }
    }
}
