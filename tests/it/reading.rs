//! Reading files: the sample corpus becomes the documents it should, and damaged input becomes a message or a document.
//!
//! Damaged files are made in a temporary folder; each test goes through [`read_all`], as the program does.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use maillage::corpus::{self, Reading, Warning};
use maillage::model::{Document, SectionKind};

/// Reads everything under the paths: documents with their notes, and warnings.
fn read_all(paths: &[PathBuf]) -> (Vec<Reading>, Vec<Warning>) {
    let found = corpus::find(paths);
    let mut warnings = found.warnings;
    let mut readings = Vec::new();
    for input in &found.inputs {
        for result in corpus::read(input) {
            match result {
                Ok(reading) => {
                    check_invariants(&reading.document);
                    readings.push(reading);
                }
                Err(warning) => warnings.push(warning),
            }
        }
    }
    (readings, warnings)
}

fn check_invariants(document: &Document) {
    let mut end = 0;
    for section in &document.sections {
        assert!(end <= section.span.start && section.span.start < section.span.end, "{:?}", document.sections);
        assert!(document.text.get(section.span.start..section.span.end).is_some(), "{:?}", section.span);
        end = section.span.end;
    }
    assert_eq!(document.text, document.text.trim());
    assert_eq!(document.title_span().map(|span| span.of(&document.text)), document.title.as_deref());
}

/// A folder with one file of these bytes, and that file.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    (folder, path)
}

fn document_of(name: &str, bytes: &[u8]) -> Reading {
    let (_folder, path) = file(name, bytes);
    let (mut readings, warnings) = read_all(&[path]);
    assert_eq!(warnings, [], "{name}");
    assert_eq!(readings.len(), 1, "{name}");
    readings.remove(0)
}

fn warning_of(name: &str, bytes: &[u8]) -> String {
    let (_folder, path) = file(name, bytes);
    let (readings, warnings) = read_all(std::slice::from_ref(&path));
    assert_eq!((readings.len(), warnings.len()), (0, 1), "{name}");
    warnings[0].to_string().replace(&path.to_string_lossy().into_owned(), name)
}

#[test]
fn the_sample_corpus_is_read_without_the_site_around_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (readings, warnings) = read_all(&[folder]);
    assert_eq!(warnings, []);
    let mut seen = String::new();
    for Reading { document, notes } in &readings {
        assert!(notes.is_empty() && document.language.as_str() == "fr");
        for section in &document.sections {
            let words: Vec<_> = section.span.of(&document.text).split_whitespace().collect();
            let (kind, count) = (section.kind, words.len());
            let shown = match kind {
                SectionKind::Body => [&words[..4], &["…"], &words[count - 4..]].concat().join(" "),
                _ => words.join(" "),
            };
            writeln!(seen, "{kind:?}: {shown}").expect("a string takes everything");
        }
    }
    insta::assert_snapshot!(seen, @r#"
    Title: L’OIM renforce la capacité de la police salvadorienne à protéger les migrants
    Dateline: El Salvador
    Body: Ce week-end, l’OIM et … du Département d’Etat américain.
    Contact: Pour plus d’informations, veuillez contacter Alba Miriam Amaya, OIM El Salvador, Tel +503 2521-0500 Email: aamaya@iom.int
    Title: L’OIM et ses partenaires œuvrent sur les continents américains en vue de protéger les enfants migrants
    Dateline: El Salvador
    Body: L’OIM, le HCR et … vulnérables dans la région.
    Contact: Pour plus d’informations, veuillez contacter Alba Miriam Amaya, OIM El Salvador, Tel: +503 2521 0500, Email: aamaya@iom.int
    Title: L'OIM lance une initiative visant à protéger les femmes migrantes en Amérique centrale
    Dateline: Panama
    Body: Cette semaine, l’OIM a … dans son discours d’ouverture.
    Contact: Pour plus d’informations, veuillez contacter Alba Miriam Amaya, OIM El Salvador, Guatemala et Honduras, Email: aamaya@iom.int
    Title: Des fonctionnaires des services de l’immigration et de la police de l’Afrique de l’Ouest et du Centre se réunissent pour combattre le trafic illicite de migrants
    Dateline: Sénégal
    Body: Des hauts fonctionnaires en … du Centre, Carmela Godeau.
    Contact: Pour plus d’informations, prière de contacter Barbara Schuler courriel : bschuler@iom.int ou Laura Lungarotti courriel : llungarotti@iom.int au Bureau régional pour l’Afrique de l’Ouest et du Centre de l’OIM basé à Dakar
    Title: Un manuel pour le retour en toute sécurité des mineurs victimes de la traite
    Body: Le Comité national de … d'État américain et l'UNICEF.
    Contact: Pour plus d'informations, veuillez contacter: Agueda Marin OIM San José Tél. : +506. 221 53 48 ext 119 E-mail : amarin@iom.int
    "#);
}

