//! What an activity says, as documents of up to 64 KB whose text is its very XML.
//!
//! `<participating-org ref="CA-3" role="1"><narrative>Canada</narrative></participating-org>` → *Global Affairs Canada* FUNDS the activity,
//! which is a project; the evidence is that element
//!
//! An element says only what a relation of the ontology means; what else it says is counted, not bent. A wrong code takes its element out, not
//! the activity. Must not know where in the file the activity stands but for what it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::codes;
use super::tree::{Said, Tree};
use crate::import::chunk::LONGEST_TEXT_BYTES;
use crate::import::kinds::Ends;
use crate::import::known::listed;
use crate::import::read::{LONGEST_ID, LONGEST_NAME};
use crate::lexicon::Entry;
use crate::model::{
    DateRange, EntityKind, LocalEntity, Mention, MentionForm, Modality, PartialDate, Qualifiers, RelationKind,
    RelationMention, RuleId, Span, slug,
};

/// A part of an activity as a document will have it: which bytes of it, and what they say.
pub(super) struct Part {
    pub(super) text: Range<usize>,
    pub(super) entities: Vec<LocalEntity>,
    pub(super) relations: Vec<RelationMention>,
    /// How many elements of each name stand in the activity before it; nothing for what begins with the activity itself.
    pub(super) before: Option<BTreeMap<String, usize>>,
    /// How long the name is in the tag that it begins with.
    tag: usize,
}

/// What was read of an activity.
pub(super) struct Read {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) updated: Option<PartialDate>,
    pub(super) parts: Vec<Part>,
    /// What says nothing that a relation means, by what it is.
    pub(super) passed: Vec<&'static str>,
    /// The elements that make no sense: where they stand, and why.
    pub(super) refused: Vec<(usize, String)>,
}

/// An entity that an element names.
#[derive(Clone, Debug)]
struct Named {
    kind: EntityKind,
    entry: Option<&'static Entry>,
    /// The id in the namespace of the standard, or one made of the publisher's own words.
    id: String,
    name: String,
    aliases: BTreeSet<String>,
    span: Span,
}

/// One statement, before it is put in its part.
struct Statement {
    kind: RelationKind,
    subject: Named,
    object: Named,
    trigger: Option<Span>,
    qualifiers: Qualifiers,
}

