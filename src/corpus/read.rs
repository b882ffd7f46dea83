//! Reads an input: one document of a file, or one a line of JSON Lines, a row of Parquet, a record of a web archive.
//!
//! `corpus/001.txt` → one [`Reading`]; `news.jsonl` → one for each line, a [`Warning`] for each bad one
//!
//! Lines, rows and records are read one by one, so that memory is bounded by the longest of them. Must not decide which files are read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, stdin};
use std::path::Path;

use super::archive::Archive;
use super::article::find_article;
use super::document::assemble;
use super::find::{Input, InputKind};
use super::html::{read_fragment, read_page};
use super::jsonl::JsonLines;
use super::line::lines_of;
use super::markdown::{front_matter, lines_of_markdown};
use super::markup::{Markup, markup_of, protect, without_link_leftovers};
use super::metadata::Metadata;
use super::table::Table;
use super::wrap::unwrap;
use super::{Reading, Warning};
use crate::file::{Joined, Packed, is_broken, is_parquet};
use crate::model::{Document, DocumentId};

/// The largest file that is one document, and the longest line of JSON Lines and record of a web archive that is read: 64 MiB. What is
/// packed counts unpacked.
pub const LARGEST_FILE_BYTES: u64 = 64 << 20;

/// The documents of one input, in order.
pub type Readings = Box<dyn Iterator<Item = Result<Reading, Warning>> + Send>;

/// Reads an input. What cannot be read is a warning; reading never panics and never fails as a whole.
pub fn read(input: &Input) -> Readings {
    opened(input).unwrap_or_else(|warning| only(Err(warning)))
}

fn opened(input: &Input) -> Result<Readings, Warning> {
    let source = input.source.clone();
    let failed = |error: io::Error| match is_broken(&error) {
        true => Warning::new(&input.source, format!("is packed and damaged ({error})"), "write or fetch it again"),
        false => Warning::io(&input.source, &error),
    };
    let buffered = |packed: io::Result<Packed>| Ok(BufReader::with_capacity(1 << 16, packed.map_err(failed)?));
    Ok(match input.kind {
        InputKind::Parquet => Box::new(Table::open(&input.path, source)?),
        InputKind::Archive => Box::new(Archive::new(buffered(Packed::open(&input.path))?, source)),
        InputKind::JsonLines => {
            let lines = Joined::new(buffered(Packed::open(&input.path))?);
            Box::new(JsonLines::new(Box::new(lines), source))
        }
        InputKind::StandardInput => streamed(buffered(Packed::stream(stdin()))?, source).map_err(failed)?,
        InputKind::Text | InputKind::Markdown | InputKind::Html => {
            let file = open(&input.path).map_err(failed)?;
            only(whole(BufReader::with_capacity(1 << 16, file), source, input.kind))
        }
    })
}

/// Opens a file, but nothing that could block: what was a file when it was found may be a pipe by now.
fn open(path: &Path) -> io::Result<File> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "it is no file any more"));
    }
    File::open(path)
}

fn only(result: Result<Reading, Warning>) -> Readings {
    Box::new(std::iter::once(result))
}

/// Reads what a stream turns out to be.
fn streamed(mut reader: BufReader<Packed>, source: String) -> io::Result<Readings> {
    let head = reader.fill_buf()?;
    if head.starts_with(b"WARC/") {
        return Ok(Box::new(Archive::new(reader, source)));
    }
    if is_parquet(head) {
        let remedy = "write it into a file and name that: Parquet is read from its end";
        return Ok(only(Err(Warning::new(source, "is Parquet, which cannot be read from a stream", remedy))));
    }
    if head.trim_ascii_start().starts_with(b"{\"") || head.starts_with(b"{ \"") {
        return Ok(Box::new(JsonLines::new(Box::new(Joined::new(reader)), source)));
    }
    Ok(only(whole(Joined::new(reader), source, InputKind::StandardInput)))
}

/// Reads one document from a stream that is nothing else.
fn whole(reader: impl BufRead, source: String, kind: InputKind) -> Result<Reading, Warning> {
    let mut bytes = Vec::new();
    match reader.take(LARGEST_FILE_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) => read_bytes(&bytes, source, kind),
        Err(error) => Err(Warning::io(source, &error)),
    }
}

