//! Chains as text.
//!
//! `[o:Organization]-FUNDS->[Project]<-PART_OF-[Event]-HELD_IN|OPERATES_IN-[{name: "Sénégal"}]`
//!
//! An entity is `[variable: kinds {key: "value", …}]`, all of it optional; kinds are joined by `|` and written in any case; keys are
//! `id`, `name` and `country`. `[o]` alone, when `o` was introduced before, is the same entity again. A relation is `-kinds->`,
//! `<-kinds-` or `-kinds-`, without kinds `-->`, `<--` or `--`, with a variable `-f:FUNDS->`. A mistake is told with its place.

use std::collections::BTreeSet;

use crate::graph::Direction;
use crate::model::{EntityKind, RelationKind};
use crate::query::Refusal;

use super::{Chain, ChainEntity, ChainHop};

/// How long a pattern is at most, in characters.
const LENGTH_MAX: usize = 2_000;

/// Reads a chain.
///
/// # Errors
/// What does not stand as it should, with the number of its character, counted from 1.
pub fn parse_chain(text: &str) -> Result<Chain, Refusal> {
    let length = text.chars().count();
    if length > LENGTH_MAX {
        return Err(Refusal::limit("the length of the pattern", length, LENGTH_MAX, "give it as typed input (chain)"));
    }
    let mut reader = Reader { text, at: 0, variables: BTreeSet::new() };
    let start = reader.entity()?;
    let mut hops = Vec::new();
    while !reader.is_at_end() {
        let hop = reader.relation()?;
        hops.push(ChainHop { to: reader.entity()?, ..hop });
    }
    Ok(Chain { start, hops })
}

struct Reader<'t> {
    text: &'t str,
    /// Bytes read.
    at: usize,
    /// Names of entities introduced so far.
    variables: BTreeSet<String>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn is_at_end(&mut self) -> bool {
        self.skip_spaces();
        self.rest().is_empty()
    }

    /// Takes a mark when it comes next.
    fn takes(&mut self, mark: &str) -> bool {
        self.skip_spaces();
        let found = self.rest().starts_with(mark);
        self.at += if found { mark.len() } else { 0 };
        found
    }

    fn expects(&mut self, mark: &str, why: &str) -> Result<(), Refusal> {
        if self.takes(mark) { Ok(()) } else { Err(self.mistake(self.at, &format!("expected {mark:?} {why}"))) }
    }

    /// A mistake at a place in the text, with what stands there.
    fn mistake(&self, at: usize, what: &str) -> Refusal {
        let number = self.text[..at].chars().count() + 1;
        let there: String = self.text[at..].chars().take(12).collect();
        let there = if there.is_empty() { "the end".to_string() } else { format!("{there:?}") };
        Refusal::bad_input(format!("pattern, character {number} ({there}): {what}"))
    }

    /// A word, perhaps empty, and where it begins.
    fn word(&mut self) -> (usize, &'t str) {
        self.skip_spaces();
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let start = self.at;
        self.at += end;
        (start, &rest[..end])
    }

    fn entity(&mut self) -> Result<ChainEntity, Refusal> {
        self.expects("[", "before an entity, as in [Project]")?;
        let mut entity = ChainEntity::default();
        let (start, word) = self.word();
        if self.takes(":") {
            entity.variable = Some(self.variable(start, word)?);
            self.variables.insert(word.to_string());
            let (start, word) = self.word();
            self.entity_kinds(start, word, &mut entity)?;
        } else if self.variables.contains(word) && entity_kind(word).is_none() {
            entity.variable = Some(word.to_string());
        } else {
            self.entity_kinds(start, word, &mut entity)?;
        }
        if self.takes("{") {
            self.properties(&mut entity)?;
        }
        self.expects("]", "behind an entity")?;
        Ok(entity)
    }

    fn variable(&self, start: usize, word: &str) -> Result<String, Refusal> {
        match word {
            "" => Err(self.mistake(start, "expected a name for the variable before \":\"")),
            word => Ok(word.to_string()),
        }
    }

    fn entity_kinds(&mut self, start: usize, word: &str, entity: &mut ChainEntity) -> Result<(), Refusal> {
        let all = || EntityKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
        entity.kinds = self.kinds(start, word, entity_kind, || format!("entity kind; there are {}", all()))?;
        Ok(())
    }

    fn kinds<K: Ord>(
        &mut self,
        start: usize,
        word: &str,
        parse: impl Fn(&str) -> Option<K>,
        what: impl Fn() -> String,
    ) -> Result<BTreeSet<K>, Refusal> {
        let mut kinds = BTreeSet::new();
        if word.is_empty() && !self.rest().starts_with('|') {
            return Ok(kinds);
        }
        let (mut start, mut word) = (start, word);
        loop {
            let kind = parse(word).ok_or_else(|| self.mistake(start, &format!("{word:?} is no {}", what())))?;
            kinds.insert(kind);
            if !self.takes("|") {
                return Ok(kinds);
            }
            (start, word) = self.word();
        }
    }

    fn properties(&mut self, entity: &mut ChainEntity) -> Result<(), Refusal> {
        loop {
            let (start, key) = self.word();
            let slot = match key {
                "id" => &mut entity.id,
                "name" => &mut entity.name,
                "country" => &mut entity.country,
                _ => return Err(self.mistake(start, "expected id, name or country")),
            };
            if slot.is_some() {
                return Err(self.mistake(start, &format!("{key} is given twice")));
            }
            self.expects(":", &format!("behind {key}"))?;
            *slot = Some(self.string()?);
            if !self.takes(",") {
                return self.expects("}", "behind the last value");
            }
        }
    }

    /// Text in quotation marks; `\"` and `\\` stand for the marks themselves.
    fn string(&mut self) -> Result<String, Refusal> {
        self.expects("\"", "before a value")?;
        let start = self.at - 1;
        let mut value = String::new();
        let mut characters = self.rest().char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.at += at + 1;
                    return Ok(value);
                }
                '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
                other => value.push(other),
            }
        }
        Err(self.mistake(start, "this value has no closing \""))
    }

    fn relation(&mut self) -> Result<ChainHop, Refusal> {
        let shape = "a relation is -KIND->, <-KIND- or -KIND-";
        self.skip_spaces();
        let begin = self.at;
        let backwards = self.takes("<-");
        if !backwards {
            self.expects("-", &format!("or \"<-\" behind an entity: {shape}"))?;
        }
        let (start, word) = self.word();
        let mut hop = ChainHop::default();
        let (start, word) = if self.takes(":") {
            hop.variable = Some(self.variable(start, word)?);
            self.word()
        } else {
            (start, word)
        };
        let all = || RelationKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
        hop.kinds = self.kinds(start, word, relation_kind, || format!("relation kind; there are {}", all()))?;
        self.expects("-", &format!("behind the relation: {shape}"))?;
        let forwards = self.rest().starts_with('>') && self.takes(">");
        hop.direction = match (backwards, forwards) {
            (true, true) => {
                return Err(self.mistake(begin, "a relation points one way; leave out both points for either way"));
            }
            (true, false) => Direction::In,
            (false, true) => Direction::Out,
            (false, false) => Direction::Both,
        };
        Ok(hop)
    }
}

