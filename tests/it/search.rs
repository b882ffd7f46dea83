//! Search against the most obvious way of doing it, over random names and texts; and what it promises to people, one thing a test.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use maillage::model::{
    Annotations, Belonging, Changes, Contribution, DocumentId, Entity, EntityId, EntityKind, Language, LocalEntity,
    Mention, MentionForm, RuleId, Section, SectionKind, Span, Stored, fold,
};
use maillage::query::{self, Exactness, Fields, PageRequest, SearchQuestion, SentenceHit};
use maillage::snapshot::{Draft, Snapshot};
use maillage::text::{TextPack, find_sentences};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::dump;
use crate::fixture::bare_document;

/// What one document brings: its text, and an entity with these names that its first word mentions.
fn piece(number: usize, text: &str, names: &[String]) -> Changes {
    let mut document = bare_document(&number.to_string(), text.to_owned());
    document.sections = vec![Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let mention = Mention { span: Span::new(0, word), form: MentionForm::Name, rule: RuleId::new("test/rule") };
    let kind = if number.is_multiple_of(2) { EntityKind::Organization } else { EntityKind::Place };
    let entity = entity(number, kind, names);
    let local = LocalEntity {
        kind,
        name: entity.name.clone(),
        aliases: BTreeSet::new(),
        registry: None,
        source_id: None,
        named: true,
        country: None,
        mentions: vec![mention],
    };
    let id = document.id.clone();
    let annotations = Annotations { document: id.clone(), entities: vec![local], relations: Vec::new() };
    let contribution =
        Contribution { document: Arc::new(document), annotations: Arc::new(annotations), extractor: "test".into() };
    let added_at = "2026-01-01T00:00:00Z".parse().expect("a time");
    let belonging = Belonging { mentions: vec![(0, entity.id.clone())], ..Belonging::of(id) };
    Changes {
        added: vec![Stored { contribution, added: 1, added_at }],
        attached: vec![belonging],
        entities: vec![entity],
        ..Changes::default()
    }
}

fn entity(number: usize, kind: EntityKind, names: &[String]) -> Entity {
    Entity {
        id: EntityId::from_text(format!("thing:{number:03}")),
        kind,
        name: names[0].clone(),
        names: BTreeMap::new(),
        aliases: names[1..].iter().cloned().collect(),
        external_ids: BTreeMap::new(),
        named: true,
        country: None,
        merged_ids: BTreeSet::new(),
        resolved_from: Vec::new(),
        confirmed: false,
    }
}

/// What takes such a document out again.
fn gone(number: usize, text: &str, names: &[String]) -> Changes {
    let piece = piece(number, text, names);
    let removed = [DocumentId::of_bytes(number.to_string().as_bytes())].into();
    Changes { detached: piece.attached, removed, ..Changes::default() }
}

fn joined(pieces: impl IntoIterator<Item = Changes>) -> Changes {
    let mut all = Changes::default();
    for piece in pieces {
        all.added.extend(piece.added);
        all.attached.extend(piece.attached);
        all.entities.extend(piece.entities);
    }
    all
}

/// A snapshot of documents with these texts, each with an entity of these names.
fn snapshot_of(things: &[(String, Vec<String>)]) -> Snapshot {
    let pieces = things.iter().enumerate().map(|(number, (text, names))| piece(number, text, names));
    Draft::of(joined(pieces)).snapshot(1)
}

fn named(names: &[Vec<String>]) -> Snapshot {
    snapshot_of(&names.iter().map(|names| ("Texte.".to_owned(), names.clone())).collect::<Vec<_>>())
}

fn question(text: &str) -> SearchQuestion {
    let fields = Fields { names: true, sentences: true };
    SearchQuestion { text: text.into(), kinds: Vec::new(), languages: Vec::new(), fields }
}

fn all() -> PageRequest {
    PageRequest { count: true, ..PageRequest::first(100) }
}

/// The ids of the entities found, the best first, each with the name that fits.
fn found(snapshot: &Snapshot, text: &str) -> Vec<(String, String)> {
    let page = query::search(snapshot, &question(text), &all()).expect("an answer").page;
    let id = |hit: &query::NameHit| snapshot.graph().entity(hit.entity).id.to_string();
    page.items.into_iter().map(|item| (id(&item.row), item.row.name)).collect()
}

fn ids(snapshot: &Snapshot, text: &str) -> BTreeSet<String> {
    found(snapshot, text).into_iter().map(|(id, _)| id).collect()
}

fn sentences(snapshot: &Snapshot, text: &str) -> Vec<SentenceHit> {
    let page = query::search_sentences(snapshot, &question(text), &all()).expect("an answer");
    assert_eq!(page.total, Some(page.items.len()), "{text}");
    page.items.into_iter().map(|item| item.row).collect()
}

fn texts_of(hits: &[SentenceHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.sentence.text.as_str()).collect()
}

/// Whether so many letters added, dropped, changed or swapped with their neighbour make one word of the other, no letter touched twice;
/// by trying all.
fn within(a: &[char], b: &[char], most: usize) -> bool {
    match (a, b) {
        ([], rest) | (rest, []) => rest.len() <= most,
        ([x, a_rest @ ..], [y, b_rest @ ..]) if x == y => within(a_rest, b_rest, most),
        _ if most == 0 => false,
        ([_, a_rest @ ..], [_, b_rest @ ..]) => {
            let one = within(a_rest, b, most - 1) || within(a, b_rest, most - 1) || within(a_rest, b_rest, most - 1);
            let swapped = matches!((a, b), ([w, x, ..], [y, z, ..]) if w == z && x == y);
            one || swapped && within(&a[2..], &b[2..], most - 1)
        }
    }
}

/// How many errors a word may have.
fn allowed(typed: &str) -> usize {
    match typed.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Whether every typed word is a word of the text, or the last begins one, or has no more typing errors than that.
fn has_all(text: &str, typed: &[String], most: impl Fn(usize, &str) -> usize) -> bool {
    let folded = fold(text);
    let letters = |word: &str| word.chars().collect::<Vec<_>>();
    let fits = |(number, one): (usize, &String)| {
        let unfinished = number + 1 == typed.len() && one.chars().count() >= 2;
        folded.split(' ').any(|word| {
            unfinished && word.starts_with(one.as_str()) || within(&letters(one), &letters(word), most(number, one))
        })
    };
    typed.iter().enumerate().all(fits)
}

/// Words that are often near each other, and not articles.
fn word() -> impl Strategy<Value = String> {
    "[bcú]{1,3}|[bcú]{4,9}"
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "))
}

fn names() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(name(), 1..3), 1..40)
}

