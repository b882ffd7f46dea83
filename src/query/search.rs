//! What somebody may mean by a text: entities by their names, sentences by their words, names to complete it.
//!
//! `search(snapshot, &question("organisaton migrations"), &page)` → *Organisation internationale pour les migrations*, 1 organization in all
//!
//! All hits are counted. Entities come by score, then by how often they are mentioned, then by id; sentences by score, then by
//! document and place in it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::graph::{Direction, DocumentRow, EntityRow, Graph};
use crate::model::{EntityKind, Language, RelationKind, SectionKind, Span, fold};
use crate::search::{self, Exactness, Fields, FoundSentence, Sentence, TEXT_MAX, TooMuch, Typed, Unknown, WORDS_MAX};
use crate::snapshot::Snapshot;

use super::order::{Part, Sorting};
use super::page::{Rows, page};
use super::text::quote;
use super::{PAGE_DEFAULT, PAGE_MAX, Page, PageRequest, Quote, Refusal, label};

/// What is looked for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchQuestion {
    /// What somebody typed.
    pub text: String,
    /// Only entities of these kinds, and sentences that mention one; any when empty.
    pub kinds: Vec<EntityKind>,
    /// Only names that are listed in one of these languages or in none, and sentences of documents in one; any when empty.
    pub languages: Vec<Language>,
    /// Where to look.
    pub fields: Fields,
}

/// An entity that was found by a name.
#[derive(Clone, Debug, PartialEq)]
pub struct NameHit {
    /// The entity.
    pub entity: EntityRow,
    /// How well the name fits, in (0, 1]; 1 is the whole name.
    pub score: f64,
    /// The name or alias, as written.
    pub name: String,
    /// What of the name was typed, in code points of it.
    pub highlights: Vec<Quote>,
}

/// Entities that were found.
#[derive(Clone, Debug, PartialEq)]
pub struct NameHits {
    /// A page of them.
    pub page: Page<NameHit>,
    /// How many there are of each kind, of whatever kinds were asked for; the most frequent first, then in the order of kinds.
    pub kinds: Vec<(EntityKind, usize)>,
}

/// A sentence that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceHit {
    /// The document.
    pub document: DocumentRow,
    /// What part of it the sentence stands in.
    pub section: SectionKind,
    /// The sentence, in code points of the document's text.
    pub sentence: Quote,
    /// What of it was typed, in code points of the sentence.
    pub highlights: Vec<Quote>,
    /// How well it fits, above 0; comparable only within one answer.
    pub score: f64,
    /// The entities mentioned in it, in the order of their first mentions, at most 100.
    pub entities: Vec<EntityRow>,
}

/// A name that completes what somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The entity.
    pub entity: EntityRow,
    /// The name or alias, as written.
    pub name: String,
    /// How exactly it is what was typed.
    pub exactness: Exactness,
    /// What of it is to be marked.
    typed: Arc<Typed>,
}

impl Suggestion {
    /// What of the name was typed, in code points of it.
    pub fn highlights(&self) -> Vec<Quote> {
        marked(&self.name, &self.typed)
    }
}

/// Entities whose names fit a text.
///
/// # Errors
/// A text that is too long, a page size beyond the limit, or a cursor of another list.
pub fn search(snapshot: &Snapshot, question: &SearchQuestion, request: &PageRequest) -> Result<NameHits, Refusal> {
    let graph = snapshot.graph();
    let typed = typed(&question.text)?;
    let hits = if question.fields.names { hits(snapshot, &typed, &question.languages) } else { Vec::new() };
    let kind = |number: usize| graph.entity(EntityRow::at(hits[number].position)).kind;
    let mut counts: BTreeMap<EntityKind, usize> = BTreeMap::new();
    (0..hits.len()).for_each(|number| *counts.entry(kind(number)).or_default() += 1);
    let mut kinds: Vec<_> = counts.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rows: Vec<usize> =
        (0..hits.len()).filter(|at| question.kinds.is_empty() || question.kinds.contains(&kind(*at))).collect();
    let key = |number: usize| {
        let row = EntityRow::at(hits[number].position);
        let numbers = [millionths(hits[number].score), graph.mention_count(row) as f64].map(Part::Number);
        numbers.into_iter().chain([Part::Text(graph.entity(row).id.to_string())]).collect()
    };
    let found = page(request, &Rows::Listed(rows), &Sorting::by(key, &[true, true]), |_| true)?;
    let hit = |number: usize| NameHit {
        entity: EntityRow::at(hits[number].position),
        score: hits[number].score,
        name: hits[number].name.to_owned(),
        highlights: marked(hits[number].name, &typed),
    };
    Ok(NameHits { page: found.map(hit), kinds })
}