/// Why an element says nothing.
enum Silent {
    /// It makes no sense, and why.
    Wrong(String),
    /// It says what no relation means.
    Unmapped(&'static str),
}

type Outcome<T> = Result<T, Silent>;

/// Reads an activity from its tree.
///
/// # Errors
/// It is nothing without the element that is missing or makes no sense; which one, and what to do.
pub(super) fn read(text: &str, tree: &Tree, ends: &Ends) -> Result<Read, (usize, String)> {
    let scene = Scene::of(tree)?;
    let mut parts = parts(text, tree);
    let (mut passed, mut refused) = (Vec::new(), Vec::new());
    for child in tree.children(0) {
        let element = tree.at(child);
        let part = parts.iter_mut().find(|part| part.text.contains(&element.span.start));
        let said = scene.statements(child);
        let Some(part) = part else {
            match said {
                Ok(_) => refused.push((child, format!("is longer than {} KiB", LONGEST_TEXT_BYTES >> 10))),
                Err(Silent::Wrong(why)) => refused.push((child, why)),
                Err(Silent::Unmapped(what)) => passed.push(what),
            }
            continue;
        };
        match said {
            Ok(said) => {
                for statement in said {
                    if !part.state(statement, element.span, &scene, ends) {
                        passed.push("element that joins what its relation may not join");
                    }
                }
            }
            Err(Silent::Wrong(why)) => refused.push((child, why)),
            Err(Silent::Unmapped(what)) => passed.push(what),
        }
    }
    for part in &mut parts {
        part.introduce(&scene, tree);
    }
    let refused = refused.into_iter().map(|(at, why)| (tree.at(at).span.start, scene.place(at) + " " + &why)).collect();
    Ok(Read {
        id: scene.activity.id.clone(),
        title: Some(scene.activity.name.clone()).filter(|name| !name.is_empty()),
        updated: tree.attribute(0, "last-updated-datetime").and_then(|said| PartialDate::parse(&said.text)),
        parts,
        passed,
        refused,
    })
}

/// Cuts an activity between its elements. One that is longer than a document may be is in no part.
fn parts(text: &str, tree: &Tree) -> Vec<Part> {
    let part = |text, before, tag| Part { text, entities: Vec::new(), relations: Vec::new(), before, tag };
    let tag = tree.at(0).name.len();
    if text.len() <= LONGEST_TEXT_BYTES {
        return vec![part(0..text.len(), None, tag)];
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut next = part(0..0, None, tag);
    for child in tree.children(0) {
        let element = tree.at(child);
        let (span, tag) = (element.span, element.name.len());
        let is_empty = next.text.is_empty() && next.before.is_some();
        if is_empty || span.end - next.text.start > LONGEST_TEXT_BYTES {
            let full = std::mem::replace(&mut next, part(span.start..span.start, Some(counts.clone()), tag));
            parts.extend((!full.text.is_empty()).then_some(full));
        }
        *counts.entry(element.name.clone()).or_insert(0) += 1;
        if span.len() <= LONGEST_TEXT_BYTES {
            next.text.end = span.end;
        }
    }
    parts.extend((!next.text.is_empty()).then_some(next));
    parts
}

/// What all elements of an activity are about.
struct Scene<'t> {
    tree: &'t Tree,
    activity: Named,
    /// Whose activity it is.
    publisher: String,
    /// The only country that it works in.
    country: Option<String>,
    currency: Option<String>,
    date: Option<DateRange>,
    modality: Modality,
}

impl<'t> Scene<'t> {
    fn of(tree: &'t Tree) -> Result<Self, (usize, String)> {
        let identifier = tree.named(0, "iati-identifier").next();
        let said = identifier.and_then(|at| tree.text(at));
        let said = said.ok_or((0, "has no iati-identifier; every activity needs one".to_owned()))?;
        if said.text.chars().count() > LONGEST_ID || said.text.chars().any(char::is_control) {
            return Err((
                said.span.start,
                format!("has an iati-identifier that is no id of up to {LONGEST_ID} characters"),
            ));
        }
        let titles = tree.named(0, "title").next().map(|at| tree.narratives(at)).unwrap_or_default();
        let mut titles = titles.into_iter().map(|title| title.text).filter(|title| is_name(title));
        let name = titles.next().unwrap_or_default();
        let aliases = titles.filter(|title| *title != name).collect();
        let reporting = tree.named(0, "reporting-org").next();
        let publisher = reporting.and_then(|at| tree.attribute(at, "ref")).map_or("", |said| &said.text).to_owned();
        let countries: BTreeSet<_> = tree
            .named(0, "recipient-country")
            .filter_map(|at| tree.attribute(at, "code"))
            .map(|said| &said.text)
            .collect();
        let only = if countries.len() == 1 { countries.first().map(|code| (*code).clone()) } else { None };
        let status = tree.named(0, "activity-status").next().and_then(|at| tree.attribute(at, "code"));
        Ok(Self {
            tree,
            activity: Named { kind: EntityKind::Project, entry: None, id: said.text, name, aliases, span: said.span },
            publisher,
            country: only,
            currency: tree.attribute(0, "default-currency").map(|said| said.text.clone()),
            date: dates(tree),
            modality: match status.map(|said| said.text.as_str()) {
                Some("1") => Modality::Planned,
                Some("5") => Modality::Proposed,
                _ => Modality::Asserted,
            },
        })
    }

    /// How an element is called in messages.
    fn place(&self, at: usize) -> String {
        let element = self.tree.at(at);
        format!("{}: {}[{}]", self.activity.id, element.name, element.number)
    }

