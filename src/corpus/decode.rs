//! Bytes to characters: UTF-8, UTF-16, Windows-1252 and what else `chardetng` knows, or a mixture; never an error for text.
//!
//! `b"caf\xe9"` → `café`; `b"caf\xc3\xa9 \xff"` → `café ÿ` with a note
//!
//! The text that leaves here is in composed form (NFC), has `\n` at its line ends, and no control characters. Must not know
//! markup, except for the `charset` that a page declares.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Characters, and what to know about them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) note: Option<String>,
}

/// First bytes of files that are no text, with their names.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3", "a database"),
];

/// Decodes text, of which somebody may have said what encoding it is in; `Err` says what the bytes look like when they are no text.
pub(super) fn decode(bytes: &[u8], said: Option<&str>) -> Result<Decoded, &'static str> {
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(name);
    }
    let (text, note) = match utf_16(bytes) {
        Some(encoding) => (encoding.decode_with_bom_removal(bytes).0.into_owned(), None),
        None if is_binary(bytes) => return Err("no text"),
        None => eight_bit(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes), said),
    };
    if !text.chars().all(is_tidy) && too_many_controls(&text) {
        return Err("no text");
    }
    Ok(Decoded { text: tidied(text), note })
}

/// A text in composed form, with `\n` at its line ends and without control characters.
pub(super) fn tidied(text: String) -> String {
    if text.chars().all(is_tidy) { text } else { tidy(&text) }
}

/// UTF-16 by its mark, or by the zeros that stand in every second byte of western text.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ if bytes.len() % 2 == 1 => return None,
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(4096)];
    if !sample.contains(&0) {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    let most = |many: usize, few: usize| many * 10 > pairs * 7 && few * 20 < pairs;
    if most(odd, even) {
        Some(UTF_16LE)
    } else if most(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

/// More than one control character in fifty is no text.
fn too_many_controls(text: &str) -> bool {
    let controls =
        text.bytes().filter(|b| b.is_ascii_control() && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0C | 0x1B)).count();
    controls * 50 > text.len()
}

fn eight_bit(bytes: &[u8], said: Option<&str>) -> (String, Option<String>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let strays: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let valid: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    // Accented letters of an 8-bit encoding hardly ever form valid UTF-8 by chance.
    if valid > 0 && valid * 2 >= strays {
        let note = format!("mixes UTF-8 with {strays} stray bytes, which were read as Windows-1252");
        return (mixed(bytes), Some(note));
    }
    let said = said.and_then(|name| known(name.as_bytes()));
    let encoding = said.or_else(|| declared(bytes)).unwrap_or_else(|| guessed(bytes));
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), None)
}

/// Keeps what is UTF-8 and reads each stray byte as Windows-1252.
fn mixed(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// The encoding that a page names in its first kilobyte: `charset=iso-8859-15`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let (_, name) = head.split_once("charset=")?;
    let name = name.trim_start_matches(['"', '\'']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c)).unwrap_or(name.len());
    known(&name.as_bytes()[..end])
}

/// An encoding by its name, unless the bytes have shown already that it is another.
fn known(name: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(name).filter(|e| e.is_ascii_compatible() && *e != encoding_rs::UTF_8)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Line ends become `\n`, letters are composed, and characters that nobody sees go.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => tidy.push('\n'),
            '\n' | '\t' => tidy.push(c),
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
            c if c.is_control() => {}
            c => tidy.push(c),
        }
    }
    match is_nfc_quick(tidy.chars()) {
        IsNormalized::Yes => tidy,
        _ => tidy.nfc().collect(),
    }
}

/// Whether a character stays as it is wherever it stands: what most Latin text is made of, none of which composes with anything.
fn is_tidy(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\t' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{202f}' | '€')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None).expect("text").text
    }

    #[test]
    fn encodings_are_told_apart() {
        let french = "L’été, à N’Djamena, des élèves œuvrent déjà.\nVoilà.";
        let utf_16 = |be: bool| -> Vec<u8> {
            french.encode_utf16().flat_map(|u| if be { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        assert_eq!(text(french.as_bytes()), french);
        assert_eq!(text(&[b"\xEF\xBB\xBF", french.as_bytes()].concat()), french);
        assert_eq!(text(&WINDOWS_1252.encode(french).0), french);
        assert_eq!(text(&utf_16(false)), french);
        assert_eq!(text(&utf_16(true)), french);
        assert_eq!(text(&[b"\xFF\xFE".as_slice(), &utf_16(false)].concat()), french);
        assert_eq!(text(b"<meta charset=\"iso-8859-15\"> 3 \xA4"), "<meta charset=\"iso-8859-15\"> 3 €");
        let said = decode(b"<meta charset=latin1> 3 \xA4", Some("ISO-8859-15")).expect("text").text;
        assert_eq!(said, "<meta charset=latin1> 3 €", "what the server said counts first");
    }

    #[test]
    fn mixtures_keep_their_utf_8() {
        let mixed = decode(b"d\xC3\xA9j\xE0 vu \xFF \xC3\xA9t\xC3\xA9", None).expect("text");
        assert_eq!(mixed.text, "déjà vu ÿ été");
        assert!(mixed.note.expect("note").contains("2 stray bytes"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b"%PDF-1.7 \x00", None), Err("a PDF"));
        assert_eq!(decode(b"ab\0cd\x01\x02", None), Err("no text"));
        assert_eq!(decode(&[1, 2, 3, 4, 5, 6, 7], None), Err("no text"));
        assert_eq!(text(b""), "");
    }

    #[test]
    fn layout_is_normalised_and_letters_are_composed() {
        assert_eq!(text("a\r\nb\rc\u{85}e\u{301}\u{AD}t".as_bytes()), "a\nb\nc\nét");
        assert_eq!(text("l’a\u{A0}b".as_bytes()), "l’a\u{A0}b");
    }
}
