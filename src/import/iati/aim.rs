//! Where an activity works and what it is about.
//!
//! `<recipient-country code="SN"/>` → *Sénégal* · `<sector code="15180"/>` → the topic `GENDER_BASED_VIOLENCE`
//!
//! Must not say what joins it to the activity.

use std::collections::BTreeSet;

use super::body::{Named, is_name, of_entry};
use super::codes;
use super::scene::{Outcome, Scene, Silent};
use crate::import::known::listed;
use crate::model::{EntityKind, id_of_parts};

impl Scene<'_> {
    pub(super) fn country(&self, at: usize) -> Outcome<Named> {
        let code = self.needed(at, "code")?;
        let entry = codes::country(&code.text.to_uppercase());
        let entry = entry.ok_or_else(|| {
            Silent::Wrong(format!("has the code {:?}, which no country of ISO 3166-1 has", code.text))
        })?;
        Ok(of_entry(entry, code.span))
    }

    pub(super) fn region(&self, at: usize) -> Outcome<Named> {
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

    pub(super) fn location(&self, at: usize) -> Outcome<Named> {
        let name = self.tree.named(at, "name").next().and_then(|name| self.tree.narratives(name).into_iter().next());
        let name = name.filter(|name| is_name(&name.text)).ok_or(Silent::Unmapped("location without a name"))?;
        if let Some((_, entry)) = listed(EntityKind::Place, &name.text) {
            return Ok(of_entry(entry, name.span));
        }
        let id = self.tree.named(at, "location-id").next().and_then(|id| {
            let part = |name| self.tree.attribute(id, name).map(|said| said.text.as_str());
            Some(id_of_parts(&["location", part("vocabulary")?, part("code")?]))
        });
        let id = id.unwrap_or_else(|| self.id_by_name("location", &name.text));
        Ok(Named {
            kind: EntityKind::Place,
            entry: None,
            id,
            name: name.text,
            aliases: BTreeSet::new(),
            span: name.span,
        })
    }

    pub(super) fn sector(&self, at: usize) -> Outcome<Named> {
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

    /// The listed entity of a kind that an element names.
    pub(super) fn named_entry(&self, at: usize, kind: EntityKind) -> Option<Named> {
        let names = self.tree.narratives(at);
        names.iter().find_map(|name| Some(of_entry(listed(kind, &name.text)?.1, name.span)))
    }
}
