//! Made-up documents, contributions and writes for the tests of stores: nothing is read or extracted, and a number gives the same
//! one everywhere.
//!
//! `made_up::change(0, 3, 1)` → adds document 3 as extractor 1 sees it

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use maillage::model::{
    Annotations, Contribution, DateRange, Decision, Document, DocumentId, ElementPlace, EntityId, EntityKind, Judged,
    Judgement, Language, Lines, LocalEntity, Mention, MentionForm, Modality, PartialDate, Qualifiers, RelationKind,
    RelationMention, RuleId, Section, SectionKind, Signature, Span,
};
use maillage::store::Write;

const WORDS: [&str; 14] = [
    "l’OIM",
    "à",
    "l’État",
    "côtier",
    "naïf",
    "œuvre",
    "projet",
    "Sénégal",
    "« 5 000 »",
    "日本",
    "été",
    "d’eau",
    "🐟",
    "migrants",
];

/// A small generator of numbers that look random: the same from the same seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize]
    }

    fn place(&mut self, list: usize) -> usize {
        self.roll(list as u64) as usize
    }
}

/// How large a document is.
pub(crate) struct Size {
    pub(crate) sentences: usize,
    pub(crate) words: usize,
    pub(crate) entities: usize,
    pub(crate) mentions: usize,
    pub(crate) relations: usize,
}

/// A few lines: quick to write, read and compare.
pub(crate) const SMALL: Size = Size { sentences: 4, words: 6, entities: 4, mentions: 7, relations: 3 };

/// A press release of about 3.5 KB.
pub(crate) const RELEASE: Size = Size { sentences: 30, words: 15, entities: 20, mentions: 40, relations: 15 };

pub(crate) fn id(document: u64) -> DocumentId {
    DocumentId::of_bytes(&document.to_be_bytes())
}

pub(crate) fn file(number: u64) -> String {
    format!("communiqués/{number}.txt")
}

/// What an extractor sees in a document. Every text has characters of several bytes, and every field is empty in some.
pub(crate) fn contribution(document: u64, extractor: u64, size: &Size) -> Contribution {
    let mut dice = Dice(document);
    let (text, sentences) = text(&mut dice, size);
    let sections = vec![
        Section { kind: SectionKind::Title, span: sentences[0] },
        Section { kind: SectionKind::Body, span: Span::new(sentences[1].start, text.len()) },
    ];
    let some = dice.roll(2) == 0;
    let read = Document {
        id: id(document),
        source: file(document),
        title: some.then(|| sentences[0].of(&text).to_owned()),
        url: some.then(|| format!("https://example.org/{document}")),
        language: Language::new(dice.pick(&["fr", "fr-CA", "en"])),
        published: PartialDate::parse(dice.pick(&["2012-08-18", "2012-08", "2012", "XXXX-08-18", ""])),
        sections: if dice.roll(5) == 0 { Vec::new() } else { sections },
        lines: (dice.roll(6) == 0).then(|| Lines {
            namespace: "réseau".into(),
            file: format!("{document}.jsonl").into(),
            digest: some.then(|| "00".repeat(32).into()),
            first: document as usize + 1,
            element: document
                .is_multiple_of(2)
                .then(|| ElementPlace { parent: "/a/b[2]".into(), before: Arc::new([("c".to_owned(), 3)].into()) }),
        }),
        text,
    };
    let mut dice = Dice(document ^ extractor << 32);
    let annotations = annotations(&mut dice, &read, &sentences, size);
    let extractor = Arc::from(format!("0.{extractor}.0"));
    Contribution { document: Arc::new(read), annotations: Arc::new(annotations), extractor }
}

fn text(dice: &mut Dice, size: &Size) -> (String, Vec<Span>) {
    let (mut text, mut sentences) = (String::new(), Vec::new());
    for _ in 0..size.sentences.max(2) {
        let start = text.len();
        for _ in 0..size.words {
            text.push_str(dice.pick(&WORDS));
            text.push(' ');
        }
        text.push('.');
        sentences.push(Span::new(start, text.len()));
        text.push('\n');
    }
    (text, sentences)
}

/// Some words of a sentence.
fn words(dice: &mut Dice, text: &str, sentence: Span) -> Span {
    let within = sentence.of(text);
    let starts: Vec<usize> = within
        .split_inclusive(' ')
        .scan(0, |at, word| {
            *at += word.len();
            Some(*at - word.len())
        })
        .collect();
    let start = starts[dice.place(starts.len())];
    let end = start + within[start..].find(' ').unwrap_or(within.len() - start);
    Span::new(sentence.start + start, sentence.start + end)
}

