//! Words around names: determiners, heads of noun phrases by kind, titles, roles, adjectives.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::phrases::{Contractions, Form, Phrases};
use super::words::{Bases, NumberSet, Words, number};
use crate::error::{Error, Result};
use crate::model::EntityKind;
use crate::text::{TokenKind, Tokens};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    #[serde(default)]
    heads_last: bool,
    determiners: Vec<String>,
    definite: Vec<String>,
    demonstrative: Vec<String>,
    possessive: Vec<String>,
    indefinite: Vec<String>,
    plural: Vec<String>,
    conjunctions: Vec<String>,
    list_joints: Vec<String>,
    relatives: Vec<String>,
    subject_relatives: Vec<String>,
    object_relatives: Vec<String>,
    dative_relatives: Vec<String>,
    genitive_relatives: Vec<String>,
    and: Vec<String>,
    of: Vec<String>,
    partitive: Vec<String>,
    invariable: Vec<String>,
    of_it: Vec<String>,
    pronouns: Vec<String>,
    #[serde(default)]
    we: Vec<String>,
    #[serde(default)]
    our: Vec<String>,
    #[serde(default)]
    we_endings: Vec<String>,
    #[serde(default)]
    mastheads: Vec<String>,
    #[serde(default)]
    object_pronouns: Vec<String>,
    #[serde(default)]
    personal_pronouns: Vec<String>,
    latter: Vec<String>,
    launches: Vec<String>,
    spans: Vec<String>,
    #[serde(default)]
    durations: Vec<String>,
    projects_proper: Vec<String>,
    stages: Vec<String>,
    delegates: Vec<String>,
    possessive_of_several: Vec<String>,
    there: Vec<String>,
    place_relatives: Vec<String>,
    plural_pronouns: Vec<String>,
    counts: Vec<String>,
    #[serde(default)]
    ones: Vec<String>,
    #[serde(default)]
    likewise: Vec<String>,
    counted_bodies: Vec<String>,
    #[serde(default)]
    drops_subject: bool,
    #[serde(default)]
    capitals_keep_accents: bool,
    contractions: Contractions,
    phrase: PhraseSource,
    person: PersonSource,
    place: PlaceSource,
    organization: OrganizationSource,
    event: EventSource,
    project: GroupSource,
    publication: GroupSource,
    #[serde(default)]
    facet: FacetSource,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FacetSource {
    project: Vec<String>,
    counted: Vec<String>,
    bare: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseSource {
    complement: Vec<String>,
    locative: Vec<String>,
    goal: Vec<String>,
    titled: Vec<String>,
    ordinals: Vec<String>,
    others: Vec<String>,
    before_noun: Vec<String>,
    adjective_endings: Vec<String>,
    not_adjectives: HashSet<String>,
    not_complement: Vec<String>,
    dative: Vec<String>,
    not_dative: Vec<String>,
    #[serde(default)]
    bare_conjuncts: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonSource {
    titles: Vec<String>,
    particles: Vec<String>,
    speech: Vec<String>,
    roles: Vec<String>,
    state_roles: Vec<String>,
    officials: Vec<String>,
    #[serde(default)]
    territorial: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    speech_verbs: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceSource {
    heads: Vec<String>,
    facilities: Vec<String>,
    named_with_head: Vec<String>,
    head_qualifiers: Vec<String>,
    streets: Vec<String>,
    not_places: Vec<String>,
    city_parts: Vec<String>,
    nature: Vec<String>,
    prepositions: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationSource {
    heads: Vec<String>,
    lower: Vec<String>,
    #[serde(default)]
    homely: Vec<String>,
    introducing: Vec<String>,
    bare_government: Vec<String>,
    regional: Vec<String>,
    national: Vec<String>,
    cooperation: Vec<String>,
    announcing: Vec<String>,
    named_after: Vec<String>,
    told_by: Vec<String>,
    money: Vec<String>,
    generic: Vec<String>,
    offices: Vec<String>,
    government: Vec<String>,
    needs_adjective: Vec<String>,
    administrations: Vec<String>,
    of_only: Vec<String>,
    particles: Vec<String>,
    tails: Vec<String>,
    #[serde(default)]
    tail_prepositions: Vec<String>,
    branches: Vec<String>,
    venues: Vec<String>,
    meetings: Vec<String>,
    last_words: Vec<String>,
    alone: Vec<String>,
    shared: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventSource {
    openings: Vec<String>,
    crises: Vec<String>,
    times: Vec<String>,
    transports: Vec<String>,
    groups: Vec<Vec<String>>,
    generic: Vec<String>,
    meeting_verbs: Vec<String>,
    weak: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupSource {
    groups: Vec<Vec<String>>,
    generic: Vec<String>,
    weak: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AdjectiveSource {
    adjectives: HashSet<String>,
}

/// Words as a set of numbers, in an order of its own.
fn numbered(words: &HashSet<String>) -> NumberSet {
    let mut sorted: Vec<&String> = words.iter().collect();
    sorted.sort_unstable();
    let mut set = NumberSet::default();
    sorted.into_iter().for_each(|word| set.insert(number(word)));
    set
}

/// Heads of one kind of described thing; heads of one group may stand for one another.
#[derive(Debug, Default)]
pub(in crate::extract) struct Groups {
    /// All heads.
    pub(in crate::extract) heads: Phrases,
    groups: Vec<Phrases>,
    /// Heads that stand for any thing of the kind.
    pub(in crate::extract) generic: Phrases,
    /// Heads that need a name or a complement to count.
    pub(in crate::extract) weak: Phrases,
}

/// Nouns that stand for the project that a text speaks of.
#[derive(Debug, Default)]
pub(in crate::extract) struct Facets {
    /// All of them: *les **activités***.
    pub(in crate::extract) all: Phrases,
    /// Those that must be counted: *the second **year***.
    pub(in crate::extract) counted: Phrases,
    /// Those that need no article: *responsible for **implementation***.
    pub(in crate::extract) bare: Phrases,
}

impl Groups {
    fn new(groups: &[Vec<String>], generic: &[String], weak: &[String], contractions: &Contractions) -> Self {
        Self {
            heads: Phrases::new(groups.iter().flatten().chain(generic), contractions),
            groups: groups.iter().map(|heads| Phrases::new(heads, contractions)).collect(),
            generic: Phrases::new(generic, contractions),
            weak: Phrases::new(weak, contractions),
        }
    }

    /// Numbers of the groups that hold the head at token `at`.
    pub(in crate::extract) fn of(&self, words: &Words, at: usize, end: usize) -> Vec<usize> {
        let holds = |group: &Phrases| group.at(words, at, end, Form::Base).is_some();
        (0..self.groups.len()).filter(|&i| holds(&self.groups[i])).collect()
    }
}

/// Words around names in one language.
#[derive(Debug, Default)]
pub(in crate::extract) struct NameWords {
    pub(in crate::extract) contractions: Contractions,
    /// The contractions by the numbers of their words.
    pub(in crate::extract) bases: Bases,
    pub(in crate::extract) determiners: Phrases,
    pub(in crate::extract) definite: Phrases,
    pub(in crate::extract) demonstrative: Phrases,
    /// Whether what qualifies a noun stands before it: *the **Sahel Resilience** Project*.
    pub(in crate::extract) heads_last: bool,
    pub(in crate::extract) possessive: Phrases,
    pub(in crate::extract) indefinite: Phrases,
    pub(in crate::extract) plural: Phrases,
    pub(in crate::extract) conjunctions: Phrases,
    pub(in crate::extract) list_joints: Phrases,
    pub(in crate::extract) relatives: Phrases,
    pub(in crate::extract) subject_relatives: Phrases,
    pub(in crate::extract) object_relatives: Phrases,
    pub(in crate::extract) dative_relatives: Phrases,
    pub(in crate::extract) genitive_relatives: Phrases,
    pub(in crate::extract) and: Phrases,
    pub(in crate::extract) of: Phrases,
    pub(in crate::extract) partitive: Phrases,
    pub(in crate::extract) invariable: Phrases,
    pub(in crate::extract) of_it: Phrases,
    pub(in crate::extract) pronouns: Phrases,
    /// Pronouns by which who sends the text out speaks of itself.
    pub(in crate::extract) we: Phrases,
    /// Possessives of who sends the text out.
    pub(in crate::extract) our: Phrases,
    /// Endings of verbs by which it speaks of itself: *firma**mos***.
    pub(in crate::extract) we_endings: Vec<String>,
    /// Pronouns behind a verb that stand for what it is done to: *Norway pays for **it***.
    pub(in crate::extract) object_pronouns: Phrases,
    /// Pronouns that stand for one person only: *she*.
    pub(in crate::extract) personal_pronouns: Phrases,
    /// Words of a line that names who sends the text out: ***newsletter** of*.
    pub(in crate::extract) mastheads: Phrases,
    pub(in crate::extract) latter: Phrases,
    /// Events that set a project going: *le **lancement** du projet*.
    pub(in crate::extract) launches: Phrases,
    /// Spans of time that may be events too: *la première **semaine***.
    pub(in crate::extract) spans: Phrases,
    /// Units of time in compounds: *a three-**year** programme*.
    pub(in crate::extract) durations: Phrases,
    /// Heads that only projects have.
    pub(in crate::extract) projects_proper: Phrases,
    /// Stages of an undertaking, which are no things of their own: *la troisième **édition** du programme*.
    pub(in crate::extract) stages: Phrases,
    /// People who stand for a body: *des **représentants** du PAM*.
    pub(in crate::extract) delegates: Phrases,
    pub(in crate::extract) possessive_of_several: Phrases,
    /// A pronoun that stands for a place.
    pub(in crate::extract) there: Phrases,
    pub(in crate::extract) place_relatives: Phrases,
    pub(in crate::extract) plural_pronouns: Phrases,
    /// Number words from two on.
    pub(in crate::extract) counts: Vec<String>,
    /// *one*, where nothing follows that is counted: *Norway **one***.
    pub(in crate::extract) ones: Phrases,
    /// Words after which stands who does the same: *as did*.
    pub(in crate::extract) likewise: Phrases,
    /// Nouns that count bodies named before: *les deux **agences***.
    pub(in crate::extract) counted_bodies: Phrases,
    /// Whether a verb may stand without a subject, which is then what the text spoke of: ***Organizará** un taller*.
    pub(in crate::extract) drops_subject: bool,
    /// Whether the members of a list within a name share one preposition: *Ministerio de Agricultura, **Ganadería** y **Pesca***.
    pub(in crate::extract) bare_conjuncts: bool,
    pub(in crate::extract) complement: Phrases,
    pub(in crate::extract) locative: Phrases,
    pub(in crate::extract) goal: Phrases,
    pub(in crate::extract) titled: Phrases,
    pub(in crate::extract) ordinals: Phrases,
    pub(in crate::extract) others: Phrases,
    pub(in crate::extract) before_noun: Phrases,
    pub(in crate::extract) titles: Phrases,
    pub(in crate::extract) particles: Phrases,
    pub(in crate::extract) speech: Phrases,
    pub(in crate::extract) roles: Phrases,
    pub(in crate::extract) place_heads: Phrases,
    pub(in crate::extract) named_with_head: Phrases,
    pub(in crate::extract) head_qualifiers: Phrases,
    pub(in crate::extract) place_prepositions: Phrases,
    pub(in crate::extract) organization_heads: Phrases,
    pub(in crate::extract) organization_lower: Phrases,
    /// Heads of bodies that are titles of undertakings as often: *the River **Watch** project*.
    pub(in crate::extract) homely: Phrases,
    pub(in crate::extract) introducing: Phrases,
    /// What alone stands for the government of the country spoken of.
    pub(in crate::extract) bare_government: Phrases,
    /// What says that a government is that of a part of a country: *the Kaduna **State** Government*.
    pub(in crate::extract) regional: Phrases,
    /// What says that it is that of the whole country, in capitals too: *el Gobierno **Nacional***.
    pub(in crate::extract) national: Phrases,
    /// The aid of a state, with its nationality: *la **coopération** italienne*.
    pub(in crate::extract) cooperation: Phrases,
    /// Plural nouns after which bodies are listed: *deux **organisations** locales : …*.
    pub(in crate::extract) announcing: Phrases,
    /// Heads of bodies that bear a person's name: *l'**hôpital** Gabriel Touré*.
    pub(in crate::extract) named_after: Phrases,
    /// Nouns that, in apposition, tell that a name is a body's: *Blue Dragon, **ONG** basée à Hanoï*.
    pub(in crate::extract) told_by: Phrases,
    /// Money that a nationality makes a country's: *une **subvention** suisse*.
    pub(in crate::extract) money: Phrases,
    /// Common nouns that say what a listed body is: *l'**ONG** Oxfam*.
    pub(in crate::extract) generic_bodies: Phrases,
    pub(in crate::extract) offices: Phrases,
    pub(in crate::extract) government: Phrases,
    /// Infinitives of verbs that say, used reflexively, that people meet.
    pub(in crate::extract) meeting_verbs: NumberSet,
    pub(in crate::extract) not_complement: Phrases,
    pub(in crate::extract) state_roles: Phrases,
    /// Roles in which a person may serve a country.
    pub(in crate::extract) officials: Phrases,
    /// Irregular plurals of people, in names: *the **Women**'s Desk*.
    pub(in crate::extract) people: Phrases,
    /// Roles that are of a place: *the **mayor** of Hawassa*.
    pub(in crate::extract) territorial: Phrases,
    /// Small words within names of bodies: *People **in** Need*.
    pub(in crate::extract) organization_particles: Phrases,
    /// Heads whose only complements are of something: *ministère*.
    pub(in crate::extract) of_only: Phrases,
    /// Heads that name a meeting, and a body when an acronym follows: *forum*.
    pub(in crate::extract) meetings: Phrases,
    /// The preposition of complements such as *au développement*, and nouns with which it is a turn of phrase.
    pub(in crate::extract) dative: Phrases,
    pub(in crate::extract) not_dative: Phrases,
    /// What may end a name in lower case: *Traducteurs **sans frontières***.
    pub(in crate::extract) tails: Phrases,
    /// Prepositions that carry a name on in lower case: *Pompiers **sans** rivages*.
    pub(in crate::extract) tail_prepositions: Phrases,
    /// Bodies that every country has one of: *Croix-Rouge*.
    pub(in crate::extract) branches: Phrases,
    /// Heads of bodies in whose house meetings are held.
    pub(in crate::extract) venues: Phrases,
    /// Words that end the name of a body: *Copperbelt University*.
    pub(in crate::extract) last_words: Phrases,
    /// Heads of events that nobody holds: *séisme*.
    pub(in crate::extract) crises: Phrases,
    /// Heads that are spans of time with *dernier*, *prochain*.
    pub(in crate::extract) times: Phrases,
    /// Heads of events that move: *vol*.
    pub(in crate::extract) transports: Phrases,
    /// Verbs that say that somebody speaks.
    pub(in crate::extract) speech_verbs: NumberSet,
    /// Words with a capital that prepositions of place govern, but that are none.
    pub(in crate::extract) not_places: Phrases,
    /// Parts of a city: *dans le **quartier** de Pikine*.
    pub(in crate::extract) city_parts: Phrases,
    /// Heads of natural features.
    pub(in crate::extract) nature: Phrases,
    /// Heads of street names.
    pub(in crate::extract) streets: Phrases,
    /// Heads that name a place in lower case and, with a capital, the body that runs it: *la Ville de Strasbourg*.
    pub(in crate::extract) administrations: Phrases,
    pub(in crate::extract) facilities: Phrases,
    pub(in crate::extract) needs_adjective: Phrases,
    pub(in crate::extract) alone: Phrases,
    pub(in crate::extract) openings: Phrases,
    /// Plural heads that several bodies share, with their singular.
    pub(in crate::extract) shared: HashMap<String, String>,
    pub(in crate::extract) events: Groups,
    pub(in crate::extract) projects: Groups,
    pub(in crate::extract) publications: Groups,
    /// Where the head of an event, a project or a publication may begin.
    pub(in crate::extract) described_heads: Phrases,
    pub(in crate::extract) facets: Facets,
    adjectives: NumberSet,
    adjective_endings: Vec<String>,
    not_adjectives: NumberSet,
}

impl NameWords {
    /// Reads and validates the words of a language.
    pub(in crate::extract) fn parse(tag: &str, names: &str, adjectives: &str) -> Result<Self> {
        let source: Source = toml::from_str(names).map_err(|e| Error::data(format!("{tag}/names.toml"), e))?;
        let listed: AdjectiveSource =
            toml::from_str(adjectives).map_err(|e| Error::data(format!("{tag}/adjectives"), e))?;
        if source.determiners.is_empty() || source.event.groups.is_empty() || source.person.roles.is_empty() {
            return Err(Error::data(
                format!("{tag}/names.toml"),
                "determiners, event heads and roles must not be empty",
            ));
        }
        Ok(Self::compile(source, listed.adjectives))
    }

    fn compile(source: Source, adjectives: HashSet<String>) -> Self {
        let contractions = source.contractions;
        let list = |words: &Vec<String>| Phrases::new(words, &contractions);
        let groups = |g: &GroupSource| Groups::new(&g.groups, &g.generic, &g.weak, &contractions);
        let events = &source.event;
        let event_groups = Groups::new(&events.groups, &events.generic, &events.weak, &contractions);
        let (projects, publications) = (groups(&source.project), groups(&source.publication));
        let described = [&event_groups.heads, &projects.heads, &publications.heads];
        // Function words are told apart by their own form: *du* is not *de*.
        let plain = HashMap::new();
        let exact = |words: &Vec<String>| Phrases::new(words, &plain);
        Self {
            bases: Bases::new(&contractions, source.capitals_keep_accents),
            heads_last: source.heads_last,
            determiners: exact(&source.determiners),
            definite: exact(&source.definite),
            demonstrative: exact(&source.demonstrative),
            possessive: exact(&source.possessive),
            indefinite: exact(&source.indefinite),
            plural: exact(&source.plural),
            conjunctions: list(&source.conjunctions),
            list_joints: list(&source.list_joints),
            relatives: list(&source.relatives),
            subject_relatives: list(&source.subject_relatives),
            object_relatives: list(&source.object_relatives),
            dative_relatives: list(&source.dative_relatives),
            genitive_relatives: list(&source.genitive_relatives),
            and: list(&source.and),
            of: list(&source.of),
            partitive: exact(&source.partitive),
            invariable: list(&source.invariable),
            of_it: list(&source.of_it),
            pronouns: list(&source.pronouns),
            we: exact(&source.we),
            our: exact(&source.our),
            we_endings: source.we_endings.clone(),
            mastheads: list(&source.mastheads),
            object_pronouns: exact(&source.object_pronouns),
            personal_pronouns: exact(&source.personal_pronouns),
            latter: list(&source.latter),
            launches: list(&source.launches),
            spans: list(&source.spans),
            durations: list(&source.durations),
            projects_proper: list(&source.projects_proper),
            stages: list(&source.stages),
            delegates: list(&source.delegates),
            possessive_of_several: list(&source.possessive_of_several),
            there: list(&source.there),
            place_relatives: list(&source.place_relatives),
            plural_pronouns: list(&source.plural_pronouns),
            counts: source.counts.clone(),
            ones: exact(&source.ones),
            likewise: list(&source.likewise),
            counted_bodies: list(&source.counted_bodies),
            drops_subject: source.drops_subject,
            bare_conjuncts: source.phrase.bare_conjuncts,
            complement: list(&source.phrase.complement),
            locative: list(&source.phrase.locative),
            goal: list(&source.phrase.goal),
            titled: list(&source.phrase.titled),
            ordinals: list(&source.phrase.ordinals),
            others: list(&source.phrase.others),
            before_noun: list(&source.phrase.before_noun),
            titles: list(&source.person.titles),
            particles: list(&source.person.particles),
            speech: list(&source.person.speech),
            territorial: list(&source.person.territorial),
            people: list(&source.person.people),
            roles: list(&source.person.roles),
            place_heads: list(&source.place.heads),
            named_with_head: list(&source.place.named_with_head),
            head_qualifiers: list(&source.place.head_qualifiers),
            place_prepositions: list(&source.place.prepositions),
            organization_heads: list(&source.organization.heads),
            organization_lower: list(&source.organization.lower),
            homely: list(&source.organization.homely),
            introducing: list(&source.organization.introducing),
            bare_government: list(&source.organization.bare_government),
            regional: list(&source.organization.regional),
            national: list(&source.organization.national),
            cooperation: list(&source.organization.cooperation),
            announcing: list(&source.organization.announcing),
            named_after: list(&source.organization.named_after),
            told_by: list(&source.organization.told_by),
            money: list(&source.organization.money),
            generic_bodies: list(&source.organization.generic),
            offices: list(&source.organization.offices),
            government: list(&source.organization.government),
            meeting_verbs: NumberSet::of(&events.meeting_verbs),
            not_complement: list(&source.phrase.not_complement),
            dative: list(&source.phrase.dative),
            not_dative: list(&source.phrase.not_dative),
            tails: list(&source.organization.tails),
            tail_prepositions: list(&source.organization.tail_prepositions),
            branches: list(&source.organization.branches),
            venues: list(&source.organization.venues),
            state_roles: list(&source.person.state_roles),
            officials: list(&source.person.officials),
            streets: list(&source.place.streets),
            not_places: list(&source.place.not_places),
            city_parts: list(&source.place.city_parts),
            nature: list(&source.place.nature),
            administrations: list(&source.organization.administrations),
            organization_particles: list(&source.organization.particles),
            of_only: list(&source.organization.of_only),
            meetings: list(&source.organization.meetings),
            last_words: list(&source.organization.last_words),
            crises: list(&source.event.crises),
            times: list(&source.event.times),
            transports: list(&source.event.transports),
            speech_verbs: NumberSet::of(&source.person.speech_verbs),
            facilities: list(&source.place.facilities),
            needs_adjective: list(&source.organization.needs_adjective),
            alone: list(&source.organization.alone),
            openings: list(&events.openings),
            shared: source.organization.shared,
            described_heads: Phrases::beginnings_of(described),
            facets: Facets {
                all: list(&source.facet.project),
                counted: list(&source.facet.counted),
                bare: list(&source.facet.bare),
            },
            events: event_groups,
            projects,
            publications,
            adjectives: numbered(&adjectives),
            adjective_endings: source.phrase.adjective_endings,
            not_adjectives: numbered(&source.phrase.not_adjectives),
            contractions: contractions.clone(),
        }
    }

    /// The heads of a described kind.
    pub(in crate::extract) fn groups(&self, kind: EntityKind) -> Option<&Groups> {
        match kind {
            EntityKind::Event => Some(&self.events),
            EntityKind::Project => Some(&self.projects),
            EntityKind::Publication => Some(&self.publications),
            _ => None,
        }
    }

    /// Whether the token is one of a list, contractions understood.
    #[inline]
    pub(in crate::extract) fn is(&self, list: &Phrases, words: &Words, at: usize) -> bool {
        list.has(words, at, Form::Base)
    }

    /// Whether the token is one of a list of function words, in exactly its form.
    #[inline]
    pub(in crate::extract) fn is_exactly(&self, list: &Phrases, words: &Words, at: usize) -> bool {
        list.has(words, at, Form::Exact)
    }

    /// The length of the longest phrase of a list at a token.
    #[inline]
    pub(in crate::extract) fn phrase(&self, list: &Phrases, words: &Words, at: usize, end: usize) -> Option<usize> {
        list.at(words, at, end, Form::Base)
    }

    /// Whether the lower-case word looks like an adjective: listed, or by its ending.
    pub(in crate::extract) fn is_adjective(&self, tokens: &Tokens<'_>, words: &Words, at: usize) -> bool {
        let Some(token) = tokens.tokens.get(at) else { return false };
        let own = words.exact(at);
        if token.kind != TokenKind::Word || self.not_adjectives.has(own) {
            return false;
        }
        if self.adjectives.has(own) {
            return true;
        }
        let lower = tokens.lower(at);
        let stem = |ending: &String| lower.strip_suffix(ending.as_str()).is_some_and(|stem| stem.chars().count() >= 3);
        self.adjective_endings.iter().any(stem)
    }
}
