//! What a store promises, of each of them: the same writes give the same answers, and a store in a file or on a server gives them after it
//! was opened again.

use std::sync::Arc;

use maillage::error::Error;
use maillage::extract::extract;
use maillage::model::{Contribution, Decision, DocumentId, Event, LogEntry, Stored, WithdrawalCause};
use maillage::store::{MemoryStore, PostgresStore, SqliteStore, Store, StoreAddress, Token, Write};
use proptest::prelude::*;

use crate::guarantees::documents;
use crate::made_up::{self, SMALL, change, contribution, decision, file, id, moment, signature};

/// Everything that can be asked.
#[derive(Debug, PartialEq)]
pub(crate) struct Whole {
    pub(crate) entries: Vec<LogEntry>,
    pub(crate) stored: Vec<Stored>,
    pub(crate) documents: Vec<(DocumentId, String)>,
    pub(crate) inputs: Vec<(String, DocumentId)>,
    pub(crate) decisions: Vec<(u64, Decision)>,
    pub(crate) tokens: Vec<Token>,
}

/// Every document that is stored, in the order of ids.
pub(crate) fn all_stored(store: &dyn Store) -> Vec<Stored> {
    let mut stored = Vec::new();
    let mut keep = |one| {
        stored.push(one);
        Ok(())
    };
    store.visit(&mut keep).unwrap();
    stored.sort_by(|a, b| a.contribution.document.id.cmp(&b.contribution.document.id));
    stored
}

pub(crate) fn whole(store: &dyn Store) -> Whole {
    let stored = all_stored(store);
    Whole {
        entries: store.entries(0, usize::MAX).unwrap(),
        stored,
        documents: store.documents().unwrap(),
        inputs: store.inputs().unwrap(),
        decisions: store.decisions().unwrap(),
        tokens: store.tokens().unwrap(),
    }
}

/// Runs a test on a store of each sort.
fn each(test: impl Fn(&mut dyn Store)) {
    test(&mut MemoryStore::new());
    let folder = tempfile::tempdir().unwrap();
    test(&mut SqliteStore::open(folder.path()).unwrap());
    if let Some(address) = database() {
        test(&mut PostgresStore::open(&address).unwrap());
    }
}

/// An empty database on a server of the tests' own, where there is one.
pub(crate) fn database() -> Option<StoreAddress> {
    #[cfg(unix)]
    let address = crate::postgres::database().map(|database| database.address);
    #[cfg(not(unix))]
    let address: Option<String> = None;
    address.map(|address| StoreAddress::parse(&address, None).unwrap())
}

fn add(document: u64, extractor: u64, input: Option<&str>) -> Write {
    Write::Add { contribution: contribution(document, extractor, &SMALL), input: input.map(str::to_owned) }
}

/// Appends as somebody, and gives what was written.
fn events(store: &mut dyn Store, writes: &[Write]) -> Vec<Event> {
    let head = store.head().unwrap();
    let by = signature(head);
    let entries = store.append(writes, &by).unwrap();
    assert_eq!(store.entries(head, usize::MAX).unwrap(), entries);
    assert_eq!(store.head().unwrap(), head + entries.len() as u64);
    for (entry, version) in entries.iter().zip(head + 1..) {
        assert_eq!((entry.version, &entry.signature), (version, &by));
    }
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    entries.into_iter().map(|entry| entry.event).collect()
}

#[test]
fn an_empty_store_has_nothing() {
    each(|store| {
        assert_eq!(store.head().unwrap(), 0);
        let nothing = Whole {
            entries: vec![],
            stored: vec![],
            documents: vec![],
            inputs: vec![],
            decisions: vec![],
            tokens: vec![],
        };
        assert_eq!(whole(store), nothing);
        assert_eq!((store.stored(&id(1)).unwrap(), store.withdrawal(&id(1)).unwrap()), (None, None));
        let undone =
            [Write::Withdraw(id(1)), Write::Undo(decision(1).id), Write::Link { input: file(1), document: id(1) }];
        assert_eq!(events(store, &undone), []);
        assert_eq!(events(store, &[]), []);
    });
}

#[test]
fn a_document_is_added_once_and_extracted_anew() {
    each(|store| {
        assert_eq!(events(store, &[add(1, 0, Some("a")), add(2, 0, None)]), [Event::Added(id(1)), Event::Added(id(2))]);
        assert_eq!(events(store, &[add(1, 0, Some("b")), add(1, 0, Some("a"))]), []);
        let links = [("a".to_owned(), id(1)), ("b".to_owned(), id(1))];
        assert_eq!(store.inputs().unwrap(), links);
        assert_eq!(events(store, &[add(1, 1, Some("a"))]), [Event::Extracted(id(1))]);
        let stored = store.stored(&id(1)).unwrap().unwrap();
        assert_eq!(stored, Stored { contribution: contribution(1, 1, &SMALL), added: 1, added_at: moment(0) });
        let versions: Vec<_> = store.documents().unwrap().into_iter().map(|(_, version)| version).collect();
        assert_eq!(versions.len(), 2);
        assert!(versions.contains(&"0.1.0".to_owned()) && versions.contains(&"0.0.0".to_owned()));
        assert_eq!(store.inputs().unwrap(), links);
    });
}