#[test]
fn a_binary_file_is_named_as_one() {
    let pdf = warning_of("a.txt", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj");
    assert_eq!(pdf, "a.txt: is binary (it looks like a PDF); convert it to text first");
    let noise: Vec<u8> = (0..4000u32).map(|i| (i * 97 % 251) as u8).collect();
    assert!(warning_of("a.txt", &noise).contains("is binary"));
}

#[test]
fn an_empty_file_is_named_as_one() {
    assert!(warning_of("a.txt", b"").contains("is empty"));
    assert!(warning_of("a.html", b"<html><body></body></html>").contains("is empty"));
    assert!(warning_of("a.txt", b" \n\t\n\xC2\xA0").contains("is empty"));
}

#[test]
fn stray_and_mixed_bytes_are_read_with_a_note() {
    let stray = document_of("a.txt", b"Un texte sur N\xE2\x80\x99Djamena \xFF\xFE et la r\xC3\xA9gion.");
    assert!(stray.document.text.contains("N’Djamena ÿþ et la région."), "{}", stray.document.text);
    assert!(stray.notes[0].reason.contains("2 stray bytes"), "{}", stray.notes[0]);
    let mixed = document_of(
        "a.txt",
        "été à Genève ".as_bytes().iter().chain(b"et l'\xE9t\xE9").copied().collect::<Vec<_>>().as_slice(),
    );
    assert_eq!(mixed.document.text, "été à Genève et l'été");
    let latin = document_of(
        "a.txt",
        b"Les \xE9l\xE8ves de N'Djamena ont re\xE7u des livres. Voil\xE0 pourquoi l'\xE9t\xE9 fut beau.",
    );
    assert!(latin.document.text.starts_with("Les élèves") && latin.notes.is_empty());
}

#[test]
fn a_page_that_ends_in_the_middle_is_read_up_to_there() {
    let text = "L’OIM a ouvert un centre à Agadez, au Niger, avec l’appui de l’Union européenne.";
    let page = format!(
        "<html><head><title>Un centre</title></head><body><main><h1>Un centre</h1><p>{text}</p><p>Il <a href=\"x"
    );
    let document = document_of("a.html", page.as_bytes()).document;
    assert_eq!(document.text, format!("Un centre\n{text}\nIl"));
    assert_eq!(document.title.as_deref(), Some("Un centre"));
}

#[test]
fn one_very_long_line_is_read_in_linear_time() {
    let sentence = "L’OIM a ouvert un centre à Agadez, au Niger, en 2015. ";
    let text = sentence.repeat(30_000_000 / sentence.len());
    let started = Instant::now();
    for name in ["a.txt", "a.html", "a.md"] {
        let text = if name == "a.html" { format!("<p>{text}") } else { text.clone() };
        let document = document_of(name, text.as_bytes()).document;
        assert_eq!(document.text.len(), sentence.repeat(30_000_000 / sentence.len()).trim_end().len(), "{name}");
    }
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
}

#[test]
fn deep_nesting_needs_no_deep_stack() {
    let page = format!("<html><body>{}Au fond.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(document_of("a.html", page.as_bytes()).document.text, "Au fond.");
    assert_eq!(document_of("a.txt", page.as_bytes()).document.text, "Au fond.");
    let lists = format!("{}Au fond.", "<ul><li><b>".repeat(50_000));
    assert_eq!(document_of("a.txt", lists.as_bytes()).document.text, "Au fond.");
}

#[test]
fn too_large_a_file_is_refused_with_the_limit() {
    let (_folder, path) = file("a.txt", b"");
    fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|f| f.set_len(corpus::LARGEST_FILE_BYTES + 1))
        .expect("a large file");
    let (readings, warnings) = read_all(&[path]);
    assert!(readings.is_empty() && warnings[0].reason == "is larger than 64 MiB", "{warnings:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).expect("a folder");
    fs::write(folder.path().join("a.txt"), "Un texte.").expect("a file");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions");
    let may_read_anything = fs::read_dir(&closed).is_ok();
    let (readings, warnings) = read_all(&[folder.path().into()]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(readings.len(), 1);
    if !may_read_anything {
        assert_eq!(warnings[0].reason, "may not be read (permission denied)");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_neither_block_nor_stop_the_rest() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.txt"), "Un texte.").expect("a file");
    std::os::unix::fs::symlink("nowhere.txt", path("link.txt")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(path("pipe.txt")).status().is_ok_and(|status| status.success());
    let (readings, warnings) = read_all(&[folder.path().into(), path("missing"), path("pipe.txt")]);
    assert_eq!(readings.len(), 1);
    let reasons: Vec<_> = warnings.iter().map(|warning| warning.reason.as_str()).collect();
    let pipe = "is neither a file nor a folder but a pipe, socket or device";
    let expected = ["is a link to something that does not exist", "does not exist", pipe];
    assert_eq!(reasons, expected[..if made { 3 } else { 2 }]);
}

#[test]
fn plain_text_with_angle_brackets_survives() {
    let text = "Si a < b & c > d, la R&D de l’OIM <contact@iom.example> s’en occupe.";
    assert_eq!(document_of("a.txt", text.as_bytes()).document.text, text);
    assert_eq!(document_of("a.html", text.as_bytes()).document.text, text);
    let marked = "Si a < b<br/>la R&D de l&rsquo;OIM <contact@iom.example>";
    assert_eq!(
        document_of("a.txt", marked.as_bytes()).document.text,
        "Si a < b\nla R&D de l’OIM <contact@iom.example>"
    );
}

#[test]
fn the_same_bytes_under_two_names_are_two_documents_with_one_id() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.path().join(name), "Un texte.").expect("a file");
    }
    let (readings, _) = read_all(&[folder.path().into()]);
    assert_eq!(readings.len(), 2);
    assert_eq!(readings[0].document.id, readings[1].document.id);
    assert_ne!(readings[0].document.source, readings[1].document.source);
}

mod anything {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Pieces that mean something to some part of the reader, in any order.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "<p>",
                "</p>",
                "<div class='share'>",
                "</div>",
                "<nav>",
                "<main>",
                "</main>",
                "<h1>",
                "<br/>",
                "<script>",
                "<!--",
                "&eacute;",
                "&",
                "<",
                "\n",
                "\n\n",
                "\r\n",
                "# ",
                "- ",
                "**",
                "[a](b)",
                "---\n",
                "Accueil",
                "Partager\n",
                "Lire aussi\n",
                "Contact : ",
                "Pour plus d’informations, ",
                "NIAMEY, Niger, 14 février – ",
                "20 août 2015\n",
                "COMMISSION DE L’OCEAN INDIEN\n",
                "Accueil › Actualités\n",
                "Le Comité national présente un manuel de procédures sur le retour des enfants.",
                "un mot ",
                "N’Djamena",
                "a\u{301}",
                "\u{a0}",
                "\"mailto:a@b.example\">",
                "| EN | ES\n",
            ])
            .prop_map(|text| text.as_bytes().to_vec()),
            vec(any::<u8>(), 1..3),
        ];
        vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_sound_document_or_a_warning(bytes in pieces(), name in prop::sample::select(vec!["a.txt", "a.html", "a.md", "a.jsonl"])) {
            let (_folder, path) = file(name, &bytes);
            let first = read_all(std::slice::from_ref(&path));
            prop_assert_eq!(&first, &read_all(&[path]));
        }
    }
}
