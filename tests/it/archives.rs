//! Web archives and Parquet as documents: the same documents however they are packed, and the rest goes on behind what is damaged.
//!
//! Archives are made here, record by record, so that a test knows where each of them lies.

use std::fs;
use std::io::{Seek, Write};
use std::sync::Arc;

use maillage::corpus::{self, LARGEST_FILE_BYTES, Reading, Warning};
use maillage::model::DocumentId;
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;

use crate::program::{maillage, told};

const HTML: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n";
const TEXT: &str = "L’OIM a ouvert un centre à Agadez, au Niger, avec l’appui de l’Union européenne.";

/// A record as it stands in an archive.
fn record(kind: &str, fields: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {}\r\n\r\n", content.len());
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn at(number: usize) -> String {
    format!("WARC-Target-URI: https://a.example/{number}\r\n")
}

/// The text of a WET file's record.
fn conversion(number: usize) -> Vec<u8> {
    record("conversion", &at(number), format!("Titre {number}\n{TEXT} Texte {number}.").as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What a file with these bytes holds.
fn read(name: &str, bytes: &[u8]) -> (Vec<Reading>, Vec<Warning>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let found = corpus::find(std::slice::from_ref(&path));
    assert_eq!((found.inputs.len(), found.warnings.len()), (1, 0), "{name}");
    let (mut readings, mut warnings) = (Vec::new(), Vec::new());
    for result in corpus::read(&found.inputs[0]) {
        match result {
            Ok(reading) => readings.push(reading),
            Err(warning) => {
                let path = warning.path.replace(&*path.to_string_lossy(), name);
                warnings.push(Warning { path, ..warning });
            }
        }
    }
    (readings, warnings)
}

fn sources(readings: &[Reading]) -> Vec<&str> {
    readings.iter().map(|reading| reading.document.source.trim_start_matches("https://a.example/")).collect()
}

fn numbers(readings: &[Reading]) -> Vec<usize> {
    sources(readings).iter().map(|number| number.parse().unwrap()).collect()
}

#[test]
fn pages_and_texts_are_documents_and_nothing_else_is() {
    let page = format!("<html><head><title>Un centre</title></head><body><main><h1>Un centre</h1><p>{TEXT}</p>");
    let page = latin(&page.replace('’', "'"));
    let answer = [HTML.as_bytes(), &page].concat();
    let records = [
        record("warcinfo", "", b"software: own\r\n"),
        record("request", &at(1), b"GET / HTTP/1.1\r\n\r\n"),
        record("response", &format!("{}WARC-Date: 2024-05-06T07:08:09Z\r\n", at(1)), &answer),
        record("metadata", &at(1), b"a: b"),
        record("response", &at(2), b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html><p>Nothing here."),
        record("response", &at(3), b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        record("revisit", &at(4), b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
        record("resource", &format!("{}Content-Type: text/plain\r\n", at(5)), TEXT.as_bytes()),
        record("conversion", "WARC-Target-URI: <https://a.example/6>\r\nWARC-Type : conversion\r\n", TEXT.as_bytes()),
    ];
    let (readings, warnings) = read("a.warc", &records.concat());
    assert_eq!(warnings, []);
    assert_eq!(sources(&readings), ["1", "5", "6"]);
    let first = &readings[0].document;
    assert_eq!(first.id, DocumentId::of_bytes(&page), "a page is the document that it is as a file");
    assert_eq!(first.url.as_deref(), Some("https://a.example/1"));
    assert_eq!(first.published, None, "when it was fetched is not when it was published");
    assert!(first.text.contains("à Agadez") && first.title.as_deref() == Some("Un centre"), "{}", first.text);
    let line = format!("{{\"id\":\"https://a.example/6\",\"text\":\"{TEXT}\",\"url\":\"https://a.example/6\"}}");
    assert_eq!(readings[2].document, corpus::read_line(&line, "sent").unwrap().document);
    // However they are packed.
    let each = |pack: fn(&[u8]) -> Vec<u8>| records.iter().flat_map(|record| pack(record)).collect::<Vec<u8>>();
    let blocks = records.concat().chunks(50).flat_map(gzip).collect::<Vec<u8>>();
    let packed = [each(gzip), each(zstd), gzip(&records.concat()), zstd(&records.concat()), blocks];
    for (number, bytes) in packed.iter().enumerate() {
        for name in ["a.warc.gz", "a.WARC.ZST", "a.wet"] {
            assert_eq!(read(name, bytes), (readings.clone(), Vec::new()), "{number} as {name}");
        }
    }
}

/// Bytes in ISO 8859-1.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn behind_a_damaged_record_the_rest_goes_on() {
    let good: Vec<_> = (0..5).map(conversion).collect();
    let bad = [
        ("no head", b"something else\r\n\r\n".to_vec()),
        ("no length", b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\ntext\r\n\r\n".to_vec()),
        ("no number", b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: -4\r\n\r\ntext\r\n\r\n".to_vec()),
        ("too long", b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 999999\r\n\r\ntext\r\n\r\n".to_vec()),
        ("far too long", b"WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\ntext\r\n\r\n".to_vec()),
        ("a long head", [b"WARC/1.0\r\nx: ", "y".repeat(70_000).as_bytes(), b"\r\n\r\n"].concat()),
        ("empty", record("conversion", &at(9), b"")),
        ("too short", b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 3\r\n\r\ntext\r\n\r\n".to_vec()),
    ];
    for (what, bad) in bad {
        let place = good[0].len() + good[1].len();
        let records: Vec<_> = [&good[..2], &[bad], &good[2..]].concat();
        let (readings, warnings) = read("a.warc", &records.concat());
        assert_eq!(numbers(&readings), [0, 1, 2, 3, 4], "{what}");
        assert_eq!(warnings.len(), 1, "{what}: {warnings:?}");
        assert_eq!(warnings[0].path, format!("a.warc: byte {place}"), "{what}");
        let packed: Vec<_> = records.iter().map(|record| gzip(record)).collect();
        let (readings, warnings) = read("a.warc.gz", &packed.concat());
        assert_eq!(numbers(&readings), [0, 1, 2, 3, 4], "{what}, packed");
        let place = packed[0].len() + packed[1].len();
        assert_eq!((warnings.len(), &*warnings[0].path), (1, &*format!("a.warc.gz: byte {place}")), "{what}, packed");
    }
}

#[test]
fn a_file_cut_short_gives_what_is_whole() {
    let all: Vec<u8> = (0..3).flat_map(conversion).collect();
    let packed: Vec<u8> = (0..3).flat_map(|number| gzip(&conversion(number))).collect();
    for (name, bytes) in [("a.warc", &all), ("a.warc.gz", &packed)] {
        let (readings, warnings) = read(name, &bytes[..bytes.len() - 40]);
        assert_eq!((numbers(&readings), warnings.len()), (vec![0, 1], 1), "{name}: {warnings:?}");
    }
    let (readings, warnings) = read("a.warc.gz", &gzip(&all)[..200]);
    assert!(readings.len() < 3 && warnings.len() == 1, "{warnings:?}");
}

#[test]
fn what_is_too_large_is_named_and_passed_over() {
    let large = vec![b'a'; LARGEST_FILE_BYTES as usize + 1];
    let page = [HTML.as_bytes(), &large].concat();
    let bomb = format!("{}Content-Encoding: gzip\r\n\r\n", HTML.trim_end_matches("\r\n").to_owned() + "\r\n");
    let bomb = [bomb.as_bytes(), &gzip(&large)].concat();
    let records = [
        record("conversion", &at(1), &large),
        record("response", &at(2), &page),
        record("response", &at(3), &bomb),
        conversion(4),
    ];
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let (readings, warnings) = read("a.warc.gz", &packed);
    assert_eq!(numbers(&readings), [4]);
    assert!(warnings.len() == 3 && warnings.iter().all(|w| w.reason == "is larger than 64 MiB"), "{warnings:?}");
}

#[test]
fn lines_that_are_packed_are_read() {
    let lines = format!("{{\"id\": \"a\", \"text\": \"{TEXT}\"}}\n{{\"id\": \"b\", \"text\": \"{TEXT}\"}}\n");
    let (plain, _) = read("n.jsonl", lines.as_bytes());
    assert_eq!(plain.len(), 2);
    let (first, rest) = lines.as_bytes().split_at(70);
    assert_eq!(read("n.jsonl.gz", &[gzip(first), gzip(rest)].concat()), (plain.clone(), Vec::new()));
    assert_eq!(read("n.jsonl.zst", &[zstd(first), zstd(rest)].concat()), (plain, Vec::new()));
    let (readings, warnings) = read("n.jsonl.gz", &[gzip(lines.as_bytes()), b"more".to_vec()].concat());
    assert_eq!((readings.len(), warnings.len()), (2, 1), "{warnings:?}");
}

/// Writes the next column of a group of rows; `present` says which rows have a value.
fn write<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    values: &[T::T],
    present: Option<&[i16]>,
) {
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, present, None).unwrap();
    column.close().unwrap();
}

/// Rows as Parquet, ten in a group: some without a text, every other one with a title.
fn parquet(rows: usize) -> Vec<u8> {
    let schema = "message m { optional binary text (STRING); required int64 id; optional binary title (STRING);
        optional int32 published (DATE); optional binary other; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).unwrap();
    for from in (0..rows).step_by(10) {
        let all: Vec<usize> = (from..rows.min(from + 10)).collect();
        let texts = |shown: &dyn Fn(usize) -> Option<String>| {
            let shown: Vec<_> = all.iter().map(|number| shown(*number)).collect();
            let present: Vec<i16> = shown.iter().map(|text| i16::from(text.is_some())).collect();
            let values: Vec<ByteArray> = shown.into_iter().flatten().map(|text| text.into_bytes().into()).collect();
            (values, present)
        };
        let (text, with_text) = texts(&|n| (n % 7 != 6).then(|| format!("{TEXT} \"Texte\"\n{n}.")));
        let (title, with_title) = texts(&|n| (n % 2 == 0).then(|| format!("Titre {n}")));
        let ids: Vec<i64> = all.iter().map(|number| *number as i64).collect();
        let days: Vec<i32> = all.iter().map(|number| 16_000 + *number as i32).collect();
        let mut group = file.next_row_group().unwrap();
        write::<ByteArrayType>(&mut group, &text, Some(&with_text));
        write::<Int64Type>(&mut group, &ids, None);
        write::<ByteArrayType>(&mut group, &title, Some(&with_title));
        write::<Int32Type>(&mut group, &days, Some(&vec![1; all.len()]));
        write::<ByteArrayType>(&mut group, &[], Some(&vec![0; all.len()]));
        group.close().unwrap();
    }
    file.close().unwrap();
    bytes
}

#[test]
fn rows_are_the_documents_that_they_are_as_lines() {
    let (readings, warnings) = read("a.parquet", &parquet(25));
    // Those without a text.
    let places: Vec<_> = warnings.iter().map(|warning| warning.path.as_str()).collect();
    assert_eq!(places, ["a.parquet:7", "a.parquet:14", "a.parquet:21"]);
    assert!(warnings[0].reason.contains("missing field `text`"), "{warnings:?}");
    assert_eq!(readings.len(), 22);
    let line = format!(r#"{{"id":2,"text":"{TEXT} \"Texte\"\n2.","title":"Titre 2","published":"2013-10-24"}}"#);
    assert_eq!(readings[2].document, corpus::read_line(&line, "sent").unwrap().document);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.parquet");
    fs::write(&path, no_documents()).unwrap();
    let found = corpus::find(&[path]);
    let warning = corpus::read(&found.inputs[0]).next().unwrap().unwrap_err();
    assert!(warning.reason.contains("has no column text"), "{warning}");
}

/// A table that holds no documents.
fn no_documents() -> Vec<u8> {
    let schema = Arc::new(parse_message_type("message m { required int64 id; }").unwrap());
    let mut bytes = Vec::new();
    SerializedFileWriter::new(&mut bytes, schema, Arc::new(WriterProperties::new())).unwrap().close().unwrap();
    bytes
}

/// Changes some bytes, and cuts.
fn damaged(bytes: &[u8], changes: &[(prop::sample::Index, u8)], cut: prop::sample::Index) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    for (at, byte) in changes {
        let at = at.index(damaged.len());
        damaged[at] = *byte;
    }
    let from = damaged.len() - cut.index(damaged.len() / 4);
    damaged.truncate(from);
    damaged
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is changed in one record, all others are there, and the one is there or told of.
    #[test]
    fn one_damaged_record_costs_no_other(
        which in 0..5usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        packing in 0..2,
    ) {
        let pack = [gzip, zstd][packing as usize];
        let mut records: Vec<_> = (0..5).map(|number| pack(&conversion(number))).collect();
        // Not the first bytes, which tell that a record begins there, or of the file that it is packed.
        let length = records[which].len() - 4;
        for (at, byte) in &changes {
            let at = 4 + at.index(length);
            records[which][at] = *byte;
        }
        let (readings, warnings) = read("a.warc.gz", &records.concat());
        let found = numbers(&readings);
        let others: Vec<_> = (0..5).filter(|number| *number != which).collect();
        let kept: Vec<_> = found.iter().copied().filter(|number| *number != which).collect();
        prop_assert_eq!(kept, others);
        prop_assert_eq!(found.len() + warnings.len(), 5, "{:?}", warnings);
    }

    /// Any bytes give sound documents and warnings, whatever they are called.
    #[test]
    fn any_bytes_are_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        what in 0..4,
    ) {
        let records: Vec<_> = (0..4).map(conversion).collect();
        let (name, bytes) = match what {
            0 => ("a.warc", records.concat()),
            1 => ("a.warc.gz", records.iter().flat_map(|record| gzip(record)).collect()),
            2 => ("a.warc.zst", zstd(&records.concat())),
            _ => ("a.parquet", parquet(25)),
        };
        let (readings, _) = read(name, &damaged(&bytes, &changes, cut));
        for Reading { document, .. } in &readings {
            prop_assert!(!document.text.is_empty() && document.text == document.text.trim());
        }
    }

    #[test]
    fn noise_is_no_archive(noise in prop::collection::vec(any::<u8>(), 0..400), name in 0..4usize) {
        let name = ["a.warc", "a.warc.gz", "a.wet.zst", "a.parquet"][name];
        let heads: [&[u8]; 4] = [b"WARC/1.0\r\n", &[0x1f, 0x8b, 8, 0], &[0x5d, 0x2a, 0x4d, 0x18], b"PAR1"];
        for head in heads {
            let (readings, _) = read(name, &[head, &noise].concat());
            prop_assert!(readings.len() < 2);
        }
    }
}

#[test]
fn an_archive_on_standard_input_is_recognised() {
    let mut file = tempfile::tempfile().unwrap();
    (0..3).for_each(|number| file.write_all(&gzip(&conversion(number))).unwrap());
    file.rewind().unwrap();
    let (status, said, _) = told(&maillage(&["extract", "-"]).stdin(file).output().unwrap());
    assert_eq!((status, said.lines().count()), (Some(0), 3));
}