    /// What an element of the activity states.
    fn statements(&self, at: usize) -> Outcome<Vec<Statement>> {
        match self.tree.at(at).name.as_str() {
            "participating-org" => self.participating(at),
            "recipient-country" => {
                let country = self.country(at)?;
                Ok(vec![self.state(RelationKind::OperatesIn, country, None)])
            }
            "recipient-region" => {
                let region = self.region(at)?;
                Ok(vec![self.state(RelationKind::OperatesIn, region, None)])
            }
            "location" => {
                let place = self.location(at)?;
                Ok(vec![self.state(RelationKind::OperatesIn, place, None)])
            }
            "sector" => {
                let topic = self.sector(at)?;
                Ok(vec![self.state(RelationKind::Addresses, topic, None)])
            }
            "transaction" => self.transaction(at),
            "planned-disbursement" => self.planned_disbursement(at),
            "related-activity" => self.related(at),
            "activity-status" => self.status(at),
            "activity-date" => self.activity_date(at),
            "iati-identifier" | "title" | "reporting-org" => Ok(Vec::new()),
            "description" => Err(Silent::Unmapped("description (kept as text)")),
            "budget" => Err(Silent::Unmapped("budget (who pays it is not told)")),
            "result" => Err(Silent::Unmapped("result")),
            "document-link" => Err(Silent::Unmapped("document-link")),
            "contact-info" => Err(Silent::Unmapped("contact-info")),
            "policy-marker" => Err(Silent::Unmapped("policy-marker")),
            "tag" => Err(Silent::Unmapped("tag")),
            "humanitarian-scope" => Err(Silent::Unmapped("humanitarian-scope")),
            "conditions" => Err(Silent::Unmapped("conditions")),
            "other-identifier" => Err(Silent::Unmapped("other-identifier")),
            _ => Err(Silent::Unmapped("other element")),
        }
    }

    fn participating(&self, at: usize) -> Outcome<Vec<Statement>> {
        let role = self.needed(at, "role")?;
        let kind = match role.text.as_str() {
            "1" => RelationKind::Funds,
            "2" => return Err(Silent::Unmapped("participating-org with role 2, accountable")),
            "3" => return Err(Silent::Unmapped("participating-org with role 3, extending")),
            "4" => RelationKind::Implements,
            other => return Err(Silent::Wrong(format!("has the role {other:?}; roles are 1, 2, 3 and 4"))),
        };
        let body = self.body(at)?.ok_or(Silent::Unmapped("participating-org without name or id"))?;
        let qualifiers = Qualifiers { date: self.date, modality: self.modality, ..Qualifiers::default() };
        let object = self.activity.clone();
        Ok(vec![Statement { kind, subject: body, object, trigger: Some(role.span), qualifiers }])
    }

    fn country(&self, at: usize) -> Outcome<Named> {
        let code = self.needed(at, "code")?;
        let entry = codes::country(&code.text.to_uppercase());
        let entry = entry.ok_or_else(|| {
            Silent::Wrong(format!("has the code {:?}, which no country of ISO 3166-1 has", code.text))
        })?;
        Ok(of_entry(entry, code.span))
    }

    fn region(&self, at: usize) -> Outcome<Named> {
        let code = self.needed(at, "code")?;
        let vocabulary = self.tree.attribute(at, "vocabulary").map_or("1", |said| &said.text);
        let entry = match vocabulary {
            "1" => codes::dac_region(&code.text),
            "2" => codes::un_region(&code.text),
            _ => None,
        };
        let shape = |length| code.text.len() <= length && code.text.bytes().all(|byte| byte.is_ascii_digit());
        match entry {
            Some(entry) => Ok(of_entry(entry, code.span)),
            None if matches!(vocabulary, "1" | "2") && !shape(4) => {
                Err(Silent::Wrong(format!("has the code {:?}, which is none of its vocabulary", code.text)))
            }
            None => {
                self.named_entry(at, EntityKind::Place).ok_or(Silent::Unmapped("recipient-region that no list has"))
            }
        }
    }

    fn location(&self, at: usize) -> Outcome<Named> {
        let name = self.tree.named(at, "name").next().and_then(|name| self.tree.narratives(name).into_iter().next());
        let name = name.filter(|name| is_name(&name.text)).ok_or(Silent::Unmapped("location without a name"))?;
        if let Some((_, entry)) = listed(EntityKind::Place, &name.text) {
            return Ok(of_entry(entry, name.span));
        }
        let id = self.tree.named(at, "location-id").next().and_then(|id| {
            let part = |name| self.tree.attribute(id, name).map(|said| said.text.as_str());
            Some(format!("location/{}/{}", part("vocabulary")?, part("code")?))
        });
        let id = id.unwrap_or_else(|| self.own_id("location", &name.text));
        Ok(Named {
            kind: EntityKind::Place,
            entry: None,
            id,
            name: name.text,
            aliases: BTreeSet::new(),
            span: name.span,
        })
    }

