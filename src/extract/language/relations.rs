//! How relations are stated in a language: frames of verbs, adjuncts, links. Read from TOML and checked against the ontology.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::words::number;
use super::{NameWords, Phrases, VerbWords};
use crate::error::{Error, Result};
use crate::model::{EntityKind, Modality, RelationKind};
use crate::ontology::ontology;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    agent_prepositions: Vec<String>,
    companion_prepositions: Vec<String>,
    place_prepositions: Vec<String>,
    not_place: Vec<String>,
    employer_prepositions: Vec<String>,
    #[serde(default)]
    behalf: Vec<String>,
    clause_ends: Vec<String>,
    it_is: Vec<String>,
    #[serde(default)]
    linking: Vec<String>,
    contrasts: Vec<String>,
    from_prepositions: Vec<String>,
    amount_prepositions: Vec<String>,
    at_theirs: Vec<String>,
    capacity_role: Vec<String>,
    oblique: Vec<String>,
    #[serde(default)]
    personal: Vec<String>,
    frame: Vec<FrameSource>,
    adjunct: Vec<AdjunctSource>,
    link: Vec<LinkSource>,
    capacity: Vec<CapacitySource>,
    nominal: Vec<NominalSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameSource {
    name: String,
    kind: RelationKind,
    verbs: Vec<String>,
    #[serde(default)]
    particle: Vec<String>,
    #[serde(default)]
    voice: Option<Voice>,
    subject: ArgumentSource,
    subject_kinds: Vec<String>,
    object: ArgumentSource,
    object_kinds: Vec<String>,
    #[serde(default = "usual")]
    confidence: f32,
    #[serde(default)]
    modality: Option<Modality>,
    #[serde(default)]
    crises: bool,
    #[serde(default)]
    pairwise: bool,
    #[serde(default)]
    needs_amount: bool,
    #[serde(default)]
    else_about: bool,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    requires_pronoun: Vec<String>,
    example: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum ArgumentSource {
    Named(String),
    After(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AdjunctSource {
    name: String,
    kind: RelationKind,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    leads: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    before_name: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    adjacent: bool,
    #[serde(default)]
    inverse: bool,
    #[serde(default)]
    topical: bool,
    #[serde(default)]
    given_by: Vec<String>,
    kinds: Vec<String>,
    on: Vec<String>,
    direction: Direction,
    #[serde(default = "usual")]
    confidence: f32,
    example: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkSource {
    name: String,
    kind: RelationKind,
    left: Vec<String>,
    between: Vec<String>,
    right: Vec<String>,
    direction: Direction,
    #[serde(default = "usual")]
    confidence: f32,
    #[serde(default)]
    office: bool,
    #[serde(default)]
    facility: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    headed: bool,
    #[serde(default)]
    side_by_side: bool,
    example: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CapacitySource {
    name: String,
    kind: RelationKind,
    nouns: Vec<String>,
    holders: Vec<String>,
    of: Vec<String>,
    #[serde(default)]
    about: bool,
    #[serde(default)]
    by_verb: bool,
    #[serde(default = "forward")]
    direction: Direction,
    #[serde(default = "usual")]
    confidence: f32,
    example: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NominalSource {
    name: String,
    kind: RelationKind,
    nouns: Vec<String>,
    subject: Vec<String>,
    subject_kinds: Vec<String>,
    object: Vec<String>,
    object_kinds: Vec<String>,
    #[serde(default)]
    needs_amount: bool,
    #[serde(default)]
    about: bool,
    #[serde(default = "usual")]
    confidence: f32,
    example: String,
}

fn forward() -> Direction {
    Direction::Forward
}

fn usual() -> f32 {
    0.9
}

/// Active or passive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::extract) enum Voice {
    /// The agent is the grammatical subject.
    Active,
    /// The theme is the grammatical subject, or the noun before a participle.
    Passive,
}

/// Which way a relation points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::extract) enum Direction {
    /// Left is the subject.
    Forward,
    /// Right is the subject.
    Backward,
    /// An adjunct's names are subjects, what it hangs on is the object.
    To,
    /// What the adjunct hangs on is the subject.
    From,
}

/// Where an argument of a verb is found.
#[derive(Clone, Debug)]
pub(in crate::extract) enum Argument {
    /// Who acts.
    Agent,
    /// What it is done to.
    Theme,
    /// What the verb says something of.
    Itself,
    /// The event that is agent, theme or subject of the verb, whichever there is.
    Event,
    /// What the sentence is about: the nearest thing of the kind, before or after, or of the sentence before.
    About,
    /// The nearest thing after the verb.
    Right,
    /// The nearest thing before the verb.
    Left,
    /// A place after the verb.
    Place,
    /// After one of these prepositions.
    After(Phrases),
}

/// A verb with its arguments.
#[derive(Debug)]
pub(in crate::extract) struct Frame {
    pub(in crate::extract) name: String,
    pub(in crate::extract) kind: RelationKind,
    pub(in crate::extract) verbs: Vec<u32>,
    pub(in crate::extract) particle: Option<Phrases>,
    pub(in crate::extract) voice: Option<Voice>,
    pub(in crate::extract) subject: Argument,
    pub(in crate::extract) subject_kinds: Vec<EntityKind>,
    pub(in crate::extract) object: Argument,
    pub(in crate::extract) object_kinds: Vec<EntityKind>,
    pub(in crate::extract) confidence: f32,
    /// How it is meant, whatever the tense says: *sont attendus* is planned.
    pub(in crate::extract) modality: Option<Modality>,
    /// Whether it joins all its subjects with one another: *A, B et C font cause commune*.
    pub(in crate::extract) pairwise: bool,
    /// Whether only earthquakes, wars and the like are its subjects.
    pub(in crate::extract) crises: bool,
    pub(in crate::extract) needs_amount: bool,
    /// Whether an object that is not found is what the text speaks of.
    pub(in crate::extract) else_about: bool,
    /// Words of which one must stand in the sentence, when there are any.
    pub(in crate::extract) requires: Option<Phrases>,
    /// Words of which none may stand there.
    pub(in crate::extract) unless: Option<Phrases>,
    /// A pronoun that must stand in the verb group: *y*.
    pub(in crate::extract) requires_pronoun: Option<Phrases>,
}

/// A phrase that hangs on what the sentence is about.
#[derive(Debug)]
pub(in crate::extract) struct Adjunct {
    pub(in crate::extract) name: String,
    pub(in crate::extract) kind: RelationKind,
    pub(in crate::extract) phrases: Phrases,
    /// What opens a phrase that is put together: ***with** the generous support of*, ***with** Norway's support*.
    pub(in crate::extract) leads: Phrases,
    /// The nouns of such a phrase.
    pub(in crate::extract) nouns: Phrases,
    /// What stands between the noun and the name.
    pub(in crate::extract) before_name: Phrases,
    /// Words between lead and noun with which the phrase says something else: *with the **financial** support of*.
    pub(in crate::extract) except: Phrases,
    /// Whether the name must stand right behind the phrase.
    pub(in crate::extract) adjacent: bool,
    /// Whether the thing stands right behind the phrase, and the names behind a colon or a verb: ***Venue of** the school: Heraklion*.
    pub(in crate::extract) inverse: bool,
    /// Whether it speaks of what the text is about, whatever else the sentence says: ***participants from** Togo discussed …*.
    pub(in crate::extract) topical: bool,
    pub(in crate::extract) given_by: Phrases,
    pub(in crate::extract) kinds: Vec<EntityKind>,
    pub(in crate::extract) on: Vec<EntityKind>,
    pub(in crate::extract) direction: Direction,
    pub(in crate::extract) confidence: f32,
}

/// What somebody is to something: *bailleur*, *organisateur*.
#[derive(Debug)]
pub(in crate::extract) struct Capacity {
    pub(in crate::extract) name: String,
    pub(in crate::extract) kind: RelationKind,
    pub(in crate::extract) nouns: Phrases,
    /// Kinds of who holds it.
    pub(in crate::extract) holders: Vec<EntityKind>,
    /// Kinds of what it is held of.
    pub(in crate::extract) of: Vec<EntityKind>,
    /// Whether it may be of what the text is about, without saying of what.
    pub(in crate::extract) about: bool,
    /// Whether only a verb gives it, no apposition.
    pub(in crate::extract) by_verb: bool,
    /// Whether the holder is the subject.
    pub(in crate::extract) direction: Direction,
    pub(in crate::extract) confidence: f32,
}

/// A noun of action with its arguments: *la participation de A à B*.
#[derive(Debug)]
pub(in crate::extract) struct Nominal {
    pub(in crate::extract) name: String,
    pub(in crate::extract) kind: RelationKind,
    pub(in crate::extract) nouns: Phrases,
    /// Prepositions before the subject.
    pub(in crate::extract) subject: Phrases,
    pub(in crate::extract) subject_kinds: Vec<EntityKind>,
    /// Prepositions before the object.
    pub(in crate::extract) object: Phrases,
    pub(in crate::extract) object_kinds: Vec<EntityKind>,
    pub(in crate::extract) needs_amount: bool,
    /// Whether an object that is not named is what the text speaks of: *the grant of Norway, NOK 9 million*.
    pub(in crate::extract) about: bool,
    pub(in crate::extract) confidence: f32,
}

/// Two names side by side.
#[derive(Debug)]
pub(in crate::extract) struct Link {
    pub(in crate::extract) name: String,
    pub(in crate::extract) kind: RelationKind,
    pub(in crate::extract) left: Vec<EntityKind>,
    pub(in crate::extract) between: Phrases,
    pub(in crate::extract) right: Vec<EntityKind>,
    pub(in crate::extract) direction: Direction,
    pub(in crate::extract) confidence: f32,
    /// Whether the left side must be an office of a larger body.
    pub(in crate::extract) office: bool,
    /// Whether the left side must be a facility such as an airport.
    pub(in crate::extract) facility: bool,
    /// Whether no determiner may stand before the right side.
    pub(in crate::extract) bare: bool,
    /// Whether a comma or the end of the sentence must follow the right side.
    pub(in crate::extract) closed: bool,
    /// Whether the right side must begin with a head noun: *Tulcán, **provincia** del Carchi*.
    pub(in crate::extract) headed: bool,
    /// Whether nothing at all stands between the two: *the **UNICEF project***.
    pub(in crate::extract) side_by_side: bool,
}

/// All rules of one language.
#[derive(Debug, Default)]
pub(in crate::extract) struct RelationRules {
    pub(in crate::extract) agent_prepositions: Phrases,
    /// Prepositions before who acts together with the subject.
    pub(in crate::extract) companion_prepositions: Phrases,
    pub(in crate::extract) place_prepositions: Phrases,
    /// Words with which a preposition of place is none.
    pub(in crate::extract) not_place: Phrases,
    /// Prepositions between a trade and who it is exercised for: *chez*.
    pub(in crate::extract) employer_prepositions: Phrases,
    /// What opens a line that says for whom somebody stands: ***Pour** la CPS : …*
    pub(in crate::extract) behalf: Phrases,
    pub(in crate::extract) clause_ends: Phrases,
    pub(in crate::extract) oblique: Phrases,
    /// The preposition before an object that can act: *apoya **a** la Cruz Roja*.
    pub(in crate::extract) personal: Phrases,
    pub(in crate::extract) frames: Vec<Frame>,
    /// Frames by verb, as indices.
    pub(in crate::extract) frames_of: FxHashMap<u32, Vec<usize>>,
    pub(in crate::extract) adjuncts: Vec<Adjunct>,
    /// The phrases of all adjuncts, to pass over most tokens at once.
    pub(in crate::extract) adjunct_phrases: Phrases,
    /// Phrases of those that lead to the thing first.
    pub(in crate::extract) inverse_phrases: Phrases,
    /// What opens the adjuncts that are put together.
    pub(in crate::extract) adjunct_leads: Phrases,
    /// What stands between the names of any link.
    pub(in crate::extract) link_phrases: Phrases,
    pub(in crate::extract) links: Vec<Link>,
    pub(in crate::extract) capacities: Vec<Capacity>,
    pub(in crate::extract) nominals: Vec<Nominal>,
    /// The nouns of action, to pass over most tokens at once.
    pub(in crate::extract) nominal_nouns: Phrases,
    /// The nouns of all capacities, to pass over most tokens at once.
    pub(in crate::extract) capacity_nouns: Phrases,
    /// Prepositions before the name of a body or a person: *chez*.
    pub(in crate::extract) at_theirs: Phrases,
    /// Prepositions before what somebody gives: *pour 2 millions*.
    pub(in crate::extract) amount_prepositions: Phrases,
    /// What opens a cleft before *être*: *c'est*.
    pub(in crate::extract) it_is: Phrases,
    /// Verbs between a thing's noun and its names: *speakers at the webinar **included** …*.
    pub(in crate::extract) linking: Phrases,
    /// Words that set one participle against another: *financé par A **mais** exécuté par B*.
    pub(in crate::extract) contrasts: Phrases,
    /// Prepositions of where somebody comes from or speaks from: *depuis*.
    pub(in crate::extract) from_prepositions: Phrases,
    /// The preposition before a capacity that somebody is given: *a **pour** maître d'œuvre*.
    pub(in crate::extract) capacity_role: Phrases,
    /// An example of each rule, by its name.
    pub(in crate::extract) examples: HashMap<String, String>,
}

impl RelationRules {
    /// Reads the rules; an unknown verb, kind or argument, or a pair of kinds that the ontology forbids throughout, is an error.
    pub(in crate::extract) fn parse(tag: &str, text: &str, names: &NameWords, verbs: &VerbWords) -> Result<Self> {
        let file = format!("{tag}/relations.toml");
        let source: Source = toml::from_str(text).map_err(|e| Error::data(&file, e))?;
        let reader = Reader { file: &file, tag, names, verbs };
        let list = |words: &Vec<String>| Phrases::new(words, &names.contractions);
        let named = |name: &str, example: &str| (format!("{tag}/{name}"), example.to_owned());
        let frames = source.frame.iter().map(|f| named(&f.name, &f.example));
        let adjuncts = source.adjunct.iter().map(|a| named(&a.name, &a.example));
        let links = source.link.iter().map(|l| named(&l.name, &l.example));
        let capacities = source.capacity.iter().map(|c| named(&c.name, &c.example));
        let nominals = source.nominal.iter().map(|n| named(&n.name, &n.example));
        let examples = frames.chain(adjuncts).chain(links).chain(capacities).chain(nominals).collect();
        let phrases =
            |inverse: bool| source.adjunct.iter().filter(move |a| a.inverse == inverse).flat_map(|a| &a.phrases);
        let frames: Vec<Frame> = source.frame.into_iter().map(|f| reader.frame(f)).collect::<Result<_>>()?;
        Ok(Self {
            agent_prepositions: list(&source.agent_prepositions),
            companion_prepositions: list(&source.companion_prepositions),
            place_prepositions: list(&source.place_prepositions),
            not_place: list(&source.not_place),
            employer_prepositions: list(&source.employer_prepositions),
            behalf: list(&source.behalf),
            clause_ends: list(&source.clause_ends),
            oblique: list(&source.oblique),
            personal: list(&source.personal),
            it_is: list(&source.it_is),
            linking: list(&source.linking),
            contrasts: list(&source.contrasts),
            from_prepositions: list(&source.from_prepositions),
            amount_prepositions: list(&source.amount_prepositions),
            at_theirs: list(&source.at_theirs),
            capacity_role: list(&source.capacity_role),
            nominal_nouns: Phrases::new(source.nominal.iter().flat_map(|n| &n.nouns), &names.contractions),
            nominals: source.nominal.into_iter().map(|n| reader.nominal(n)).collect::<Result<_>>()?,
            capacity_nouns: Phrases::new(source.capacity.iter().flat_map(|c| &c.nouns), &names.contractions),
            capacities: source.capacity.into_iter().map(|c| reader.capacity(c)).collect::<Result<_>>()?,
            adjunct_phrases: Phrases::new(phrases(false), &names.contractions),
            inverse_phrases: Phrases::new(phrases(true), &names.contractions),
            adjunct_leads: Phrases::new(source.adjunct.iter().flat_map(|a| &a.leads), &names.contractions),
            link_phrases: Phrases::new(source.link.iter().flat_map(|l| &l.between), &names.contractions),
            frames_of: by_verb(&frames),
            frames,
            adjuncts: source.adjunct.into_iter().map(|a| reader.adjunct(a)).collect::<Result<_>>()?,
            examples,
            links: source.link.into_iter().map(|l| reader.link(l)).collect::<Result<_>>()?,
        })
    }
}

fn by_verb(frames: &[Frame]) -> FxHashMap<u32, Vec<usize>> {
    let mut by_verb: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (index, frame) in frames.iter().enumerate() {
        frame.verbs.iter().for_each(|verb| by_verb.entry(*verb).or_default().push(index));
    }
    by_verb
}

pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) tag: &'a str,
    pub(super) names: &'a NameWords,
    pub(super) verbs: &'a VerbWords,
}

impl Reader<'_> {
    fn frame(&self, source: FrameSource) -> Result<Frame> {
        if let Some(verb) = source.verbs.iter().find(|verb| !self.verbs.knows(verb)) {
            return Err(self.error(&source.name, format!("verb {verb:?} is not in verbs.toml")));
        }
        let (subject_kinds, object_kinds) =
            self.ends(&source.name, source.kind, &source.subject_kinds, &source.object_kinds, &source.example)?;
        Ok(Frame {
            particle: self.words(&source.particle),
            voice: source.voice,
            subject: self.argument(&source.name, source.subject)?,
            object: self.argument(&source.name, source.object)?,
            name: format!("{}/{}", self.tag, source.name),
            kind: source.kind,
            verbs: source.verbs.iter().map(|verb| number(verb)).collect(),
            subject_kinds,
            object_kinds,
            confidence: source.confidence,
            modality: source.modality,
            crises: source.crises,
            pairwise: source.pairwise,
            needs_amount: source.needs_amount,
            else_about: source.else_about,
            requires: self.words(&source.requires),
            unless: self.words(&source.unless),
            requires_pronoun: self.words(&source.requires_pronoun),
        })
    }

    fn adjunct(&self, source: AdjunctSource) -> Result<Adjunct> {
        let (subjects, objects) = match source.direction {
            Direction::From => (&source.on, &source.kinds),
            _ => (&source.kinds, &source.on),
        };
        self.ends(&source.name, source.kind, subjects, objects, &source.example)?;
        Ok(Adjunct {
            name: format!("{}/{}", self.tag, source.name),
            kind: source.kind,
            phrases: Phrases::new(&source.phrases, &self.names.contractions),
            leads: Phrases::new(&source.leads, &self.names.contractions),
            nouns: Phrases::new(&source.nouns, &self.names.contractions),
            before_name: Phrases::new(&source.before_name, &self.names.contractions),
            except: Phrases::new(&source.except, &self.names.contractions),
            adjacent: source.adjacent,
            inverse: source.inverse,
            topical: source.topical,
            given_by: Phrases::new(&source.given_by, &self.names.contractions),
            kinds: self.kinds(&source.name, &source.kinds)?,
            on: self.kinds(&source.name, &source.on)?,
            direction: source.direction,
            confidence: source.confidence,
        })
    }

    fn link(&self, source: LinkSource) -> Result<Link> {
        let (subjects, objects) = match source.direction {
            Direction::Backward => (&source.right, &source.left),
            _ => (&source.left, &source.right),
        };
        self.ends(&source.name, source.kind, subjects, objects, &source.example)?;
        // Punctuation is a token of its own: «, à» → «,» «à».
        Ok(Link {
            name: format!("{}/{}", self.tag, source.name),
            kind: source.kind,
            left: self.kinds(&source.name, &source.left)?,
            between: Phrases::new(&source.between, &self.names.contractions),
            right: self.kinds(&source.name, &source.right)?,
            direction: source.direction,
            confidence: source.confidence,
            office: source.office,
            facility: source.facility,
            bare: source.bare,
            closed: source.closed,
            headed: source.headed,
            side_by_side: source.side_by_side,
        })
    }

    fn capacity(&self, source: CapacitySource) -> Result<Capacity> {
        let (subjects, objects) = match source.direction {
            Direction::Backward => (&source.of, &source.holders),
            _ => (&source.holders, &source.of),
        };
        self.ends(&source.name, source.kind, subjects, objects, &source.example)?;
        Ok(Capacity {
            name: format!("{}/{}", self.tag, source.name),
            kind: source.kind,
            nouns: Phrases::new(&source.nouns, &self.names.contractions),
            holders: self.kinds(&source.name, &source.holders)?,
            of: self.kinds(&source.name, &source.of)?,
            about: source.about,
            by_verb: source.by_verb,
            direction: source.direction,
            confidence: source.confidence,
        })
    }

    fn nominal(&self, source: NominalSource) -> Result<Nominal> {
        let (subject_kinds, object_kinds) =
            self.ends(&source.name, source.kind, &source.subject_kinds, &source.object_kinds, &source.example)?;
        Ok(Nominal {
            name: format!("{}/{}", self.tag, source.name),
            kind: source.kind,
            nouns: Phrases::new(&source.nouns, &self.names.contractions),
            subject: Phrases::new(&source.subject, &self.names.contractions),
            subject_kinds,
            object: Phrases::new(&source.object, &self.names.contractions),
            object_kinds,
            needs_amount: source.needs_amount,
            about: source.about,
            confidence: source.confidence,
        })
    }

    fn words(&self, words: &[String]) -> Option<Phrases> {
        (!words.is_empty()).then(|| Phrases::new(words, &self.names.contractions))
    }

    fn argument(&self, name: &str, source: ArgumentSource) -> Result<Argument> {
        Ok(match source {
            ArgumentSource::After(words) => Argument::After(Phrases::new(&words, &self.names.contractions)),
            ArgumentSource::Named(argument) => match argument.as_str() {
                "agent" => Argument::Agent,
                "theme" => Argument::Theme,
                "self" => Argument::Itself,
                "event" => Argument::Event,
                "about" => Argument::About,
                "right" => Argument::Right,
                "left" => Argument::Left,
                "place" => Argument::Place,
                other => return Err(self.error(name, format!("unknown argument {other:?}"))),
            },
        })
    }

    pub(super) fn ends(
        &self,
        name: &str,
        kind: RelationKind,
        subjects: &[String],
        objects: &[String],
        example: &str,
    ) -> Result<(Vec<EntityKind>, Vec<EntityKind>)> {
        let (subjects, objects) = (self.kinds(name, subjects)?, self.kinds(name, objects)?);
        let allowed = subjects.iter().any(|s| objects.iter().any(|o| ontology().allows(kind, *s, *o)));
        if !allowed {
            return Err(self.error(name, format!("the ontology lets {kind} join none of these kinds")));
        }
        if example.trim().is_empty() {
            return Err(self.error(name, "a rule shows an example".to_owned()));
        }
        Ok((subjects, objects))
    }

    fn kinds(&self, name: &str, names: &[String]) -> Result<Vec<EntityKind>> {
        let mut kinds = Vec::new();
        for text in names {
            match text.as_str() {
                "ORG" => kinds.extend([EntityKind::Organization, EntityKind::Country]),
                "DOING" => kinds.extend([EntityKind::Project, EntityKind::Event, EntityKind::Publication]),
                "WHERE" => kinds.extend([EntityKind::Place, EntityKind::Country]),
                other => {
                    let kind =
                        EntityKind::parse(other).ok_or_else(|| self.error(name, format!("unknown kind {other:?}")))?;
                    kinds.push(kind);
                }
            }
        }
        Ok(kinds)
    }

    fn error(&self, name: &str, reason: String) -> Error {
        Error::data(self.file, format!("{name}: {reason}"))
    }
}
