//! What the elements of an activity state.
//!
//! `<participating-org ref="CA-3" role="1"/>` → *Global Affairs Canada* FUNDS the activity · `<budget>` → nothing that a relation means
//!
//! An element says only what a relation of the ontology means; what else it says is counted, not bent. Must not know where in the file the
//! activity stands.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::bodies::{Bodies, publisher};
use super::body::{Named, is_id, is_name, project};
use super::tree::{Placed, Tree};
use crate::import::read::LONGEST_ID;
use crate::model::{DateRange, EntityKind, Modality, PartialDate, Qualifiers, RelationKind, Span};

/// One statement, before it is put in its part.
pub(super) struct Statement {
    pub(super) kind: RelationKind,
    pub(super) subject: Named,
    pub(super) object: Named,
    pub(super) trigger: Option<Span>,
    pub(super) qualifiers: Qualifiers,
}

/// Why an element says nothing.
pub(super) enum Silent {
    /// It makes no sense, and why.
    Wrong(String),
    /// It says what no relation means.
    Unmapped(&'static str),
    /// It is called so, and nothing is known that it could say.
    Unknown(String),
}

pub(super) type Outcome<T> = Result<T, Silent>;

/// What all elements of an activity are about.
pub(super) struct Scene<'t> {
    pub(super) tree: &'t Tree,
    /// Who stands in the file.
    pub(super) bodies: &'t Bodies,
    pub(super) activity: Named,
    /// Whose activity it is.
    pub(super) publisher: String,
    /// The only country that it works in.
    pub(super) country: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) date: Option<DateRange>,
    pub(super) modality: Modality,
}

impl Silent {
    /// What is counted of an element that says what no relation means; or else what is wrong with it.
    pub(super) fn counted(self) -> Result<Cow<'static, str>, String> {
        match self {
            Self::Wrong(why) => Err(why),
            Self::Unmapped(what) => Ok(Cow::Borrowed(what)),
            Self::Unknown(name) => Ok(Cow::Owned(name)),
        }
    }
}