/// Sentences that have all words of a text. The best [`search::SENTENCES_MAX`] can be paged through; all are counted.
///
/// # Errors
/// A text that is too long, a page size beyond the limit, or a cursor of another list.
pub fn search_sentences(
    snapshot: &Snapshot,
    question: &SearchQuestion,
    request: &PageRequest,
) -> Result<Page<SentenceHit>, Refusal> {
    let graph = snapshot.graph();
    let typed = typed(&question.text)?;
    let first = |a: usize, b: usize| {
        let id = |position| &graph.document(DocumentRow::at(position)).id;
        if a == b { Ordering::Equal } else { id(a).cmp(id(b)) }
    };
    let keep = |document: usize, sentences: &[Sentence]| kept(graph, question, DocumentRow::at(document), sentences);
    let mut found = match question.fields.sentences {
        true => snapshot.search().texts().find(&typed, keep, first),
        false => search::Found::default(),
    };
    found.sentences.sort_unstable_by(|a, b| search::compare(a, b, first));
    let rows: Vec<usize> = (0..found.sentences.len()).collect();
    let key = |number: usize| {
        let FoundSentence { document, sentence, score } = found.sentences[number];
        let id = graph.document(DocumentRow::at(document)).id.to_string();
        vec![Part::Number(millionths(score)), Part::Text(id), Part::Number(sentence.span().start as f64)]
    };
    let mut page = page(request, &Rows::Listed(rows), &Sorting::by(key, &[true]), |_| true)?;
    page.total = page.total.map(|_| found.total);
    Ok(page.map(|number| sentence_hit(graph, &found.sentences[number], &found.typed)))
}

/// Typed words that nothing has, where it was looked for, with known words that may have been meant.
///
/// # Errors
/// A text that is too long.
pub fn unknown_words(snapshot: &Snapshot, question: &SearchQuestion) -> Result<Vec<Unknown>, Refusal> {
    Ok(snapshot.search().unknown(&typed(&question.text)?, question.fields))
}

/// Names that begin as somebody types, or have words that do: whole names first, then those that begin so, then those with such words;
/// then by how often the entity is mentioned, by name, by id. An entity comes once.
///
/// # Errors
/// A text that is too long, or more suggestions than are given.
pub fn suggest(
    snapshot: &Snapshot,
    text: &str,
    kinds: &[EntityKind],
    first: Option<i32>,
) -> Result<Vec<Suggestion>, Refusal> {
    let graph = snapshot.graph();
    let typed = typed(text)?;
    let count = suggestion_count(first)?;
    let names = snapshot.search().names();
    let asked = |position| kinds.is_empty() || kinds.contains(&graph.entity(EntityRow::at(position)).kind);
    // Those that begin so come first: where they are enough, no other is looked for.
    let mut begun: Vec<EntityRow> = typed.beginnings().flat_map(|folded| graph.names_beginning(&folded)).collect();
    begun.sort_unstable();
    begun.dedup();
    let begun = begun.into_iter().map(EntityRow::position).filter(|position| asked(*position));
    let mut found: Vec<_> = begun.filter_map(|position| names.completion(position, &typed)).collect();
    if found.len() < count {
        found = names.complete(&typed);
        found.retain(|found| asked(found.position));
    }
    if found.is_empty() {
        let hits = hits(snapshot, &typed, &[]).into_iter().filter(|hit| asked(hit.position));
        let typed = Arc::new(typed.clone());
        let nearly = |hit: search::Hit<'_>| Suggestion {
            entity: EntityRow::at(hit.position),
            name: hit.name.to_owned(),
            exactness: Exactness::Nearly,
            typed: Arc::clone(&typed),
        };
        return Ok(hits.take(count).map(nearly).collect());
    }
    let order = |a: &search::Completion<'_>, b: &search::Completion<'_>| {
        let (row, other) = (EntityRow::at(a.position), EntityRow::at(b.position));
        let mentions = graph.mention_count(other).cmp(&graph.mention_count(row));
        a.exactness
            .cmp(&b.exactness)
            .then(mentions)
            .then_with(|| a.name.cmp(b.name))
            .then_with(|| graph.compare_entities(row, other))
    };
    if found.len() > count {
        if count > 0 {
            found.select_nth_unstable_by(count - 1, order);
        }
        found.truncate(count);
    }
    found.sort_unstable_by(order);
    let typed = Arc::new(typed.as_begun());
    let suggestion = |found: search::Completion<'_>| Suggestion {
        entity: EntityRow::at(found.position),
        name: found.name.to_owned(),
        exactness: found.exactness,
        typed: Arc::clone(&typed),
    };
    Ok(found.into_iter().map(suggestion).collect())
}

/// What tells an entity from another of its name: the country it lies in, or else what it is a part of, lies in, is held in, works
/// for or belongs to, as a text states most surely.
pub fn disambiguation(snapshot: &Snapshot, entity: EntityRow, languages: &[Language]) -> Option<String> {
    let graph = snapshot.graph();
    let about = graph.entity(entity);
    if let Some(code) = about.country.as_deref().filter(|_| about.kind != EntityKind::Country) {
        let countries = graph.find_external("iso3166-1", code);
        let country = countries.iter().find(|row| graph.entity(**row).kind == EntityKind::Country);
        return Some(country.map_or(code, |row| label(graph.entity(*row), languages)).to_owned());
    }
    const LEADS: [RelationKind; 5] = [
        RelationKind::PartOf,
        RelationKind::LocatedIn,
        RelationKind::HeldIn,
        RelationKind::WorksFor,
        RelationKind::MemberOf,
    ];
    let above = |kind| graph.links_of_kind(entity, kind).find(|link| link.is(Direction::Out));
    LEADS.into_iter().find_map(above).map(|link| label(graph.entity(link.end), languages).to_owned())
}