fn entity_kind(word: &str) -> Option<EntityKind> {
    EntityKind::parse(&word.to_uppercase())
}

fn relation_kind(word: &str) -> Option<RelationKind> {
    RelationKind::parse(&word.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_kinds_directions_variables_and_values() {
        let chain = parse_chain(
            r#" [o:Organization|COUNTRY] -f:FUNDS-> [ Project ]<-PART_OF-[event {name: "l’\"atelier\"", country:"SN"}]--[o]<--[:] "#,
        );
        assert!(chain.is_err(), "a variable without a name");
        let chain = parse_chain(
            r#" [o:Organization|COUNTRY] -f:FUNDS-> [ Project ]<-PART_OF|HELD_IN-[event {name: "l’\"atelier\"", country:"SN"}]--[o]<--[] "#,
        )
        .expect("a chain");
        assert_eq!(chain.start.kinds, [EntityKind::Organization, EntityKind::Country].into());
        assert_eq!(chain.start.variable.as_deref(), Some("o"));
        let directions: Vec<_> = chain.hops.iter().map(|hop| hop.direction).collect();
        assert_eq!(directions, [Direction::Out, Direction::In, Direction::Both, Direction::In]);
        assert_eq!(chain.hops[0].variable.as_deref(), Some("f"));
        assert_eq!(chain.hops[1].kinds, [RelationKind::PartOf, RelationKind::HeldIn].into());
        let event = &chain.hops[1].to;
        assert_eq!((event.name.as_deref(), event.country.as_deref()), (Some("l’\"atelier\""), Some("SN")));
        assert_eq!((&chain.hops[2].to.variable, chain.hops[2].to.kinds.len()), (&chain.start.variable, 0));
        assert_eq!(chain.hops[3].to, ChainEntity::default());
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, place, what) in [
            ("", "character 1 (the end)", "expected \"[\""),
            ("[Projet]", "character 2 (\"Projet]\")", "is no entity kind"),
            ("[Project]-FUND->[Country]", "character 11", "\"FUND\" is no relation kind"),
            ("[é:Project]-FUNDS>[Country]", "character 18", "expected \"-\""),
            ("[Project]<-FUNDS->[Country]", "character 10", "points one way"),
            ("[Project {nom: \"x\"}]", "character 11", "expected id, name or country"),
            ("[Project {name: \"x, y: 1}]", "character 17", "no closing"),
            ("[Project {id: \"x\", id: \"y\"}]", "character 20", "twice"),
            ("[Project] [Event]", "character 11", "expected \"-\""),
            ("[Project]-FUNDS|->[Event]", "character 17", "is no relation kind"),
            ("[Project]--", "character 12 (the end)", "expected \"[\""),
        ] {
            let message = parse_chain(text).expect_err(text).message;
            assert!(message.contains(place) && message.contains(what), "{text}: {message}");
        }
    }
}