/// Some words of a name in another order, with some letters wrong.
fn mistyped(name: &str, order: &[Index], slips: &[(Index, u8)]) -> Vec<String> {
    let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
    let mut typed: Vec<String> = order.iter().map(|at| at.get(&words).clone()).collect();
    for (at, slip) in slips {
        let word = at.index(typed.len());
        let mut letters: Vec<char> = typed[word].chars().collect();
        let place = at.index(letters.len());
        match slip % 4 {
            0 => letters.insert(place, 'b'),
            1 if letters.len() > 1 => drop(letters.remove(place)),
            2 => letters[place] = 'c',
            _ => {
                let next = (place + 1) % letters.len();
                letters.swap(place, next);
            }
        }
        typed[word] = letters.into_iter().collect();
    }
    typed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_entity_whose_name_has_all_words_is_found_and_no_other(
        names in names(),
        which in any::<Index>(),
        order in prop::collection::vec(any::<Index>(), 1..3),
        slips in prop::collection::vec((any::<Index>(), any::<u8>()), 0..3),
    ) {
        let snapshot = named(&names);
        let typed = mistyped(&which.get(&names)[0], &order, &slips);
        let fitting = names.iter().enumerate().filter(|(_, names)| names.iter().any(|name| has_all(name, &typed, |_, word| allowed(word))));
        let expected: BTreeSet<_> = fitting.map(|(number, _)| format!("thing:{number:03}")).collect();
        let found = found(&snapshot, &typed.join(" "));
        prop_assert_eq!(found.iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>(), expected, "{:?}", typed);
        prop_assert!(found.iter().all(|(_, name)| has_all(name, &typed, |_, word| allowed(word))), "the name given is one that fits");
        let whole = names.iter().flatten().any(|name| fold(name) == typed.join(" "));
        prop_assert!(!whole || fold(&found[0].1) == typed.join(" "), "a whole name comes first");
    }

    #[test]
    fn a_name_is_suggested_when_it_has_the_words_and_one_that_begins_so(
        names in names(),
        which in any::<Index>(),
        order in prop::collection::vec(any::<Index>(), 1..3),
        length in 1..5_usize,
    ) {
        let snapshot = named(&names);
        let mut typed = mistyped(&which.get(&names)[0], &order, &[]);
        let last = typed.pop().expect("a word").chars().take(length).collect::<String>();
        let fits = |name: &String| {
            let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
            typed.iter().all(|word| words.contains(word)) && words.iter().any(|word| word.starts_with(&last))
        };
        let text = typed.iter().chain([&last]).cloned().collect::<Vec<_>>().join(" ");
        let exactness = |name: &String| match fold(name).strip_prefix(text.as_str()) {
            Some("") => Exactness::Whole,
            Some(_) => Exactness::Begins,
            None => Exactness::Words,
        };
        let best = |names: &Vec<String>| names.iter().filter(|name| fits(name)).map(exactness).min();
        let mut expected: Vec<_> =
            names.iter().enumerate().filter_map(|(number, names)| Some((best(names)?, format!("thing:{number:03}")))).collect();
        let suggested = query::suggest(&snapshot, &text, &[], Some(100)).expect("an answer");
        prop_assert!(suggested.is_sorted_by_key(|found| found.exactness));
        for found in &suggested {
            prop_assert!(fits(&found.name) && exactness(&found.name) == found.exactness, "{:?} for {}", found, text);
            prop_assert!(!found.highlights().is_empty());
        }
        let id = |found: &query::Suggestion| snapshot.graph().entity(found.entity).id.to_string();
        let mut found: Vec<_> = suggested.iter().map(|found| (found.exactness, id(found))).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        for first in [1, 3, 8] {
            let few = query::suggest(&snapshot, &text, &[], Some(first)).expect("an answer");
            let first = suggested.len().min(first as usize);
            prop_assert_eq!(&few[..], &suggested[..first], "a few are the first of all");
        }
    }

    #[test]
    fn every_sentence_that_has_all_words_is_found_and_no_other(
        texts in prop::collection::vec(prop::collection::vec(name(), 1..50), 1..6),
        which in any::<Index>(),
        order in prop::collection::vec(any::<Index>(), 1..3),
        slips in prop::collection::vec((any::<Index>(), any::<u8>()), 0..3),
    ) {
        let written = |sentences: &Vec<String>| sentences.iter().map(|words| format!("É {words}. ")).collect::<String>();
        let things: Vec<_> = texts.iter().map(|sentences| (written(sentences), vec!["Nom".to_owned()])).collect();
        let snapshot = snapshot_of(&things);
        let typed = mistyped(&which.get(&texts)[0], &order, &slips);
        let mut all = BTreeSet::new();
        for (number, (text, _)) in things.iter().enumerate() {
            let whole = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
            let found = find_sentences(text, &whole, TextPack::of("fr")).into_iter();
            all.extend(found.map(|(span, _)| (number, text[..span.start].chars().count(), span.of(text))));
        }
        // Words that a text has are taken as they are, unless that finds nothing.
        let words: BTreeSet<String> =
            all.iter().flat_map(|(.., text)| fold(text).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        let is_known = |number: usize, word: &str| {
            let begins = number + 1 == typed.len() && word.chars().count() >= 2;
            words.contains(word) || begins && words.iter().any(|known| known.starts_with(word))
        };
        let strict = |number: usize, word: &str| if is_known(number, word) { 0 } else { allowed(word) };
        let mut expected: BTreeSet<_> = all.iter().filter(|(.., text)| has_all(text, &typed, strict)).copied().collect();
        if expected.is_empty() {
            expected = all.iter().filter(|(.., text)| has_all(text, &typed, |_, word| allowed(word))).copied().collect();
        }
        let page = query::search_sentences(&snapshot, &question(&typed.join(" ")), &self::all()).expect("an answer");
        prop_assert_eq!(page.total, Some(expected.len()), "{:?}", typed);
        let number = |hit: &SentenceHit| snapshot.graph().document(hit.document).source.trim_end_matches(".txt").parse::<usize>();
        let hits: Vec<_> = page.items.into_iter().map(|item| item.row).collect();
        let found: BTreeSet<_> = hits.iter().map(|hit| (number(hit).expect("a number"), hit.sentence.start, hit.sentence.text.as_str())).collect();
        prop_assert_eq!(found.len(), expected.len().min(100));
        prop_assert!(found.is_subset(&expected));
        prop_assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
        for hit in &hits {
            let text: Vec<char> = hit.sentence.text.chars().collect();
            prop_assert!(!hit.highlights.is_empty());
            for mark in &hit.highlights {
                prop_assert_eq!(&text[mark.start..mark.end].iter().collect::<String>(), &mark.text);
            }
        }
    }

    #[test]
    fn an_index_made_at_once_answers_as_one_that_grew_and_none_changes_under_a_reader(
        things in prop::collection::vec(
            (prop::collection::vec(name(), 1..40), prop::collection::vec(name(), 1..3)), 1..8,
        ),
        changes in prop::collection::vec(any::<Index>(), 1..40),
        sought in prop::collection::vec(name(), 1..4),
    ) {
        let things: Vec<_> = things.into_iter().map(|(texts, names)| (texts.join(". É "), names)).collect();
        let answers = |snapshot: &Snapshot| sought.iter().map(|text| dump::search(snapshot, text)).collect::<Vec<_>>();
        let mut draft = Draft::default();
        let mut there = BTreeSet::new();
        let mut before: Vec<(Snapshot, Vec<String>)> = Vec::new();
        for (version, change) in (1..).zip(changes) {
            // What is there goes, what is not comes; every third time it is read anew.
            let number = change.index(things.len());
            let (text, names) = &things[number];
            let come = piece(number, text, names);
            let change = match (there.remove(&number), version % 3) {
                (true, 0) => Changes { detached: come.attached.clone(), removed: gone(number, text, names).removed, ..come },
                (true, _) => gone(number, text, names),
                (false, _) => come,
            };
            if !change.added.is_empty() {
                there.insert(number);
            }
            draft.apply(&change);
            let grown = draft.snapshot(version);
            let pieces = there.iter().map(|number| piece(*number, &things[*number].0, &things[*number].1));
            let made = Draft::of(joined(pieces)).snapshot(version);
            let expected = answers(&made);
            prop_assert_eq!(&answers(&grown), &expected);
            before.push((grown, expected));
        }
        for (snapshot, expected) in &before {
            prop_assert_eq!(&answers(snapshot), expected);
        }
    }

    #[test]
    fn pages_joined_are_the_whole_answer(
        things in prop::collection::vec((prop::collection::vec(name(), 1..20), prop::collection::vec(name(), 1..3)), 1..20),
        size in 1..7_i32,
        more in name(),
    ) {
        let mut things: Vec<_> = things.into_iter().map(|(texts, names)| (texts.join(". É "), names)).collect();
        let snapshot = snapshot_of(&things);
        let sought = fold(&things[0].1[0]);
        let last: String = sought.rsplit(' ').next().unwrap_or_default().chars().take(2).collect();
        things.push((more.clone(), vec![more]));
        let grown = snapshot_of(&things);
        let names = |snapshot: &Snapshot, page: &PageRequest| {
            let found = query::search(snapshot, &question(&last), page).expect("a page").page;
            found.map(|hit| (snapshot.graph().entity(hit.entity).id.to_string(), hit.name))
        };
        let sentences = |snapshot: &Snapshot, page: &PageRequest| {
            let found = query::search_sentences(snapshot, &question(&last), page).expect("a page");
            found.map(|hit| (snapshot.graph().document(hit.document).id.to_string(), format!("{:?}", hit.sentence)))
        };
        for list in [&names as &dyn Fn(&_, &_) -> query::Page<(String, String)>, &sentences] {
            let whole: Vec<_> = list(&snapshot, &all()).items;
            let (mut forward, mut after) = (Vec::new(), None);
            loop {
                let page = list(&snapshot, &PageRequest { first: Some(size), after: after.take(), ..PageRequest::default() });
                after = page.items.last().map(|item| item.cursor.clone());
                forward.extend(page.items);
                if !page.has_next {
                    break;
                }
            }
            prop_assert_eq!(&forward[..whole.len().min(forward.len())], &whole[..]);
            let mut backward = Vec::new();
            let mut before = None;
            loop {
                let page = list(&snapshot, &PageRequest { last: Some(size), before: before.take(), ..PageRequest::default() });
                before = page.items.first().map(|item| item.cursor.clone());
                let earlier = std::mem::replace(&mut backward, page.items);
                backward.extend(earlier);
                if !page.has_previous {
                    break;
                }
            }
            prop_assert_eq!(&backward, &forward);
            for item in &whole {
                let request = PageRequest { after: Some(item.cursor.clone()), ..all() };
                prop_assert!(!list(&grown, &request).items.iter().any(|other| other.cursor == item.cursor));
            }
        }
    }
}

/// A document and an entity each, to be found in all sorts of ways.
fn written() -> Snapshot {
    let things = [
        ("🐟🐟 L’Œuvre aide N’Djamena. Le Sénégal finance l’œuvre. Rien.", vec!["Îlot des Œuvres", "IDO"]),
        ("Straße und Großzügigkeit.", vec!["Straßenamt"]),
        ("Ægir naît. La ville de Saint-Louis finance des écoles.", vec!["Ægir"]),
        ("Le Sénégal finance le Sénégal.", vec!["Organisation internationale pour les migrations", "l’OIM"]),
        ("Cote d'Ivoire.", vec!["Côte d’Ivoire", "𝔘𝔫𝔦 🐟 été"]),
    ];
    let things = things.map(|(text, names)| (text.to_owned(), names.into_iter().map(str::to_owned).collect()));
    snapshot_of(&things)
}

#[test]
fn names_are_found_however_they_are_written() {
    let snapshot = written();
    for (typed, expected) in [
        ("oeuvres", 0),
        ("ŒUVRES ilot", 0),
        ("i\u{302}lot", 0),
        ("strassenamt", 1),
        ("STRAẞENAMT", 1),
        ("aegir", 2),
        ("oim", 3),
        ("L'OIM", 3),
        ("migrations organisation", 3),
        ("organisaton inter", 3),
        ("orgnaistion", 3),
        ("the oim", 3),
        ("cote d ivoire", 4),
        ("cote divoire", 4),
        ("l’ivoire", 4),
        ("uni", 4),
    ] {
        let found: Vec<_> = found(&snapshot, typed).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, [format!("thing:{expected:03}")], "{typed}");
    }
}

