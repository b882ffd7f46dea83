//! Ids made from content: the same on every machine, in any order of reading. Cloning one is cheap: its text is shared.
//!
//! `DocumentId::of_bytes(b"…")` → `document:8c7dd922ad47494f`; `organization:iom`; `relation:funds-4be1c3a96c2f0d11`

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{EntityKind, RelationKind};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes an id that was made before, for instance one that a user typed.
            pub fn from_text(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from_text)
            }
        }
    };
}

id! {
    /// Identifies a document by its bytes: `document:` and 16 hexadecimal digits.
    DocumentId
}
id! {
    /// Identifies an entity: its kind in lower case, a colon, and a readable key.
    EntityId
}
id! {
    /// Identifies a relation by its kind and its two ends.
    RelationId
}
id! {
    /// Identifies a decision by what was decided, by whom, why and when.
    DecisionId
}

impl DocumentId {
    /// The id of a document with these bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(format!("document:{}", digest(&[bytes])).into())
    }

    /// The id of lines of a data file, whose meaning hangs on the namespace of their ids.
    pub fn of_lines(namespace: &str, text: &str) -> Self {
        Self(format!("document:{}", digest(&[namespace.as_bytes(), b"\0", text.as_bytes()])).into())
    }

    /// The 16 hexadecimal digits without the prefix.
    pub fn digits(&self) -> &str {
        self.0.strip_prefix("document:").unwrap_or(&self.0)
    }
}

/// Makes the id of a document whose bytes come in pieces.
#[derive(Clone, Debug, Default)]
pub struct DocumentDigest(Sha256);

impl DocumentDigest {
    /// The next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The id of all the bytes so far: that of [`DocumentId::of_bytes`].
    pub fn id(self) -> DocumentId {
        DocumentId(format!("document:{}", digits(self.0)).into())
    }
}

impl EntityId {
    /// The id of an entity of this kind with this key, for instance `iom` or `san-jose-cr`.
    pub fn new(kind: EntityKind, key: &str) -> Self {
        Self(format!("{}:{key}", kind.as_str().to_lowercase()).into())
    }

    /// The id of what a data file calls by an id: `organization:iati.XM-DAC-47066`. Ids that are long or have other characters than
    /// letters of ASCII, digits, `-` and `_` are told apart by a digest: `person:staff.zoe-1.0f1e2d3c4b5a6978`.
    pub fn of_source(kind: EntityKind, namespace: &str, id: &str) -> Self {
        const LONGEST: usize = 80;
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        // No slug has a full stop: neither what documents say nor another namespace makes the same id.
        if plain(namespace) && plain(id) && namespace.len() + id.len() <= LONGEST {
            let mut text = kind.as_str().to_ascii_lowercase();
            text.extend([":", namespace, ".", id]);
            return Self(text.into());
        }
        let digest = digest(&[namespace.as_bytes(), b"\0", id.as_bytes()]);
        Self::new(kind, &format!("{}.{}.{digest}", slug(namespace), slug(id)))
    }
}

impl RelationId {
    /// The id of the relation of this kind between two entities.
    pub fn new(kind: RelationKind, subject: &EntityId, object: &EntityId) -> Self {
        let kind = kind.as_str().to_lowercase().replace('_', "-");
        let ends = [subject.as_str().as_bytes(), b"\0", object.as_str().as_bytes()];
        Self(format!("relation:{kind}-{}", digest(&ends)).into())
    }
}

impl DecisionId {
    /// The id of a decision that is written so.
    pub(super) fn of_text(text: &str) -> Self {
        Self(format!("decision:{}", digest(&[text.as_bytes()])).into())
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of the parts in turn.
fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    digits(hasher)
}

fn digits(hasher: Sha256) -> String {
    let first = hasher.finalize().iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("{first:016x}")
}

/// A name as it is compared: lower case, without accents or ligatures, every run of other characters one space.
///
/// `fold("L’Œuvre  d'Etat (É.)")` → `"l oeuvre d etat e"`
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(&mut folded, name);
    folded
}