#[test]
fn a_document_goes_when_its_last_file_goes() {
    each(|store| {
        let unlink = |input: &str, gone| Write::Unlink { input: input.to_owned(), document: id(1), gone };
        events(store, &[add(1, 0, Some("a")), Write::Link { input: "b".to_owned(), document: id(1) }]);
        assert_eq!(events(store, &[unlink("a", true), unlink("c", true)]), []);
        assert_eq!(events(store, &[unlink("b", false)]), [Event::Withdrawn(id(1), WithdrawalCause::Changed)]);
        assert_eq!(store.stored(&id(1)).unwrap(), None);
        assert_eq!(store.withdrawal(&id(1)).unwrap(), None, "nobody asked for it");
        assert_eq!(events(store, &[add(1, 0, Some("a"))]), [Event::Added(id(1))]);
        assert_eq!(events(store, &[unlink("a", true)]), [Event::Withdrawn(id(1), WithdrawalCause::Gone)]);
        assert_eq!(events(store, &[unlink("a", true)]), []);
    });
}

#[test]
fn what_was_given_without_a_file_stays_until_it_is_withdrawn() {
    each(|store| {
        let unlink = Write::Unlink { input: "a".to_owned(), document: id(1), gone: true };
        events(store, &[add(1, 0, Some("a")), add(1, 0, None), unlink.clone()]);
        assert_eq!(store.inputs().unwrap(), []);
        assert!(store.stored(&id(1)).unwrap().is_some());
        // A file named by nothing is a file like any other.
        events(store, &[add(2, 0, Some("")), Write::Unlink { input: String::new(), document: id(2), gone: true }]);
        assert_eq!(store.stored(&id(2)).unwrap(), None);
        assert_eq!(events(store, &[Write::Withdraw(id(1))]), [Event::Withdrawn(id(1), WithdrawalCause::Request)]);
        // It comes back as one that has never been there: by its file alone.
        let back = [Event::Added(id(1)), Event::Withdrawn(id(1), WithdrawalCause::Gone)];
        assert_eq!(events(store, &[add(1, 0, Some("a")), unlink]), back);
    });
}

#[test]
fn a_withdrawal_on_request_is_remembered_until_the_document_comes_back() {
    each(|store| {
        events(store, &[add(1, 0, Some("a")), add(2, 0, Some("b"))]);
        events(store, &[Write::Withdraw(id(1)), Write::Withdraw(id(1))]);
        events(store, &[Write::Decide(decision(1)), Write::Withdraw(id(3))]);
        let entry = store.withdrawal(&id(1)).unwrap().unwrap();
        assert_eq!((entry.version, entry.signature), (3, signature(2)));
        assert_eq!(store.withdrawal(&id(2)).unwrap(), None);
        assert_eq!(store.inputs().unwrap(), [("b".to_owned(), id(2))]);
        events(store, &[add(1, 0, Some("a"))]);
        assert_eq!(store.withdrawal(&id(1)).unwrap(), None);
        events(store, &[Write::Withdraw(id(1))]);
        assert_eq!(store.withdrawal(&id(1)).unwrap().unwrap().version, 6);
    });
}

#[test]
fn a_decision_is_in_force_until_it_is_undone() {
    each(|store| {
        let (one, two) = (decision(0), decision(4));
        let made = [Event::Decided(one.clone()), Event::Decided(two.clone())];
        assert_eq!(
            events(store, &[Write::Decide(one.clone()), Write::Decide(two.clone()), Write::Decide(one.clone())]),
            made
        );
        assert_eq!(
            events(store, &[Write::Undo(one.id.clone()), Write::Undo(one.id.clone())]),
            [Event::Undone(one.id.clone())]
        );
        assert_eq!(store.decisions().unwrap(), [(2, two.clone())]);
        assert_eq!(events(store, &[Write::Decide(one.clone())]), [Event::Decided(one.clone())]);
        assert_eq!(store.decisions().unwrap(), [(2, two.clone()), (4, one.clone())]);
        // As it was after each entry.
        let at = |version| store.decisions_at(version).unwrap();
        assert_eq!((at(0), at(1)), (vec![], vec![(1, one.clone())]));
        assert_eq!((at(2), at(3)), (vec![(1, one.clone()), (2, two.clone())], vec![(2, two.clone())]));
        assert_eq!((at(4), at(99)), (vec![(2, two.clone()), (4, one.clone())], vec![(2, two), (4, one)]));
    });
}

#[test]
fn tokens_are_kept_by_name() {
    each(|store| {
        let token = |name: &str| Token { name: name.to_owned(), digest: "0a".repeat(32), created_at: moment(7) };
        ["zoé", "ana"].iter().for_each(|name| store.add_token(&token(name)).unwrap());
        assert_eq!(store.tokens().unwrap(), [token("ana"), token("zoé")]);
        assert!(matches!(store.add_token(&token("ana")), Err(Error::TokenExists(name)) if name == "ana"));
        assert!(store.revoke_token("ana").unwrap() && !store.revoke_token("ana").unwrap());
        assert_eq!(store.tokens().unwrap(), [token("zoé")]);
        assert_eq!((store.head().unwrap(), store.check().unwrap()), (0, vec![]));
    });
}