#[test]
fn highlights_are_what_was_typed_in_code_points() {
    let snapshot = written();
    let marks = |hit: &[query::Quote]| hit.iter().map(|m| (m.start, m.end, m.text.clone())).collect::<Vec<_>>();
    let name = |typed: &str| {
        let page = query::search(&snapshot, &question(typed), &all()).expect("an answer").page;
        marks(&page.items[0].row.highlights)
    };
    assert_eq!(name("oeuvres ilot"), [(0, 4, "Îlot".to_owned()), (9, 15, "Œuvres".to_owned())]);
    assert_eq!(name("ete uni"), [(0, 3, "𝔘𝔫𝔦".to_owned()), (6, 9, "été".to_owned())]);
    assert_eq!(
        name("uni et"),
        [(0, 3, "𝔘𝔫𝔦".to_owned()), (6, 8, "ét".to_owned())],
        "of an unfinished word, its beginning"
    );
    let hits = sentences(&snapshot, "n'djamena oeu");
    assert_eq!(texts_of(&hits), ["🐟🐟 L’Œuvre aide N’Djamena."]);
    assert_eq!(
        marks(&hits[0].highlights),
        [(5, 7, "Œu".to_owned()), (16, 17, "N".to_owned()), (18, 25, "Djamena".to_owned())]
    );
    let hits = sentences(&snapshot, "œuvre senegal");
    assert_eq!((hits[0].sentence.start, hits[0].sentence.text.as_str()), (27, "Le Sénégal finance l’œuvre."));
}

