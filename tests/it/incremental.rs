//! However a graph came about, it is what a clean start with the same documents and decisions gives: order does not matter, a document
//! counts once and leaves no trace when it is gone, a decision that is undone leaves none either.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use maillage::corpus;
use maillage::extract::extract;
use maillage::knowledge_base::{self, Judging, KnowledgeBase};
use maillage::model::{
    Annotations, Contribution, Decision, DecisionId, Document, EntityKind, LocalEntity, Mention, MentionForm,
    Qualifiers, RelationKind, RelationMention, ResolutionRule, RuleId, Signature, Span, Verdict,
};
use maillage::query;
use maillage::store::{MemoryStore, PostgresStore, SqliteStore, Store, Write};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::dump::{self, assert_same};
use crate::fixture::bare_document;
use crate::guarantees::{corpus_documents, corpus_folder, documents};

fn contribution(document: Document) -> Contribution {
    let annotations = Arc::new(extract(&document));
    Contribution { document: Arc::new(document), annotations, extractor: "test".into() }
}

/// What the corpus and the texts of all cases contribute.
fn contributions() -> &'static [Contribution] {
    static ALL: LazyLock<Vec<Contribution>> = LazyLock::new(|| documents().into_iter().map(contribution).collect());
    &ALL
}

fn signature() -> Signature {
    Signature { author: "ana".into(), reason: "a test".into(), at: Timestamp::UNIX_EPOCH }
}

fn empty() -> KnowledgeBase {
    KnowledgeBase::open(Box::new(MemoryStore::new()), &|_| {}).expect("a store in memory")
}

fn add(contribution: &Contribution) -> Write {
    Write::Add { contribution: contribution.clone(), input: None }
}

fn base_of<'c>(contributions: impl IntoIterator<Item = &'c Contribution>) -> KnowledgeBase {
    let base = empty();
    let writes: Vec<_> = contributions.into_iter().map(add).collect();
    base.write(&writes, &signature()).expect("written");
    base
}

fn dumped(base: &KnowledgeBase) -> String {
    let snapshot = base.snapshot();
    assert_eq!(query::check(&snapshot), [""; 0]);
    format!("{}{:#?}", dump::snapshot(&snapshot), base.candidates().expect("a store"))
}

fn read(paths: &[PathBuf]) -> KnowledgeBase {
    knowledge_base::read(paths, &|_| {}).expect("read").knowledge_base
}

#[test]
fn the_graph_of_the_corpus_and_all_cases_holds_what_it_promises() {
    let base = base_of(contributions());
    let snapshot = base.snapshot();
    assert!(snapshot.graph().relation_count() > 150);
    assert_eq!(query::check(&snapshot), [""; 0]);
}

#[test]
fn the_order_of_paths_does_not_matter() {
    let mut paths: Vec<_> = corpus::find(&[corpus_folder()]).inputs.into_iter().map(|input| input.path).collect();
    let expected = dumped(&read(&paths));
    assert!(expected.contains("Funds"), "{expected}");
    for turn in 0..paths.len() {
        paths.rotate_left(1);
        if turn % 2 == 0 {
            paths.reverse();
        }
        assert_same(&dumped(&read(&paths)), &expected);
    }
    assert_same(&dumped(&read(&[corpus_folder()])), &expected);
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| dumped(&read(&[corpus_folder()])))
    };
    assert_same(&on(1), &on(7));
}

#[test]
fn a_document_given_twice_counts_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read(corpus_folder().join("000_00632b965ebe82c2.txt")).expect("a document");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.txt"), &text).expect("a file");
    let once = dumped(&read(&[path("a.txt")]));
    fs::write(path("b.txt"), &text).expect("a file");
    let twice = read(&[folder.path().to_owned(), path("a.txt"), path("b.txt")]);
    assert_same(&dumped(&twice), &once);
    assert_eq!(twice.snapshot().graph().document_count(), 1);
}

#[test]
fn removing_a_document_equals_never_having_had_it() {
    let all = contributions();
    let full = base_of(all);
    let whole = dumped(&full);
    for at in (0..all.len()).step_by(23).chain(0..corpus_documents().len()) {
        let gone = &all[at].document.id;
        full.withdraw(gone, &signature()).expect("written");
        let never = base_of(all.iter().rev().filter(|contribution| contribution.document.id != *gone));
        let left = dumped(&full);
        assert_same(&left, &dumped(&never));
        assert!(whole.contains(gone.as_str()) && !left.contains(gone.as_str()), "{gone}");
        full.write(&[add(&all[at])], &signature()).expect("written");
    }
    assert_same(&dumped(&full), &whole);
}