    fn sector(&self, at: usize) -> Outcome<Named> {
        let code = self.needed(at, "code")?;
        let vocabulary = self.tree.attribute(at, "vocabulary").map_or("1", |said| &said.text);
        let digits = match vocabulary {
            "1" => 5,
            "2" => 3,
            _ => 0,
        };
        if digits > 0 {
            if code.text.len() != digits || !code.text.bytes().all(|byte| byte.is_ascii_digit()) {
                let reason =
                    format!("has the code {:?}; codes of vocabulary {vocabulary} have {digits} digits", code.text);
                return Err(Silent::Wrong(reason));
            }
            if let Some(entry) = codes::topic(&code.text) {
                return Ok(of_entry(entry, code.span));
            }
        }
        self.named_entry(at, EntityKind::Topic).ok_or(Silent::Unmapped("sector that is none of the topics"))
    }

    fn transaction(&self, at: usize) -> Outcome<Vec<Statement>> {
        let kind = self.tree.named(at, "transaction-type").next().and_then(|kind| self.tree.attribute(kind, "code"));
        let kind = kind.ok_or_else(|| Silent::Wrong("has no transaction-type".to_owned()))?;
        let (incoming, modality) = match kind.text.as_str() {
            "1" => (true, Modality::Asserted),
            "11" => (true, Modality::Planned),
            "13" => (true, Modality::Proposed),
            "3" => (false, Modality::Asserted),
            "2" => (false, Modality::Planned),
            "12" => (false, Modality::Proposed),
            "4" => return Err(Silent::Unmapped("transaction of type 4, expenditure")),
            "5" | "6" | "7" | "8" | "9" | "10" => {
                return Err(Silent::Unmapped("transaction of type 5 to 10 (loans, equity, guarantees)"));
            }
            other => {
                return Err(Silent::Wrong(format!("has the transaction-type {other:?}; types are 1 to 13")));
            }
        };
        let qualifiers = Qualifiers { modality, ..self.money(at, "transaction-date")? };
        let (provider, receiver) = self.both(at)?;
        let mut said = Vec::new();
        let mut pay = |subject: &Named, object: &Named| {
            let (subject, object, trigger) = (subject.clone(), object.clone(), Some(kind.span));
            said.push(Statement {
                kind: RelationKind::Funds,
                subject,
                object,
                trigger,
                qualifiers: qualifiers.clone(),
            });
        };
        if incoming {
            provider.iter().flatten().for_each(|payer| pay(payer, &self.activity));
        } else {
            let payer = provider[0].as_ref().unwrap_or(&self.activity);
            receiver[0].iter().for_each(|payee| pay(payer, payee));
            receiver[1].iter().for_each(|payee| pay(&self.activity, payee));
        }
        if said.is_empty() { Err(Silent::Unmapped("transaction that does not tell both ends")) } else { Ok(said) }
    }

    fn planned_disbursement(&self, at: usize) -> Outcome<Vec<Statement>> {
        let qualifiers = Qualifiers { modality: Modality::Planned, ..self.money(at, "period-start")? };
        let ([provider, _], [receiver, of_receiver]) = self.both(at)?;
        let payer = provider.unwrap_or_else(|| self.activity.clone());
        let statement = |subject: &Named, object: Named| {
            let (subject, qualifiers) = (subject.clone(), qualifiers.clone());
            Statement { kind: RelationKind::Funds, subject, object, trigger: None, qualifiers }
        };
        let mut said: Vec<_> = receiver.into_iter().map(|payee| statement(&payer, payee)).collect();
        said.extend(of_receiver.into_iter().map(|payee| statement(&self.activity, payee)));
        if said.is_empty() {
            Err(Silent::Unmapped("planned-disbursement that does not tell both ends"))
        } else {
            Ok(said)
        }
    }

    fn related(&self, at: usize) -> Outcome<Vec<Statement>> {
        let kind = self.needed(at, "type")?;
        let is_parent = match kind.text.as_str() {
            "1" => true,
            "2" => false,
            "3" | "4" | "5" => return Err(Silent::Unmapped("related-activity of type 3 to 5")),
            other => return Err(Silent::Wrong(format!("has the type {other:?}; types are 1 to 5"))),
        };
        let other = project(self.needed(at, "ref")?)?;
        let (subject, object) = if is_parent { (self.activity.clone(), other) } else { (other, self.activity.clone()) };
        let (trigger, qualifiers) = (Some(kind.span), Qualifiers::default());
        Ok(vec![Statement { kind: RelationKind::PartOf, subject, object, trigger, qualifiers }])
    }