fn annotations(dice: &mut Dice, document: &Document, sentences: &[Span], size: &Size) -> Annotations {
    let text = &document.text;
    let spot = |dice: &mut Dice| {
        let sentence = dice.pick(sentences);
        words(dice, text, sentence)
    };
    let mut entities = Vec::new();
    for number in 0..size.entities {
        let country = dice.roll(3) == 0;
        entities.push(LocalEntity {
            kind: dice.pick(EntityKind::ALL),
            name: format!("{} {} {number}", dice.pick(&WORDS), dice.pick(&WORDS)),
            aliases: (0..dice.roll(3)).map(|at| format!("\"alias\" \\ {at}")).collect::<BTreeSet<_>>(),
            registry: country.then(|| format!("key-{number}")),
            source_id: (document.lines.is_some() && dice.roll(2) == 0).then(|| format!("№ {number}").into()),
            named: dice.roll(2) == 0,
            country: country.then(|| "SN".to_owned()),
            mentions: Vec::new(),
        });
    }
    for number in 0..size.mentions {
        let form = if dice.roll(4) == 0 { MentionForm::Description } else { MentionForm::Name };
        let mention = Mention { span: spot(dice), form, rule: RuleId::new(format!("fr/names/{}", dice.roll(9))) };
        // Every entity has one, then chance decides.
        let entity = if number < size.entities { number } else { dice.place(size.entities) };
        entities[entity].mentions.push(mention);
    }
    let relations = (0..size.relations).map(|_| relation(dice, text, sentences, entities.len())).collect();
    Annotations { document: document.id.clone(), entities, relations }
}

fn relation(dice: &mut Dice, text: &str, sentences: &[Span], entities: usize) -> RelationMention {
    let sentence = dice.pick(sentences);
    let paid = dice.roll(4) == 0;
    let qualifiers = Qualifiers {
        modality: dice.pick(&[Modality::Asserted, Modality::Planned, Modality::Proposed]),
        date: DateRange::parse(dice.pick(&["XXXX-08-18/XXXX-08-20", "2012-01", "", "", ""])),
        role: (dice.roll(4) == 0).then(|| "cheffe de « mission »".to_owned()),
        // Some that are whole numbers, some that no short decimal says, and one that is nothing but a sign.
        amount: paid.then(|| dice.pick(&[2_000_000.0, 0.1 + 0.2, -0.0, 1e200, f64::INFINITY, f64::MIN_POSITIVE])),
        currency: paid.then(|| "EUR".to_owned()),
    };
    let evidence = if dice.roll(5) == 0 { vec![sentence, sentences[0]] } else { vec![sentence] };
    RelationMention {
        kind: dice.pick(RelationKind::ALL),
        subject: dice.place(entities),
        object: dice.place(entities),
        subject_span: words(dice, text, sentence),
        object_span: words(dice, text, sentence),
        trigger: (dice.roll(3) > 0).then(|| words(dice, text, sentence)),
        qualifiers,
        confidence: dice.pick(&[0.95, 1.0, 0.7, f32::MIN_POSITIVE, 1.0 / 3.0, 0.123_456_79]),
        evidence,
        rule: RuleId::new(format!("fr/relations/{}", dice.roll(30))),
    }
}

/// A moment, in milliseconds; every seventh is finer.
pub(crate) fn moment(number: u64) -> Timestamp {
    let finer = if number.is_multiple_of(7) { 1_234 } else { 0 };
    Timestamp::from_nanosecond(1_700_000_000_000_000_000 + i128::from(number) * 1_000_000 + finer).unwrap()
}

pub(crate) fn signature(number: u64) -> Signature {
    let reason = if number.is_multiple_of(2) { String::new() } else { format!("raison n° {number}") };
    Signature { author: ["ana", "Zoé"][number as usize % 2].to_owned(), reason, at: moment(number) }
}

/// A decision of each shape in turn.
pub(crate) fn decision(number: u64) -> Decision {
    let entity = |key: &str| EntityId::new(EntityKind::Organization, key);
    let relation = Judged::Relation(RelationKind::Funds, entity("canada"), entity("oim"));
    let judgement = match number % 6 {
        0 => Judgement::Same(entity("oim"), entity("iom")),
        1 => Judgement::Different(entity("oim"), entity("onu")),
        2 => Judgement::Confirmed(Judged::Entity(entity("oim"))),
        3 => Judgement::Rejected(Judged::Entity(entity("oim"))),
        4 => Judgement::Confirmed(relation),
        _ => Judgement::Rejected(relation),
    };
    Decision::new(judgement, "Zoé", "parce que", moment(number))
}

/// One of all sorts of changes; those of a few documents, files and decisions meet each other.
pub(crate) fn change(sort: u8, document: u64, variant: u64) -> Write {
    let of = |number: u64| contribution(number, variant % 3, &SMALL);
    match sort % 8 {
        0 => Write::Add { contribution: of(document), input: None },
        1 | 2 => Write::Add { contribution: of(document), input: Some(file(variant)) },
        3 => Write::Link { input: file(variant), document: id(document) },
        4 => Write::Unlink { input: file(variant), document: id(document), gone: variant.is_multiple_of(2) },
        5 => Write::Withdraw(id(document)),
        6 => Write::Decide(decision(document)),
        _ => Write::Undo(decision(document).id),
    }
}

/// The changes of one append, and who makes them: the same from the same numbers.
pub(crate) fn batch(seed: u64, number: u64) -> (Vec<Write>, Signature) {
    let mut dice = Dice(seed << 20 ^ number);
    // Some are long: most of the time is theirs, and so are most interruptions.
    let most = dice.pick(&[2, 6, 6, 60]);
    let changes = 1 + dice.roll(most);
    let mut one = |_| {
        let (sort, document, variant) = (dice.roll(8), dice.roll(40), dice.roll(5));
        change(sort as u8, document, variant)
    };
    ((0..changes).map(&mut one).collect(), signature(seed.wrapping_mul(31) % 1000 + number))
}