#[test]
fn a_store_opened_again_gives_the_same_graph() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_opens_again(&|| Box::new(SqliteStore::open(folder.path()).expect("a store")));
    if let Some(address) = crate::store::database() {
        assert_opens_again(&|| Box::new(PostgresStore::open(&address).expect("a store")));
    }
}

fn assert_opens_again(open: &dyn Fn() -> Box<dyn Store>) {
    let base = KnowledgeBase::open(open(), &|_| {}).expect("opened");
    let writes: Vec<_> = contributions().iter().map(add).collect();
    base.write(&writes, &signature()).expect("written");
    let before = (dumped(&base), base.snapshot().version());
    drop(base);
    let again = KnowledgeBase::open(open(), &|_| {}).expect("opened");
    assert_same(&dumped(&again), &before.0);
    assert_eq!(again.snapshot().version(), before.1);
}

/// Things that join, refuse to join, or only look alike: kind, name, aliases, country, whether it is named.
type Thing = (EntityKind, &'static str, &'static [&'static str], Option<&'static str>, bool);

const THINGS: [Thing; 25] = [
    (EntityKind::Organization, "RRCOM", &[], None, true),
    (EntityKind::Organization, "Réseau rural de la commune", &["RRCOM"], None, true),
    (EntityKind::Organization, "ministère de la Santé", &[], None, true),
    (EntityKind::Organization, "Ministry of Health", &[], Some("ML"), true),
    (EntityKind::Person, "Awa Diop", &[], None, true),
    (EntityKind::Country, "Mali", &[], Some("ML"), true),
    (EntityKind::Country, "Costa Rica", &[], Some("CR"), true),
    (EntityKind::Organization, "OIM Mali", &[], None, true),
    (EntityKind::Organization, "Réseau régional de la côte", &["RRC"], None, true),
    (EntityKind::Organization, "RRC", &[], None, true),
    (EntityKind::Organization, "Rassemblement rural du centre", &["RRC"], Some("ML"), true),
    (EntityKind::Organization, "RRC", &[], Some("ML"), true),
    (EntityKind::Organization, "Agence du Nord", &["Agence", "ADN"], None, true),
    (EntityKind::Organization, "ADN", &["Agence du Nord"], None, true),
    (EntityKind::Place, "San José", &[], None, true),
    (EntityKind::Place, "San José", &[], Some("CR"), true),
    (EntityKind::Place, "San José", &[], Some("US"), true),
    (EntityKind::Project, "Porte ouverte", &["PO"], None, true),
    (EntityKind::Project, "PO", &[], None, true),
    (EntityKind::Project, "un projet de puits", &[], None, false),
    (EntityKind::Event, "atelier de mai", &[], None, false),
    (EntityKind::Person, "Awa Sow", &["Sow"], None, true),
    (EntityKind::Person, "A. Sow", &["Sow"], None, true),
    (EntityKind::Organization, "Comité de la côte", &["RRC", "Comité"], None, true),
    (EntityKind::Organization, "Association du nivellement", &["ADN"], None, true),
];

const KINDS: [RelationKind; 5] = [
    RelationKind::Funds,
    RelationKind::PartnersWith,
    RelationKind::Implements,
    RelationKind::LocatedIn,
    RelationKind::WorksFor,
];

/// A made-up document: some of the things, and statements between them as far as the ontology allows.
fn made_up(number: usize, things: &[usize], statements: &[(usize, usize, usize, u8)]) -> Contribution {
    let (mut text, mut locals, mut place) = (format!("Texte {number}."), Vec::new(), BTreeMap::new());
    for at in things {
        let (kind, name, aliases, country, named) = THINGS[*at];
        text.push(' ');
        let span = Span::new(text.len(), text.len() + name.len());
        text.push_str(name);
        place.entry(*at).or_insert(locals.len());
        locals.push(LocalEntity {
            kind,
            name: name.into(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
            registry: None,
            source_id: None,
            named,
            country: country.map(str::to_owned),
            mentions: vec![Mention { span, form: MentionForm::Name, rule: RuleId::new("test/name") }],
        });
    }
    let whole = Span::new(0, text.len());
    let mut relations = Vec::new();
    for (kind, subject, object, strength) in statements {
        let kind = KINDS[*kind % KINDS.len()];
        let (subject, object) = (things[*subject % things.len()], things[*object % things.len()]);
        let allowed = maillage::ontology::ontology().allows(kind, THINGS[subject].0, THINGS[object].0);
        let (subject, object) = (place[&subject], place[&object]);
        if !allowed || subject == object {
            continue;
        }
        let span = |at: usize| -> Span { locals[at].mentions[0].span };
        let qualifiers = Qualifiers {
            role: strength.is_multiple_of(3).then(|| format!("rôle {strength}")),
            amount: strength.is_multiple_of(5).then(|| f64::from(*strength)),
            currency: strength.is_multiple_of(5).then(|| "EUR".to_owned()),
            ..Qualifiers::default()
        };
        relations.push(RelationMention {
            kind,
            subject,
            object,
            subject_span: span(subject),
            object_span: span(object),
            trigger: None,
            qualifiers,
            confidence: f32::from(*strength % 4 + 1) / 4.0,
            evidence: vec![whole],
            rule: RuleId::new("test/rule"),
        });
    }
    let document = bare_document(&number.to_string(), text);
    let annotations = Arc::new(Annotations { document: document.id.clone(), entities: locals, relations });
    Contribution { document: Arc::new(document), annotations, extractor: "test".into() }
}

fn any_contribution(number: usize) -> impl Strategy<Value = Contribution> {
    let things = prop::sample::subsequence((0..THINGS.len()).collect::<Vec<_>>(), 1..7);
    let statements = prop::collection::vec((0..5_usize, 0..7_usize, 0..7_usize, 0..20_u8), 0..6);
    (things, statements).prop_map(move |(things, statements)| made_up(number, &things, &statements))
}

/// Something that is done to a knowledge base.
#[derive(Clone, Debug)]
enum Act {
    Add(Vec<usize>),
    AddAnew(usize),
    Withdraw(usize),
    Decide(usize, Index, Index),
    Undo(Index),
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => prop::collection::vec(0..DOCUMENTS, 1..4).prop_map(Act::Add),
        1 => (0..DOCUMENTS).prop_map(Act::AddAnew),
        2 => (0..DOCUMENTS).prop_map(Act::Withdraw),
        3 => (0..4_usize, any::<Index>(), any::<Index>()).prop_map(|(verdict, a, b)| Act::Decide(verdict, a, b)),
        1 => any::<Index>().prop_map(Act::Undo),
    ]
}

const DOCUMENTS: usize = 8;

/// A knowledge base, and what should be in it.
struct Model {
    base: KnowledgeBase,
    there: BTreeMap<usize, Contribution>,
    decisions: Vec<Decision>,
}

impl Model {
    fn act(&mut self, act: &Act, first: &[Contribution], second: &[Contribution]) {
        let write = |writes: &[Write]| self.base.write(writes, &signature()).expect("written");
        match act {
            Act::Add(numbers) => {
                let new: Vec<_> = numbers.iter().filter(|number| !self.there.contains_key(number)).collect();
                write(&new.iter().map(|number| add(&first[**number])).collect::<Vec<_>>());
                self.there.extend(new.into_iter().map(|number| (*number, first[*number].clone())));
            }
            Act::AddAnew(number) => {
                write(&[add(&second[*number])]);
                self.there.insert(*number, second[*number].clone());
            }
            Act::Withdraw(number) => {
                write(&[Write::Withdraw(first[*number].document.id.clone())]);
                self.there.remove(number);
            }
            Act::Decide(verdict, one, other) => self.decide(Verdict::ALL[*verdict], *one, *other),
            Act::Undo(which) if !self.decisions.is_empty() => {
                let decision = self.decisions.remove(which.index(self.decisions.len()));
                write(&[Write::Undo(decision.id)]);
            }
            Act::Undo(_) => {}
        }
    }

    fn decide(&mut self, verdict: Verdict, one: Index, other: Index) {
        let snapshot = self.base.snapshot();
        let mut ids: Vec<_> = snapshot.graph().entities().map(|entity| entity.id.to_string()).collect();
        ids.extend(snapshot.graph().entities().flat_map(|entity| &entity.merged_ids).map(ToString::to_string));
        let relations: Vec<_> = snapshot.graph().relations().map(|relation| relation.id.to_string()).collect();
        if ids.is_empty() {
            return;
        }
        let about_relation = matches!(verdict, Verdict::Confirmed | Verdict::Rejected) && one.index(3) > 0;
        let judging = match verdict {
            Verdict::Same | Verdict::Different => {
                Judging { verdict, entities: vec![one.get(&ids).clone(), other.get(&ids).clone()], relation: None }
            }
            _ if about_relation && !relations.is_empty() => {
                Judging { verdict, entities: Vec::new(), relation: Some(other.get(&relations).clone()) }
            }
            _ => Judging { verdict, entities: vec![one.get(&ids).clone()], relation: None },
        };
        if let Ok((decision, written)) = self.base.decide(&judging, &signature()).expect("written")
            && !written.entries.is_empty()
        {
            self.decisions.push(decision);
        }
    }

    /// A clean start with what should be in it, in another order: a store that is written and then opened.
    fn rebuilt(&self) -> KnowledgeBase {
        let mut store = MemoryStore::new();
        let decisions = self.decisions.iter().rev().map(|decision| Write::Decide(decision.clone()));
        let documents = self.there.values().rev().map(add);
        for write in documents.chain(decisions) {
            store.append(&[write], &signature()).expect("written");
        }
        KnowledgeBase::open(Box::new(store), &|_| {}).expect("a store in memory")
    }
}

#[test]
fn what_an_entity_was_joined_by_is_what_holds_it_now() {
    let there = [(0, 13), (1, 2), (2, 12), (3, 24)].map(|(number, thing)| made_up(number, &[thing], &[]));
    let id_of = |thing: &Contribution| maillage::resolve::identify(&thing.document, &thing.annotations)[0].to_string();
    let [acronym, ministry, agency, _] = there.each_ref().map(id_of);
    let begin = || Model { base: empty(), there: BTreeMap::new(), decisions: Vec::new() };
    let act = |model: &mut Model, act: Act| model.act(&act, &there, &there);
    let judge = |model: &mut Model, verdict, entities: [&String; 2]| {
        let judging = Judging { verdict, entities: entities.map(String::clone).into(), relation: None };
        let (decision, _) = model.base.decide(&judging, &signature()).expect("written").expect("no contradiction");
        model.decisions.push(decision);
    };
    let assert_joined = |model: &Model, by: ResolutionRule| {
        let snapshot = model.base.snapshot();
        let from = snapshot.graph().entities().flat_map(|entity| entity.resolved_from.clone());
        let joined: Vec<_> = from.filter(|from| from.id.as_str() == acronym).map(|from| from.joined).collect();
        assert_eq!(joined, [Some(by)]);
        assert_same(&dumped(&model.base), &dumped(&model.rebuilt()));
    };

    let mut model = begin();
    act(&mut model, Act::Add(vec![0, 1]));
    judge(&mut model, Verdict::Same, [&acronym, &ministry]);
    assert_joined(&model, ResolutionRule::Decision);
    act(&mut model, Act::Add(vec![2]));
    assert_joined(&model, ResolutionRule::OnlyCandidate);
    // What the rules propose contradicts a decision now.
    judge(&mut model, Verdict::Different, [&agency, &ministry]);
    assert_joined(&model, ResolutionRule::Decision);
    act(&mut model, Act::Withdraw(2));
    assert_joined(&model, ResolutionRule::Decision);

    // A second candidate comes: nothing moves, for decisions hold all three.
    let mut model = begin();
    act(&mut model, Act::Add(vec![0, 1, 2]));
    judge(&mut model, Verdict::Same, [&acronym, &ministry]);
    judge(&mut model, Verdict::Same, [&agency, &ministry]);
    assert_joined(&model, ResolutionRule::OnlyCandidate);
    act(&mut model, Act::Add(vec![3]));
    assert_joined(&model, ResolutionRule::Decision);
    act(&mut model, Act::Withdraw(3));
    assert_joined(&model, ResolutionRule::OnlyCandidate);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(120) })]

    #[test]
    fn any_history_equals_a_clean_start(
        first in (0..DOCUMENTS).map(any_contribution).collect::<Vec<_>>(),
        second in (0..DOCUMENTS).map(any_contribution).collect::<Vec<_>>(),
        acts in prop::collection::vec(any_act(), 1..25),
    ) {
        let mut model = Model { base: empty(), there: BTreeMap::new(), decisions: Vec::new() };
        for act in &acts {
            let before = model.base.snapshot();
            let was = dump::snapshot(&before);
            model.act(act, &first, &second);
            assert_same(&dump::snapshot(&before), &was);
            assert_same(&dumped(&model.base), &dumped(&model.rebuilt()));
        }
        // Undone, decisions leave no trace.
        for decision in std::mem::take(&mut model.decisions) {
            let id: DecisionId = decision.id;
            model.base.write(&[Write::Undo(id)], &signature()).expect("written");
        }
        assert_same(&dumped(&model.base), &dumped(&base_of(model.there.values())));
        // Withdrawn, documents leave none either.
        for contribution in model.there.values() {
            model.base.withdraw(&contribution.document.id, &signature()).expect("written");
        }
        assert_same(&dumped(&model.base), &dumped(&empty()));
    }
}