/// Appends the folded form of a name to a text that may already hold others.
pub fn fold_into(folded: &mut String, name: &str) {
    let from = folded.len();
    let mut rest = name;
    loop {
        // Most letters of most texts are folded already: they are taken in one piece.
        let plain = rest.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit()).count();
        folded.push_str(&rest[..plain]);
        let mut chars = rest[plain..].chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match latin(c) {
            Some(plain) => fold_char(folded, from, plain),
            // Marks fall away, so that decomposing letter by letter gives what decomposing the whole would.
            None => {
                let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
                plain.for_each(|c| fold_char(folded, from, c));
            }
        }
    }
    if folded.len() > from && folded.ends_with(' ') {
        folded.pop();
    }
}

/// The plain lower-case letter of the characters that most Latin text is made of; `None` leaves it to decomposition.
fn latin(c: char) -> Option<char> {
    Some(match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 'u',
        'œ' | 'Œ' => 'œ',
        '’' | '‘' | '«' | '»' | '“' | '”' | '–' | '—' | '\u{a0}' => ' ',
        _ => return None,
    })
}

fn fold_char(folded: &mut String, from: usize, c: char) {
    match c {
        'a'..='z' | '0'..='9' => folded.push(c),
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        'ø' => folded.push('o'),
        'đ' => folded.push('d'),
        'ł' => folded.push('l'),
        'ı' => folded.push('i'),
        c if c.is_alphanumeric() => folded.push(c),
        _ if folded.len() == from || folded.ends_with(' ') => {}
        _ => folded.push(' '),
    }
}

/// What joins the parts of an id that a reader puts together. No id in a data file has it: those with control characters are refused.
const JOIN: char = '\u{1f}';

/// An id for what a data file gives none, put together of what tells it apart there. It is an id for this program alone, and never shown as
/// one of the file's.
pub fn id_of_parts(parts: &[&str]) -> String {
    parts.join(JOIN.encode_utf8(&mut [0; 4]))
}

/// The last part of an id that was put together; nothing of an id that stands in a data file.
pub fn last_part(id: &str) -> Option<&str> {
    id.rsplit_once(JOIN).map(|(_, last)| last)
}

/// A name as part of an id: folded, words joined by hyphens, at most about 80 bytes; longer ones end in a digest so that two
/// names with the same beginning stay apart.
pub fn slug(name: &str) -> String {
    const LONGEST: usize = 80;
    let mut slug = fold(name);
    if slug.contains(' ') {
        slug = slug.replace(' ', "-");
    }
    if slug.len() <= LONGEST {
        return slug;
    }
    let mut cut = LONGEST - 17;
    while !slug.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = slug[..cut].rsplit_once('-').map_or(&slug[..cut], |(head, _)| head);
    format!("{head}-{}", digest(&[slug.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_joins_what_readers_take_for_one() {
        assert_eq!(fold("Département d’État"), fold("DEPARTEMENT D'ETAT"));
        assert_eq!(fold("  Œuvre,  d'Etat (É.) "), "oeuvre d etat e");
        assert_eq!(fold("—"), "");
    }

    #[test]
    fn plain_letters_are_those_that_decomposing_gives() {
        for c in (0..=0x2fff).filter_map(char::from_u32) {
            let Some(plain) = latin(c) else { continue };
            let (mut short, mut long) = (String::from("x"), String::from("x"));
            fold_char(&mut short, 0, plain);
            let decomposed = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
            decomposed.for_each(|c| fold_char(&mut long, 0, c));
            assert_eq!(short, long, "{c:?}");
        }
    }

    #[test]
    fn slugs_are_short_and_apart() {
        let (a, b) = (format!("{} a", "mot ".repeat(40)), format!("{} b", "mot ".repeat(40)));
        assert_ne!(slug(&a), slug(&b));
        assert!(slug(&a).len() <= 80);
    }
}