#[test]
fn sentences_come_with_what_they_mention_the_rarest_and_shortest_first() {
    let snapshot = written();
    let hits = sentences(&snapshot, "finance");
    let expected = [
        "Le Sénégal finance l’œuvre.",
        "Le Sénégal finance le Sénégal.",
        "La ville de Saint-Louis finance des écoles.",
    ];
    assert_eq!(texts_of(&hits).len(), 3);
    assert_eq!(texts_of(&hits)[2], expected[2], "the longest comes last");
    let ids = |hit: &SentenceHit| {
        hit.entities.iter().map(|row| snapshot.graph().entity(*row).id.to_string()).collect::<Vec<_>>()
    };
    let hits = sentences(&snapshot, "le senegal le");
    assert!(hits.iter().any(|hit| ids(hit) == ["thing:003"]) && hits.iter().any(|hit| ids(hit).is_empty()));
    assert!(sentences(&snapshot, "ecole").len() == 1 && sentences(&snapshot, "senegla finance").len() == 2);
    assert!(hits.iter().all(|hit| hit.section == SectionKind::Body));
}

#[test]
fn kinds_and_languages_narrow_what_is_found() {
    let mut changes = joined([
        piece(0, "Alpha finance beta.", &["Alpha".into(), "Alfa".into()]),
        piece(1, "Gamma finance beta.", &["Alpha Gamma".into()]),
    ]);
    changes.entities[0].names.insert(Language::new("es"), vec!["Alfa".into()]);
    changes.entities[0].names.insert(Language::new("fr"), vec!["Alpha".into()]);
    let snapshot = Draft::of(changes).snapshot(1);
    let ask = |text: &str, kinds: &[EntityKind], language: Option<&str>| {
        let languages = language.into_iter().map(Language::new).collect();
        let question = SearchQuestion { kinds: kinds.into(), languages, ..question(text) };
        let found = query::search(&snapshot, &question, &all()).expect("an answer");
        let sentences = query::search_sentences(&snapshot, &question, &all()).expect("an answer");
        let names: Vec<_> = found.page.items.into_iter().map(|item| item.row.name).collect();
        (names, found.kinds, sentences.total.unwrap_or_default())
    };
    let both = vec![(EntityKind::Organization, 1), (EntityKind::Place, 1)];
    assert_eq!(ask("alpha", &[], None), (vec!["Alpha".into(), "Alpha Gamma".into()], both.clone(), 1));
    assert_eq!(ask("alpha", &[EntityKind::Place], None), (vec!["Alpha Gamma".into()], both.clone(), 0));
    assert_eq!(ask("finance", &[EntityKind::Place], None).2, 1, "only a sentence that mentions a place");
    assert_eq!(ask("alfa", &[], Some("es")).0, ["Alfa"]);
    assert_eq!(
        ask("alpha", &[], Some("en")),
        (vec!["Alpha Gamma".into()], vec![(EntityKind::Place, 1)], 0),
        "in no language: in all"
    );
    assert_eq!(ask("beta", &[], Some("fr")).2, 2);
}