impl<'t> Scene<'t> {
    pub(super) fn of(tree: &'t Tree, bodies: &'t Bodies) -> Result<Self, (usize, String)> {
        let identifier = tree.named(0, "iati-identifier").next();
        let said = identifier.and_then(|at| tree.text(at));
        let said = said.ok_or((0, "has no iati-identifier; every activity needs one".to_owned()))?;
        if !is_id(&said.text) {
            return Err((
                said.span.start,
                format!("has an iati-identifier that is no id of up to {LONGEST_ID} characters"),
            ));
        }
        let titles = tree.named(0, "title").next().map(|at| tree.narratives(at)).unwrap_or_default();
        let mut titles = titles.into_iter().map(|title| title.text).filter(|title| is_name(title));
        let name = titles.next().unwrap_or_default();
        let aliases = titles.filter(|title| *title != name).collect();
        let transactions = tree.named(0, "transaction").flat_map(|at| tree.named(at, "recipient-country"));
        let countries: BTreeSet<String> = tree
            .named(0, "recipient-country")
            .chain(transactions)
            .filter_map(|at| tree.attribute(at, "code"))
            .map(|said| said.text.to_uppercase())
            .collect();
        let only = if countries.len() == 1 { countries.into_iter().next() } else { None };
        let status = tree.named(0, "activity-status").next().and_then(|at| tree.attribute(at, "code"));
        Ok(Self {
            tree,
            bodies,
            activity: Named { kind: EntityKind::Project, entry: None, id: said.text, name, aliases, span: said.span },
            publisher: publisher(tree).to_owned(),
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

    /// How an element is called in messages, with the transaction that it stands in.
    pub(super) fn place(&self, at: usize, within: Option<usize>) -> String {
        let step = |at: usize| format!("{}[{}]", self.tree.at(at).name, self.tree.at(at).number);
        let path: Vec<_> = within.into_iter().chain([at]).map(step).collect();
        format!("{}: {}", self.activity.id, path.join("/"))
    }

    /// The elements of the activity, and those within transactions that say something of the activity; each with the transaction.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, Option<usize>)> + use<'t> {
        let tree = self.tree;
        tree.children(0).flat_map(move |child| {
            let is_transaction = tree.at(child).name == "transaction";
            let within = tree.children(child).filter(move |at| is_transaction && is_of_activity(&tree.at(*at).name));
            std::iter::once((child, None)).chain(within.map(move |at| (at, Some(child))))
        })
    }

    /// What an element of the activity states.
    pub(super) fn statements(&self, at: usize) -> Outcome<Vec<Statement>> {
        let state = |kind, object| vec![self.state(kind, object, None)];
        match self.tree.at(at).name.as_str() {
            "participating-org" => self.participating(at),
            "recipient-country" => Ok(state(RelationKind::OperatesIn, self.country(at)?)),
            "recipient-region" => Ok(state(RelationKind::OperatesIn, self.region(at)?)),
            "location" => Ok(state(RelationKind::OperatesIn, self.location(at)?)),
            "sector" => Ok(state(RelationKind::Addresses, self.sector(at)?)),
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
            name => Err(Silent::Unknown(shown(name))),
        }
    }

    pub(super) fn participating(&self, at: usize) -> Outcome<Vec<Statement>> {
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

    pub(super) fn related(&self, at: usize) -> Outcome<Vec<Statement>> {
        let kind = self.needed(at, "type")?;
        let is_parent = match kind.text.as_str() {
            "1" => true,
            "2" => false,
            "3" | "4" | "5" => return Err(Silent::Unmapped("related-activity of type 3 to 5")),
            other => return Err(Silent::Wrong(format!("has the type {other:?}; types are 1 to 5"))),
        };
        let other = project(self.needed(at, "ref")?)?;
        if self.is_body(&other.id) {
            return Err(Silent::Unmapped("related-activity that names an organization"));
        }
        let (subject, object) = if is_parent { (self.activity.clone(), other) } else { (other, self.activity.clone()) };
        let (trigger, qualifiers) = (Some(kind.span), Qualifiers::default());
        Ok(vec![Statement { kind: RelationKind::PartOf, subject, object, trigger, qualifiers }])
    }

    pub(super) fn status(&self, at: usize) -> Outcome<Vec<Statement>> {
        let code = self.needed(at, "code")?;
        match code.text.as_str() {
            "1" | "2" | "3" | "4" | "5" | "6" => Ok(Vec::new()),
            other => Err(Silent::Wrong(format!("has the code {other:?}; codes are 1 to 6"))),
        }
    }

    pub(super) fn activity_date(&self, at: usize) -> Outcome<Vec<Statement>> {
        let (date, kind) = (self.needed(at, "iso-date")?, self.needed(at, "type")?);
        if !matches!(kind.text.as_str(), "1" | "2" | "3" | "4") {
            return Err(Silent::Wrong(format!("has the type {:?}; types are 1 to 4", kind.text)));
        }
        day(&date.text).map(|_| Vec::new())
    }

    /// A statement of the activity about something, as long as the activity lasts.
    pub(super) fn state(&self, kind: RelationKind, object: Named, trigger: Option<Span>) -> Statement {
        let qualifiers = Qualifiers { date: self.date, modality: self.modality, ..Qualifiers::default() };
        Statement { kind, subject: self.activity.clone(), object, trigger, qualifiers }
    }

    pub(super) fn needed(&self, at: usize, attribute: &str) -> Outcome<&Placed> {
        self.tree.attribute(at, attribute).ok_or_else(|| Silent::Wrong(format!("has no {attribute}")))
    }
}

/// Whether an element within a transaction says where the activity works or what it is about.
fn is_of_activity(name: &str) -> bool {
    matches!(name, "recipient-country" | "recipient-region" | "sector")
}

/// The name of an element as it is counted.
fn shown(name: &str) -> String {
    const LONGEST: usize = 60;
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    name.chars().take(LONGEST).map(visible).collect()
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

pub(super) fn day(text: &str) -> Outcome<PartialDate> {
    // A time zone may stand behind a date in XML: 2012-04-15Z.
    let date = text.get(..10).filter(|_| text.is_ascii()).unwrap_or(text);
    let found = PartialDate::parse(date).filter(|date| date.year.is_some() && date.day.is_some());
    found.ok_or_else(|| Silent::Wrong(format!("has the date {text:?}; write dates as 2012-04-15")))
}