/// The entities whose names fit a text, the best first; none for a text that is too long.
pub(super) fn named_nearly(snapshot: &Snapshot, text: &str) -> Vec<EntityRow> {
    let Ok(typed) = Typed::of(text) else { return Vec::new() };
    hits(snapshot, &typed, &[]).iter().map(|hit| EntityRow::at(hit.position)).collect()
}

/// The entities whose names fit, the best first; equally good ones by how often they are mentioned, then by id.
fn hits<'s>(snapshot: &'s Snapshot, typed: &Typed, languages: &[Language]) -> Vec<search::Hit<'s>> {
    let graph = snapshot.graph();
    let keep = |position, name: &str| languages.is_empty() || is_in(graph, EntityRow::at(position), name, languages);
    let found = snapshot.search().names().find(typed, keep).into_iter();
    let mut hits: Vec<_> = found.map(|hit| (graph.mention_count(EntityRow::at(hit.position)), hit)).collect();
    hits.sort_unstable_by(|(mentions, a), (other, b)| {
        let ids = || graph.compare_entities(EntityRow::at(a.position), EntityRow::at(b.position));
        b.score.total_cmp(&a.score).then(other.cmp(mentions)).then_with(ids)
    });
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// Whether a name of an entity is listed in one of some languages, or in none at all.
fn is_in(graph: &Graph, entity: EntityRow, name: &str, languages: &[Language]) -> bool {
    let name = fold(name);
    let entity = graph.entity(entity);
    let mut listed = entity.names.iter().filter(|(_, names)| names.iter().any(|known| fold(known) == name)).peekable();
    listed.peek().is_none() || listed.any(|(language, _)| languages.contains(language))
}

/// Which sentences of a document a question asks for, by a bit each.
fn kept(graph: &Graph, question: &SearchQuestion, document: DocumentRow, sentences: &[Sentence]) -> u32 {
    let primary = graph.document(document).language.primary();
    if !question.languages.is_empty() && !question.languages.iter().any(|language| language.as_str() == primary) {
        return 0;
    }
    if question.kinds.is_empty() {
        return u32::MAX;
    }
    let mentions = graph.mentions_in(document).filter(|(_, row)| question.kinds.contains(&graph.entity(*row).kind));
    mentions.fold(0, |mask, (span, _)| {
        let from = sentences.partition_point(|sentence| sentence.span().end <= span.start);
        let to = sentences.partition_point(|sentence| sentence.span().start < span.end);
        (from..to).fold(mask, |mask, number| mask | 1 << number)
    })
}

fn sentence_hit(graph: &Graph, found: &FoundSentence, typed: &Typed) -> SentenceHit {
    let document = DocumentRow::at(found.document);
    let span = found.sentence.span();
    let text = span.of(&graph.document(document).text);
    let mut mentioned: Vec<(Span, EntityRow)> =
        graph.mentions_in(document).filter(|(mention, _)| mention.overlaps(span)).collect();
    mentioned.sort_by(|(a, row), (b, other)| a.cmp(b).then_with(|| graph.compare_entities(*row, *other)));
    let mut seen = HashSet::new();
    let entities = mentioned.into_iter().map(|(_, row)| row).filter(|row| seen.insert(*row)).take(PAGE_MAX).collect();
    let sentence = quote(graph, document, span);
    let highlights = marked(text, typed);
    SentenceHit { document, section: found.sentence.section, sentence, highlights, score: found.score, entities }
}

/// What of a text was typed, in code points of it.
fn marked(text: &str, typed: &Typed) -> Vec<Quote> {
    let points = crate::model::CodePoints::new(text);
    let quote =
        |span: Span| Quote { start: points.at(span.start), end: points.at(span.end), text: span.of(text).into() };
    search::highlights(text, typed).into_iter().map(quote).collect()
}

fn typed(text: &str) -> Result<Typed, Refusal> {
    Typed::of(text).map_err(|too_much| match too_much {
        TooMuch::Characters(count) => {
            Refusal::limit("the number of characters of text", count, TEXT_MAX, "look for the words that matter")
        }
        TooMuch::Words(count) => {
            Refusal::limit("the number of words of text", count, WORDS_MAX, "look for the words that matter")
        }
    })
}

fn suggestion_count(first: Option<i32>) -> Result<usize, Refusal> {
    let first = first.unwrap_or(PAGE_DEFAULT as i32);
    let count =
        usize::try_from(first).map_err(|_| Refusal::bad_input(format!("first is {first}, but cannot be negative")))?;
    if count > PAGE_MAX {
        return Err(Refusal::limit("first", first, PAGE_MAX, "type more of the name, or ask search(text:) for pages"));
    }
    Ok(count)
}

/// A score as a whole number, which a cursor gives back exactly.
fn millionths(score: f64) -> f64 {
    (score * 1e6).round()
}