#[test]
fn entries_come_in_pages() {
    each(|store| {
        events(store, &(0..9).map(|number| Write::Decide(decision(number))).collect::<Vec<_>>());
        let page =
            |after, most| store.entries(after, most).unwrap().iter().map(|entry| entry.version).collect::<Vec<_>>();
        assert_eq!((page(0, 2), page(7, 5), page(9, 5), page(u64::MAX, 1)), (vec![1, 2], vec![8, 9], vec![], vec![]));
        assert!(page(3, 0).is_empty());
    });
}

#[test]
fn a_visit_ends_where_it_is_told_to_and_may_ask_meanwhile() {
    each(|store| {
        events(store, &(0..5).map(|number| add(number, 0, None)).collect::<Vec<_>>());
        let mut seen = Vec::new();
        let ended = store.visit(&mut |one| {
            let id = one.contribution.document.id.clone();
            assert_eq!(store.stored(&id)?.as_ref(), Some(&one));
            seen.push(id);
            if seen.len() == 3 { Err(Error::Query) } else { Ok(()) }
        });
        assert!(matches!(ended, Err(Error::Query)));
        assert_eq!(seen.len(), 3);
        assert_eq!(events(store, &[Write::Withdraw(seen[0].clone())]).len(), 1);
    });
}

#[test]
fn extractions_come_back_as_they_were() {
    let contribution = |document: maillage::model::Document| {
        let annotations = Arc::new(extract(&document));
        Contribution { document: Arc::new(document), annotations, extractor: Arc::from("test") }
    };
    let contributions: Vec<_> = documents().into_iter().map(contribution).collect();
    let writes = contributions.iter().map(|one| Write::Add { contribution: one.clone(), input: None });
    let writes: Vec<_> = writes.collect();
    each(|store| {
        store.append(&writes, &signature(0)).unwrap();
        assert_eq!(store.append(&writes, &signature(1)).unwrap(), [], "equal, so nothing is written");
        let mut expected = contributions.clone();
        expected.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        let back: Vec<_> = whole(store).stored.into_iter().map(|one| one.contribution).collect();
        assert!(back.len() > 500 && back == expected);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    });
}

/// All stores after the same writes, and those that last once more after they were opened again.
fn assert_alike(appends: &[Vec<(u8, u64, u64)>]) {
    let folder = tempfile::tempdir().unwrap();
    let open = || SqliteStore::open(folder.path()).unwrap();
    assert_as_in_memory(appends, &open, &|| SqliteStore::open_read_only(folder.path()).unwrap());
    if let Some(address) = database() {
        let open = || PostgresStore::open(&address).unwrap();
        assert_as_in_memory(appends, &open, &|| PostgresStore::open_read_only(&address).unwrap());
    }
}

fn assert_as_in_memory<S: Store>(appends: &[Vec<(u8, u64, u64)>], open: &dyn Fn() -> S, read: &dyn Fn() -> S) {
    let mut memory = MemoryStore::new();
    let mut file = open();
    for (number, changes) in (0..).zip(appends) {
        let writes: Vec<_> =
            changes.iter().map(|(sort, document, variant)| change(*sort, *document, *variant)).collect();
        let by = signature(number);
        assert_eq!(memory.append(&writes, &by).unwrap(), file.append(&writes, &by).unwrap());
        for number in 0..6 {
            assert_eq!(memory.withdrawal(&id(number)).unwrap(), file.withdrawal(&id(number)).unwrap());
        }
    }
    let expected = whole(&memory);
    assert_eq!(whole(&file), expected);
    // Numbers that are equal may still differ in their bits.
    assert_eq!(format!("{:?}", whole(&file)), format!("{expected:?}"));
    drop(file);
    let again = open();
    assert_eq!(whole(&again), expected);
    assert_eq!((again.check().unwrap(), memory.check().unwrap()), (vec![], vec![]));
    assert_eq!(whole(&read()), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_writes_give_the_same_store(
        appends in proptest::collection::vec(proptest::collection::vec((0..8_u8, 0..6_u64, 0..4_u64), 0..8), 1..8)
    ) {
        assert_alike(&appends);
    }
}

#[test]
fn made_up_documents_have_all_that_can_be_stored() {
    let all: Vec<_> = (0..60).map(|number| contribution(number, 0, &SMALL)).collect();
    let some = |has: fn(&Contribution) -> bool| assert!(all.iter().any(has) && !all.iter().all(has));
    some(|one| one.document.url.is_some());
    some(|one| one.document.published.is_some());
    some(|one| one.annotations.relations.iter().any(|relation| relation.qualifiers.amount.is_some()));
    some(|one| one.annotations.relations.iter().any(|relation| relation.trigger.is_none()));
    some(|one| one.annotations.entities.iter().all(|entity| entity.aliases.is_empty()));
    assert_eq!(made_up::batch(1, 2), made_up::batch(1, 2));
}