/// Reads one document from its bytes.
fn read_bytes(bytes: &[u8], source: String, kind: InputKind) -> Result<Reading, Warning> {
    let id = DocumentId::of_bytes(bytes);
    let mut notes = Vec::new();
    let text = decoded(bytes, &source, &mut notes)?;
    if is_data(&text) {
        let remedy = "take it into a store: maillage import --data store FILE";
        return Err(Warning::new(source, "is data of the IATI standard and no text", remedy));
    }
    let document = document(id, source.clone(), &text, kind, Metadata::default());
    filled(document, source, notes)
}

/// Whether a file is a registry in XML, which says nothing in sentences.
fn is_data(text: &str) -> bool {
    let mut cut = text.len().min(4 << 10);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = text[..cut].trim_start();
    head.starts_with('<') && (head.contains("<iati-activities") || head.contains("<iati-organisations"))
}

pub(super) fn decoded(bytes: &[u8], source: &str, notes: &mut Vec<Warning>) -> Result<String, Warning> {
    decoded_as(bytes, None, source, notes)
}

/// Characters of bytes, of which somebody may have said what encoding they are in.
pub(super) fn decoded_as(
    bytes: &[u8],
    said: Option<&str>,
    source: &str,
    notes: &mut Vec<Warning>,
) -> Result<String, Warning> {
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        let limit = LARGEST_FILE_BYTES >> 20;
        return Err(Warning::new(
            source,
            format!("is larger than {limit} MiB"),
            "split it, for instance into JSON Lines",
        ));
    }
    let decoded = super::decode::decode(bytes, said).map_err(|like| {
        Warning::new(source, format!("is binary (it looks like {like})"), "convert it to text first")
    })?;
    notes.extend(decoded.note.map(|note| Warning::new(source, note, "save it in one encoding, best UTF-8")));
    Ok(decoded.text)
}

pub(super) fn filled(document: Document, source: String, notes: Vec<Warning>) -> Result<Reading, Warning> {
    if document.text.is_empty() {
        return Err(Warning::new(source, "is empty", "remove it, or put text into it"));
    }
    Ok(Reading { document, notes })
}

/// Reads the article out of a text.
pub(super) fn document(id: DocumentId, source: String, text: &str, kind: InputKind, mut known: Metadata) -> Document {
    let text = without_link_leftovers(text);
    let markup = match kind {
        InputKind::Html if markup_of(&text) != Markup::None => Markup::Page,
        _ => markup_of(&text),
    };
    let (front, body) = if kind == InputKind::Markdown { front_matter(&text) } else { (Vec::new(), text.as_ref()) };
    for (key, value) in front {
        let slot = match key.as_str() {
            "title" => &mut known.title,
            "url" | "link" => &mut known.url,
            "lang" | "language" => &mut known.language,
            "date" | "published" => &mut known.published,
            _ => continue,
        };
        slot.get_or_insert_with(|| value.to_string());
    }
    let lines = match (markup, kind) {
        (Markup::Page, _) => {
            let page = read_page(body);
            // The page's title often ends in the site's name; it only helps to find the headline in the text.
            known.title = known.title.or_else(|| page.metadata.title.map(without_site_name));
            known.url = known.url.or(page.metadata.url);
            known.language = known.language.or(page.metadata.language);
            known.published = known.published.or(page.metadata.published);
            page.lines
        }
        (Markup::Fragment, InputKind::Markdown) => {
            let plain: Vec<_> = read_fragment(&protect(body)).into_iter().map(|line| line.text).collect();
            lines_of_markdown(&plain.join("\n"))
        }
        (Markup::Fragment, _) => read_fragment(&protect(body)),
        (Markup::None, InputKind::Markdown) => lines_of_markdown(body),
        (Markup::None, _) => lines_of(body),
    };
    let article = find_article(unwrap(lines), known.title.as_deref());
    if markup == Markup::Page && article.title.is_some() {
        known.title = None;
    }
    assemble(id, source, article, known)
}