    fn status(&self, at: usize) -> Outcome<Vec<Statement>> {
        let code = self.needed(at, "code")?;
        match code.text.as_str() {
            "1" | "2" | "3" | "4" | "5" | "6" => Ok(Vec::new()),
            other => Err(Silent::Wrong(format!("has the code {other:?}; codes are 1 to 6"))),
        }
    }

    fn activity_date(&self, at: usize) -> Outcome<Vec<Statement>> {
        let (date, kind) = (self.needed(at, "iso-date")?, self.needed(at, "type")?);
        if !matches!(kind.text.as_str(), "1" | "2" | "3" | "4") {
            return Err(Silent::Wrong(format!("has the type {:?}; types are 1 to 4", kind.text)));
        }
        day(&date.text).map(|_| Vec::new())
    }

    /// A statement of the activity about something, as long as the activity lasts.
    fn state(&self, kind: RelationKind, object: Named, trigger: Option<Span>) -> Statement {
        let qualifiers = Qualifiers { date: self.date, modality: self.modality, ..Qualifiers::default() };
        Statement { kind, subject: self.activity.clone(), object, trigger, qualifiers }
    }

    /// Who pays and who is paid, each with the activity that it names.
    #[allow(clippy::type_complexity)]
    fn both(&self, at: usize) -> Outcome<([Option<Named>; 2], [Option<Named>; 2])> {
        let end = |body: &str, activity: &str| {
            let Some(body) = self.tree.named(at, body).next() else { return Ok([None, None]) };
            let of_activity = self.tree.attribute(body, activity).map(project).transpose()?;
            Ok([self.body(body)?, of_activity.filter(|other| other.id != self.activity.id)])
        };
        Ok((end("provider-org", "provider-activity-id")?, end("receiver-org", "receiver-activity-id")?))
    }

    /// Amount, currency and date of a payment.
    fn money(&self, at: usize, date: &str) -> Outcome<Qualifiers> {
        let value = self.tree.named(at, "value").next().ok_or_else(|| Silent::Wrong("has no value".to_owned()))?;
        let said = self.tree.text(value).ok_or_else(|| Silent::Wrong("has an empty value".to_owned()))?;
        let amount = said.text.parse::<f64>().ok().filter(|amount| amount.is_finite());
        let amount = amount.ok_or_else(|| {
            Silent::Wrong(format!("has the value {:?}; write a number such as 1250.50, without separators", said.text))
        })?;
        let currency =
            self.tree.attribute(value, "currency").map(|said| said.text.clone()).or_else(|| self.currency.clone());
        let currency = currency.ok_or_else(|| {
            Silent::Wrong("has a value without a currency, and the activity has no default-currency".to_owned())
        })?;
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Silent::Wrong(format!("has the currency {currency:?}; write a code of ISO 4217 such as EUR")));
        }
        let of = |name: &str| self.tree.named(at, name).next().and_then(|at| self.tree.attribute(at, "iso-date"));
        let said = of(date).or_else(|| self.tree.attribute(value, "value-date"));
        let start = said.map(|said| day(&said.text)).transpose()?;
        let end = of("period-end").map(|said| day(&said.text)).transpose()?;
        let date = start.map(|start| DateRange { start, end: end.filter(|end| *end > start) });
        Ok(Qualifiers { amount: Some(amount), currency: Some(currency), date, ..Qualifiers::default() })
    }

    /// The organization, or the country, that an element names; nothing when it names none.
    fn body(&self, at: usize) -> Outcome<Option<Named>> {
        let reference = self.tree.attribute(at, "ref");
        let names: Vec<Said> = self.tree.narratives(at).into_iter().filter(|name| is_name(&name.text)).collect();
        if let Some(said) = reference
            && (said.text.chars().count() > LONGEST_ID || said.text.chars().any(char::is_control))
        {
            return Err(Silent::Wrong(format!("has a ref that is no id of up to {LONGEST_ID} characters")));
        }
        let Some(span) = names.first().map(|name| name.span).or_else(|| reference.map(|said| said.span)) else {
            return Ok(None);
        };
        let (known, id) = match reference {
            Some(said) => (listed_body(&said.text), global_id(&said.text)),
            None => (None, None),
        };
        let by_name = |kind| names.iter().find_map(|name| listed(kind, &name.text)).map(|(_, entry)| entry);
        let entry = known.or_else(|| by_name(EntityKind::Organization));
        // A country that pays stands for its government; a body with an id of its own is no country.
        let entry = entry.or_else(|| if id.is_none() { by_name(EntityKind::Country) } else { None });
        let mut names = names.into_iter().map(|name| name.text);
        let name = names.next().unwrap_or_default();
        let of_publisher = reference.filter(|said| !self.publisher.is_empty() && is_own_id(&said.text));
        let own = || match of_publisher {
            Some(said) => format!("{}/org-ref/{}", self.publisher, said.text),
            None => self.own_id("org", if name.is_empty() { reference.map_or("", |said| &said.text) } else { &name }),
        };
        let id = id.unwrap_or_else(own);
        let aliases = names.filter(|alias| *alias != name).collect();
        let kind = entry.map_or(EntityKind::Organization, |entry| entry.kind);
        Ok(Some(Named { kind, entry, id, name, aliases, span }))
    }

    /// The listed entity of a kind that an element names.
    fn named_entry(&self, at: usize, kind: EntityKind) -> Option<Named> {
        let names = self.tree.narratives(at);
        names.iter().find_map(|name| Some(of_entry(listed(kind, &name.text)?.1, name.span)))
    }

    /// An id for what only its name tells: it is one within what one publisher does in one country.
    fn own_id(&self, what: &str, name: &str) -> String {
        format!("{}/{}/{what}/{}", self.publisher, self.country.as_deref().unwrap_or_default(), slug(name))
    }

    fn needed(&self, at: usize, attribute: &str) -> Outcome<&Said> {
        self.tree.attribute(at, attribute).ok_or_else(|| Silent::Wrong(format!("has no {attribute}")))
    }
}