#[test]
fn words_that_nothing_has_are_told_with_those_that_may_be_meant() {
    let snapshot = written();
    let ask = |text: &str, names: bool, sentences: bool| {
        let question = SearchQuestion { fields: Fields { names, sentences }, ..question(text) };
        let unknown = query::unknown_words(&snapshot, &question).expect("an answer");
        unknown.into_iter().map(|word| (word.typed, word.known)).collect::<Vec<_>>()
    };
    let word =
        |typed: &str, known: &[&str]| (typed.to_owned(), known.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(ask("Organisaton migrations", true, true), [word("organisaton", &["organisation"])]);
    assert_eq!(ask("xyzzy oimm", true, true), [word("xyzzy", &[]), word("oimm", &["oim"])]);
    assert_eq!(ask("finance organ", true, true), []);
    assert_eq!(ask("finance", true, false), [word("finance", &[])], "names do not have it");
    assert_eq!(ask("organisation", false, true), [word("organisation", &[])], "texts do not have it");
    assert_eq!(ask("oeuvri oeuvri", true, true), [word("oeuvri", &["oeuvre"])]);
}

#[test]
fn what_was_withdrawn_is_found_no_more_but_by_who_still_reads_the_version_before() {
    let (text, names) = ("Secret bien gardé.", vec!["Nom caché".to_owned()]);
    let mut draft = Draft::default();
    draft.apply(&piece(0, text, &names));
    draft.apply(&piece(1, "Autre texte.", &["Autre".into()]));
    let before = draft.snapshot(2);
    draft.apply(&gone(0, text, &names));
    let after = draft.snapshot(3);
    for sought in ["secret", "garde", "sercet"] {
        assert_eq!((sentences(&before, sought).len(), sentences(&after, sought).len()), (1, 0), "{sought}");
    }
    assert_eq!((ids(&before, "cache").len(), ids(&after, "cache").len()), (1, 0));
    assert_eq!((sentences(&after, "autre").len(), ids(&after, "autre").len()), (1, 1));
    let near = |snapshot| query::unknown_words(snapshot, &question("gardi")).expect("an answer")[0].known.clone();
    assert_eq!((near(&before), near(&after)), (vec!["garde".to_owned()], vec![]), "not even a word is left");
}

#[test]
fn strange_texts_get_an_answer_or_a_refusal() {
    let snapshot = written();
    let ask = |text: &str| {
        let names = query::search(&snapshot, &question(text), &all());
        let sentences = query::search_sentences(&snapshot, &question(text), &all());
        let suggested = query::suggest(&snapshot, text, &[], None);
        let unknown = query::unknown_words(&snapshot, &question(text));
        let counts = (
            names.map(|found| found.page.items.len()),
            sentences.map(|found| found.items.len()),
            suggested.map(|found| found.len()),
            unknown.map(|found| found.len()),
        );
        match counts {
            (Ok(a), Ok(b), Ok(c), Ok(d)) => Ok((a, b, c, d)),
            (Err(a), Err(b), Err(c), Err(d)) if a == b && b == c && c == d => Err(a.message),
            other => panic!("{text:.20}: {other:?}"),
        }
    };
    for empty in ["", " ", "—!?… «»", "\u{301}\u{302}", "🐟🐟🐟", &"\u{301}".repeat(1_000), "\0"] {
        assert_eq!(ask(empty), Ok((0, 0, 0, 0)), "{empty:?}");
    }
    let refused = ask(&"a".repeat(10_000)).expect_err("too long");
    assert_eq!(
        refused,
        "the number of characters of text is 10000, but at most 1000 is allowed; look for the words that matter"
    );
    assert!(ask(&"a ".repeat(40)).expect_err("too many").contains("words of text is 40, but at most 32"));
    assert_eq!(ask(&"a".repeat(1_000)), Ok((0, 0, 0, 1)));
    assert_eq!(ask(&"abcdefgh ".repeat(32)), Ok((0, 0, 0, 1)));
    assert_eq!(ask(&format!("oi\u{202e}m{}", "\u{300}".repeat(900))).map(|counts| counts.0), Ok(0));
    // Beyond 64 letters a word is the same.
    let long = "x".repeat(100);
    let snapshot = snapshot_of(&[(format!("{long}a fin."), vec![format!("{long}a")])]);
    assert_eq!(found(&snapshot, &format!("{long}b")).len(), 1);
    assert_eq!(sentences(&snapshot, &format!("{long}b fin")).len(), 1);
}

#[test]
fn suggestions_come_by_exactness_then_by_mentions() {
    let names = ["Mali", "Malia", "Mali Sud", "Haut Mali", "Malte", "Le Mali"];
    let pieces = names.iter().enumerate().map(|(number, name)| piece(number, "Texte.", &[(*name).to_owned()]));
    let mut changes = joined(pieces);
    // Malte is mentioned twice.
    let mut annotations = (*changes.added[4].contribution.annotations).clone();
    let mention = annotations.entities[0].mentions[0].clone();
    annotations.entities[0].mentions.push(Mention { span: Span::new(1, 3), ..mention });
    changes.added[4].contribution.annotations = Arc::new(annotations);
    let snapshot = Draft::of(changes).snapshot(1);
    let ask = |text: &str, kinds: &[EntityKind]| {
        let found = query::suggest(&snapshot, text, kinds, Some(10)).expect("an answer");
        found.into_iter().map(|found| found.name).collect::<Vec<_>>()
    };
    assert_eq!(ask("mali", &[]), ["Mali", "Mali Sud", "Malia", "Haut Mali", "Le Mali"]);
    assert_eq!(ask("MÂL", &[]), ["Malte", "Mali", "Mali Sud", "Malia", "Haut Mali", "Le Mali"]);
    assert_eq!(
        ask("le mali", &[]),
        ["Le Mali", "Mali", "Mali Sud", "Malia", "Haut Mali"],
        "an article may be left out"
    );
    assert_eq!(ask("mali ha", &[]), ["Haut Mali"]);
    assert_eq!(ask("m", &[EntityKind::Place]), ["Malia", "Haut Mali", "Le Mali"]);
    assert_eq!(
        ask("mlai", &[]),
        ["Mali", "Mali Sud", "Haut Mali", "Le Mali"],
        "errors count when nothing else is found"
    );
    assert_eq!(ask("mlai", &[EntityKind::Place]).len(), 2);
    assert_eq!(ask("xyz", &[]), [""; 0]);
    assert!(
        query::suggest(&snapshot, "m", &[], Some(101)).is_err()
            && query::suggest(&snapshot, "m", &[], Some(-1)).is_err()
    );
    assert_eq!(query::suggest(&snapshot, "m", &[], Some(0)).map(|found| found.len()), Ok(0));
}

/// What people may type of the corpus, with their mistakes, and what they mean.
const MISTYPED: [(&str, &str); 28] = [
    ("organisaton internationale des migrations", "organization:iom"),
    ("organisation international pour les migrationss", "organization:iom"),
    ("OIM", "organization:iom"),
    ("l’Oim", "organization:iom"),
    ("international organisation migration", "organization:iom"),
    ("el slavador", "country:SV"),
    ("Salvdor", "country:SV"),
    ("Guatémala", "country:GT"),
    ("guatamela", "country:GT"),
    ("hondura", "country:HN"),
    ("etats unis", "country:US"),
    ("etas-unis", "country:US"),
    ("United States", "country:US"),
    ("senegall", "country:SN"),
    ("republique domincaine", "country:DO"),
    ("tanzanei", "country:TZ"),
    ("daker", "place:dakar-sn"),
    ("san josé", "place:san-jose-cr"),
    ("mesoamerque", "place:mesoamerica"),
    ("amerique central", "place:central-america"),
    ("alba amaya", "person:alba-miriam-amaya"),
    ("Amaya Alba Miriam", "person:alba-miriam-amaya"),
    ("margarita escobra", "person:margarita-escobar"),
    ("police national civile", "organization:police-nationale-civile-sv"),
    ("comission centraméricaine directeurs", "organization:ocam"),
    ("interpoll", "organization:interpol"),
    ("croix rouge", "organization:icrc"),
    ("haut comissariat refugies", "organization:un-unhcr"),
];

#[test]
fn what_people_mean_is_found_in_the_corpus_whatever_their_mistakes() {
    let paths = [crate::guarantees::corpus_folder()];
    let base = maillage::knowledge_base::read(&paths, &|_| {}).expect("read").knowledge_base;
    let snapshot = base.snapshot();
    let first = |typed: &str| found(&snapshot, typed).into_iter().next().map(|(id, _)| id);
    let missed: Vec<_> = MISTYPED
        .iter()
        .filter(|(typed, meant)| first(typed).as_deref() != Some(meant))
        .map(|(typed, meant)| format!("{typed}: {meant}, but {:?}", first(typed)))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");

    let hits = sentences(&snapshot, "projet régional finance Canda");
    assert!(hits[0].sentence.text.contains("projet régional de l’OIM financé par le Canada"), "{:?}", hits[0].sentence);
    let names = hits[0].entities.iter().map(|row| snapshot.graph().entity(*row).id.as_str());
    assert!(names.clone().any(|id| id == "country:CA") && names.clone().any(|id| id == "organization:iom"));
    for hit in sentences(&snapshot, "migration") {
        let document = snapshot.graph().document(hit.document);
        let there: String =
            document.text.chars().skip(hit.sentence.start).take(hit.sentence.end - hit.sentence.start).collect();
        assert_eq!(there, hit.sentence.text, "a sentence is verbatim");
        assert!(document.sections.iter().any(|section| section.kind == hit.section));
    }
}

#[test]
fn the_api_gives_highlights_facets_sentences_and_suggestions() {
    let found = crate::fixture::data(
        r#"{
            search(text: "formation finance", in: [SENTENCES]) {
                totalCount didYouMean { typed known }
                sentences { totalCount edges { score highlights { start end text } node { text section start entities { id } document { id } } } }
            }
            names: search(text: "ateleir", kinds: [EVENT], in: [NAMES]) {
                totalCount facets { kind count } didYouMean { typed known } sentences { totalCount }
                edges { matchedName highlights { start end text } node { id } }
            }
            suggest(prefix: "da", kinds: [PLACE]) {
                kind name matchedName exactness mentionCount disambiguation(languages: [EN]) highlights { text } entity { id }
            }
        }"#,
    );
    let sentences = &found["search"]["sentences"];
    assert_eq!((&found["search"]["totalCount"], &sentences["totalCount"]), (&0.into(), &1.into()), "{found:#}");
    let edge = &sentences["edges"][0];
    assert_eq!(edge["node"]["text"], "Le Canada a également financé l’atelier de formation.");
    assert_eq!(edge["highlights"][0], serde_json::json!({ "start": 22, "end": 29, "text": "financé" }));
    assert_eq!((&edge["node"]["section"], &edge["node"]["start"]), (&"BODY".into(), &0.into()));
    assert_eq!(edge["node"]["document"]["id"], crate::fixture::id_of(1).as_str());
    let mentioned = crate::fixture::texts(&edge["node"]["entities"], "id");
    assert_eq!(mentioned, ["country:ca", "event:atelier"]);
    let names = &found["names"];
    assert_eq!(names["facets"], serde_json::json!([{ "kind": "EVENT", "count": 1 }]));
    assert_eq!(names["didYouMean"], serde_json::json!([{ "typed": "ateleir", "known": ["atelier"] }]));
    assert_eq!((&names["totalCount"], &names["sentences"]["totalCount"]), (&1.into(), &0.into()));
    assert_eq!(names["edges"][0]["highlights"], serde_json::json!([{ "start": 0, "end": 7, "text": "atelier" }]));
    let dakar = serde_json::json!([{
        "kind": "PLACE", "name": "Dakar", "matchedName": "Dakar", "exactness": "BEGINS", "mentionCount": 3,
        "disambiguation": "Senegal", "highlights": [{ "text": "Da" }], "entity": { "id": "place:dakar" },
    }]);
    assert_eq!(found["suggest"], dakar);
    let (code, message) =
        crate::fixture::error(&format!(r#"{{ suggest(prefix: "{}") {{ name }} }}"#, "é".repeat(1_001)));
    assert_eq!(code, "LIMIT_EXCEEDED", "{message}");
}