/// `Un titre | OIM` → `Un titre`
fn without_site_name(title: String) -> String {
    [" | ", " — ", " – ", " - "]
        .iter()
        .find_map(|mark| title.rsplit_once(mark).filter(|(head, site)| head.len() > site.len()))
        .map_or_else(|| title.clone(), |(head, _)| head.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SectionKind, Span};

    fn document_of(text: &str, kind: InputKind) -> Document {
        let document = read_bytes(text.as_bytes(), "x".into(), kind).expect("a document").document;
        check_invariants(&document);
        document
    }

    fn check_invariants(document: &Document) {
        assert_eq!(document.text, document.text.trim());
        let mut end = 0;
        for section in &document.sections {
            assert!(section.span.start >= end && !section.span.is_empty(), "{:?}", document.sections);
            assert!(document.text.get(section.span.start..section.span.end).is_some());
            end = section.span.end;
        }
        assert_eq!(document.title_span().map(|span| span.of(&document.text)), document.title.as_deref());
    }

    fn sections(document: &Document) -> Vec<(SectionKind, &str)> {
        document.sections.iter().map(|s| (s.kind, s.span.of(&document.text))).collect()
    }

    #[test]
    fn plain_text_becomes_sections() {
        let document = document_of(
            "Un titre\nNIAMEY, Niger, 14 février – Le HCR & R&D a < b.\nDe A à Z\nContacts :\nAna\n",
            InputKind::Text,
        );
        assert_eq!(
            sections(&document),
            [
                (SectionKind::Title, "Un titre"),
                (SectionKind::Dateline, "NIAMEY, Niger, 14 février"),
                (SectionKind::Body, "Le HCR & R&D a < b.\nDe A à Z"),
                (SectionKind::Contact, "Contacts :\nAna"),
            ]
        );
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("XXXX-02-14"));
    }

    #[test]
    fn json_lines_are_read_one_by_one() {
        let lines = concat!(
            r#"{"id": "a", "text": "Un texte sur la migration en Afrique de l’Ouest.", "title": "Un titre", "published": "2015-08"}"#,
            "\n\nnot json\n",
            r#"{"id": 7, "text": "<p>Some text about <b>migration</b> in West Africa.</p>", "language": "en-GB", "x": []}"#,
            "\r\n",
            r#"{"text": "no id"}"#,
        );
        let reader: Box<dyn BufRead + Send> = Box::new(std::io::Cursor::new(lines));
        let all: Vec<_> = JsonLines::new(reader, "n.jsonl".into()).collect();
        let first = &all[0].as_ref().expect("a document").document;
        assert_eq!((first.source.as_str(), first.language.as_str()), ("a", "fr"));
        assert_eq!(first.text, "Un titre\nUn texte sur la migration en Afrique de l’Ouest.");
        assert_eq!(first.published.map(|d| d.to_string()).as_deref(), Some("2015-08"));
        let bad = all[1].as_ref().expect_err("a warning");
        assert!(bad.path == "n.jsonl:3" && bad.reason.contains("no document"), "{bad}");
        let second = &all[2].as_ref().expect("a document").document;
        assert_eq!((second.source.as_str(), second.text.as_str()), ("7", "Some text about migration in West Africa."));
        assert_eq!(second.id, DocumentId::of_bytes(lines.lines().nth(3).unwrap_or_default().as_bytes()));
        assert_eq!(
            all[3].as_ref().expect_err("a warning").to_string().split(';').next(),
            Some("n.jsonl:5: is no document (missing field `id`)")
        );
    }

    #[test]
    fn signs_that_json_allows_are_no_mistake_in_a_line() {
        let line =
            "{\"id\": \"a\", \"text\": \"Un texte\u{2028}sur l’e\u{301}te\\u0301\\r\\net \\u0007la\u{ad} suite.\"}";
        let document = crate::corpus::read_line(line, "x").expect("a document").document;
        assert_eq!(document.text, "Un texte\nsur l’été\net la suite.");
        assert_eq!(document.id, DocumentId::of_bytes(line.as_bytes()));
    }

    #[test]
    fn a_registry_is_no_text() {
        let read = |text: &str| read_bytes(text.as_bytes(), "a.xml".into(), InputKind::Text);
        let warning = read("<?xml version='1.0'?>\n<iati-activities version='2.03'/>").expect_err("a warning");
        assert!(warning.remedy.contains("maillage import"), "{warning}");
        assert!(read("Le registre <iati-activities> est public.").is_ok());
    }

    #[test]
    fn markdown_has_its_title() {
        let text = "---\nlang: fr\ndate: 2015-08-20\n---\n# Un **titre**\n\nUn [texte](https://x.example).\n";
        let document = document_of(text, InputKind::Markdown);
        assert_eq!(document.text, "Un titre\nUn texte.");
        assert_eq!((document.title_span(), document.language.as_str()), (Some(Span::new(0, 8)), "fr"));
    }
}