impl Part {
    /// Adds a statement; whether the ontology allows it.
    fn state(&mut self, statement: Statement, evidence: Span, scene: &Scene<'_>, ends: &Ends) -> bool {
        let Statement { kind, mut subject, mut object, trigger, qualifiers } = statement;
        let is_one = |a: &Named, b: &Named| {
            a.kind == b.kind
                && (a.id == b.id || a.entry.is_some() && a.entry.map(|e| &e.key) == b.entry.map(|e| &e.key))
        };
        if !ends.allow(kind, subject.kind, object.kind) || is_one(&subject, &object) {
            return false;
        }
        for end in [&mut subject, &mut object] {
            if end.id == scene.activity.id && end.kind == EntityKind::Project {
                end.span = self.place_of_activity(scene);
            }
        }
        let spans = (subject.span, object.span);
        let (subject, object) = (self.entity(subject, "iati/end"), self.entity(object, "iati/end"));
        let start = self.text.start;
        self.relations.push(RelationMention {
            kind,
            subject,
            object,
            subject_span: within(spans.0, start),
            object_span: within(spans.1, start),
            trigger: trigger.map(|span| within(span, start)),
            qualifiers,
            confidence: 1.0,
            evidence: vec![within(evidence, start)],
            rule: RuleId::new("iati/element"),
        });
        true
    }

    /// Adds the activity itself, and who publishes it, where they are named in this part.
    fn introduce(&mut self, scene: &Scene<'_>, tree: &Tree) {
        if self.text.contains(&scene.activity.span.start) {
            self.entity(scene.activity.clone(), "iati/activity");
        }
        for at in tree.named(0, "reporting-org") {
            if self.text.contains(&tree.at(at).span.start)
                && let Ok(Some(body)) = scene.body(at)
            {
                self.entity(body, "iati/publisher");
            }
        }
        for local in &mut self.entities {
            local.mentions.sort_by_key(|mention| mention.span);
            local.mentions.dedup();
        }
    }

    /// What stands for the activity: its identifier, or the name of the first element of a part without it.
    fn place_of_activity(&self, scene: &Scene<'_>) -> Span {
        let span = scene.activity.span;
        match self.text.contains(&span.start) {
            true => span,
            false => Span::new(self.text.start + 1, self.text.start + 1 + self.tag),
        }
    }

    /// The place of an entity among those of this part, with one mention more.
    fn entity(&mut self, named: Named, rule: &str) -> usize {
        let span = within(named.span, self.text.start);
        let mention = Mention { span, form: MentionForm::Name, rule: RuleId::new(rule) };
        let registry = named.entry.map(|entry| entry.key.to_string());
        let same = |local: &LocalEntity| {
            local.kind == named.kind
                && match (&local.registry, &registry) {
                    (None, None) => local.source_id.as_deref() == Some(&*named.id),
                    (one, other) => one == other,
                }
        };
        let at = self.entities.iter().position(same).unwrap_or_else(|| {
            self.entities.push(LocalEntity {
                kind: named.kind,
                name: String::new(),
                aliases: BTreeSet::new(),
                registry,
                source_id: (!named.id.is_empty()).then(|| Arc::from(named.id.as_str())),
                named: true,
                country: named.entry.and_then(|entry| entry.country).map(str::to_owned),
                mentions: Vec::new(),
            });
            self.entities.len() - 1
        });
        let local = &mut self.entities[at];
        if local.name.is_empty() {
            local.name = named.name;
        } else if !named.name.is_empty() && named.name != local.name {
            local.aliases.insert(named.name);
        }
        local.aliases.extend(named.aliases);
        local.aliases.remove(&local.name);
        local.mentions.push(mention);
        at
    }
}

/// A place in the activity as a place in a part of it.
fn within(span: Span, start: usize) -> Span {
    Span::new(span.start - start, span.end - start)
}

fn of_entry(entry: &'static Entry, span: Span) -> Named {
    let (name, aliases, id) = (String::new(), BTreeSet::new(), String::new());
    Named { kind: entry.kind, entry: Some(entry), id, name, aliases, span }
}

/// Another activity, of which only the id is told.
fn project(said: &Said) -> Outcome<Named> {
    if said.text.chars().count() > LONGEST_ID || said.text.chars().any(char::is_control) {
        return Err(Silent::Wrong(format!("names an activity by what is no id of up to {LONGEST_ID} characters")));
    }
    let (id, span) = (said.text.clone(), said.span);
    Ok(Named { kind: EntityKind::Project, entry: None, id, name: String::new(), aliases: BTreeSet::new(), span })
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control)
}

/// The listed organization of an id; channels of the OECD's DAC are written with and without their prefix.
fn listed_body(id: &str) -> Option<&'static Entry> {
    codes::organization(id).or_else(|| match id.strip_prefix("XM-DAC-") {
        Some(channel) => codes::organization(channel),
        None => codes::organization(&format!("XM-DAC-{id}")),
    })
}

/// An id that is one thing everywhere: it names the register that gave it, by the two letters of a country or of `XI`, `XM`, `XR`, or is a
/// channel of the OECD's DAC. Others are a publisher's own.
fn global_id(id: &str) -> Option<String> {
    if let Some(channel) = channel(id) {
        return (!codes::is_sort_of_body(channel)).then(|| format!("XM-DAC-{channel}"));
    }
    let (register, number) = id.split_once('-')?;
    let is_register = register.len() == 2 && register.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_register && !number.is_empty()).then(|| id.to_owned())
}

/// The channel of the OECD's DAC that an id is, with its prefix or without.
fn channel(id: &str) -> Option<&str> {
    let code = id.strip_prefix("XM-DAC-").unwrap_or(id);
    (code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
}

/// Whether an id that names no register can still be one that its publisher gave to a body. Numbers of one or two digits are codes of types,
/// and what has no digit, or none but zeros, stands where an id is missing: `N/A`, `unknown`, `0000`.
fn is_own_id(id: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() && byte != b'0';
    id.len() > 2 && id.bytes().any(digit) && channel(id).is_none()
}

/// From when to when an activity lasts: as it was, or else as it is planned.
fn dates(tree: &Tree) -> Option<DateRange> {
    let of = |kinds: [&str; 2]| {
        kinds.into_iter().find_map(|kind| {
            let said = tree
                .named(0, "activity-date")
                .find(|at| tree.attribute(*at, "type").is_some_and(|said| said.text == kind))?;
            day(&tree.attribute(said, "iso-date")?.text).ok()
        })
    };
    let (start, end) = (of(["2", "1"])?, of(["4", "3"]));
    Some(DateRange { start, end: end.filter(|end| *end > start) })
}

fn day(text: &str) -> Outcome<PartialDate> {
    // A time zone may stand behind a date in XML: 2012-04-15Z.
    let date = text.get(..10).filter(|_| text.is_ascii()).unwrap_or(text);
    let found = PartialDate::parse(date).filter(|date| date.year.is_some() && date.day.is_some());
    found.ok_or_else(|| Silent::Wrong(format!("has the date {text:?}; write dates as 2012-04-15")))
}
