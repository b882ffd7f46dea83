//! The rows of a Parquet file, of which only the columns that are wanted are read.
//!
//! `Rows::open("a.parquet", &["id", "text"])` → *1: a, Un texte*, *2: b, (nothing)*, …
//!
//! A group of rows that is damaged ends where it is damaged, and the next group goes on. In memory are pages of the columns, and a few megabytes
//! of values. Must not know what columns mean.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

/// How many rows, and about how many bytes of them, are taken from a column at once.
const BATCH_ROWS: i64 = 1_024;
const BATCH_BYTES: i64 = 4 << 20;

/// What stands in a row under a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, or bytes that are taken for one.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Another number.
    Real(f64),
    /// Yes or no.
    Truth(bool),
    /// A day, or that of a moment in UTC: `2015-08-20`.
    Date(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// Something else.
    Other,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: u64,
    /// What stands under each column of [`Rows::columns`].
    pub cells: Vec<Option<Cell>>,
}

/// Reads rows.
pub struct Rows {
    reader: SerializedFileReader<File>,
    columns: Vec<String>,
    /// Which of them hold moments in billionths of a second.
    nanoseconds: Vec<bool>,
    wanted: SchemaDescPtr,
    group: usize,
    rows: Option<ReaderIter>,
    /// How many rows were read, and how many there are up to the end of the group under way.
    read: u64,
    until: u64,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("columns", &self.columns).field("read", &self.read).finish_non_exhaustive()
    }
}

/// Whether a file begins as Parquet does.
pub fn is_parquet(head: &[u8]) -> bool {
    head.starts_with(b"PAR1")
}

impl Rows {
    /// Opens a file, of which some columns are read: those that it has, in their order there.
    ///
    /// # Errors
    /// It cannot be read, or is no Parquet.
    pub fn open(path: &Path, wanted: &[&str]) -> io::Result<Self> {
        if !path.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "it is no file"));
        }
        let file = File::open(path)?;
        sound(|| Self::of(file, wanted)).map_err(|reason| match reason {
            ParquetError::External(error) => match error.downcast::<io::Error>() {
                Ok(error) => *error,
                Err(error) => io::Error::other(error),
            },
            reason => io::Error::new(io::ErrorKind::InvalidData, in_words(&reason)),
        })
    }

    fn of(file: File, wanted: &[&str]) -> Result<Self, ParquetError> {
        let reader = SerializedFileReader::new(file)?;
        let schema = reader.metadata().file_metadata().schema();
        let fields: Vec<_> =
            schema.get_fields().iter().filter(|field| wanted.contains(&field.name())).cloned().collect();
        let columns = fields.iter().map(|field| field.name().to_owned()).collect();
        let nanoseconds = fields.iter().map(|field| has_nanoseconds(field)).collect();
        let root = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
        let wanted = Arc::new(SchemaDescriptor::new(Arc::new(root)));
        Ok(Self { reader, columns, nanoseconds, wanted, group: 0, rows: None, read: 0, until: 0 })
    }

    /// The names of the columns that are read.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many rows the file says that it has.
    pub fn total(&self) -> u64 {
        u64::try_from(self.reader.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Begins the next group; whether there is one.
    fn begin(&mut self) -> Result<bool, ParquetError> {
        self.read = self.until;
        let Some(group) = self.reader.metadata().row_groups().get(self.group) else { return Ok(false) };
        let rows = group.num_rows().max(0);
        self.until = self.read.saturating_add(rows.unsigned_abs());
        let number = self.group;
        self.group += 1;
        let of_columns = group.columns().iter();
        let read = of_columns
            .filter(|column| self.columns.iter().any(|name| Some(name) == column.column_path().parts().first()));
        let bytes: i64 = read.map(|column| column.uncompressed_size().max(0)).fold(0, i64::saturating_add);
        let at_once = BATCH_BYTES.saturating_mul(rows).checked_div(bytes).unwrap_or(BATCH_ROWS).clamp(1, BATCH_ROWS);
        let (reader, wanted) = (&self.reader, &self.wanted);
        self.rows = Some(sound(|| {
            let builder = TreeBuilder::new().with_batch_size(at_once as usize);
            builder.as_iter(Arc::clone(wanted), &*reader.get_row_group(number)?)
        })?);
        Ok(true)
    }

    fn cell(&self, at: usize, field: &Field) -> Option<Cell> {
        let day = |field: &Field| field.to_string().get(..10).map(|day| Cell::Date(day.to_owned()));
        Some(match field {
            Field::Null => return None,
            Field::Str(text) => Cell::Text(text.clone()),
            Field::Bytes(bytes) => Cell::Text(String::from_utf8_lossy(bytes.data()).into_owned()),
            Field::Bool(truth) => Cell::Truth(*truth),
            Field::Byte(number) => Cell::Whole((*number).into()),
            Field::Short(number) => Cell::Whole((*number).into()),
            Field::Int(number) => Cell::Whole((*number).into()),
            Field::Long(moment) if self.nanoseconds.get(at) == Some(&true) => {
                day(&Field::TimestampMillis(moment.div_euclid(1_000_000)))?
            }
            Field::Long(number) => Cell::Whole(*number),
            Field::UByte(number) => Cell::Whole((*number).into()),
            Field::UShort(number) => Cell::Whole((*number).into()),
            Field::UInt(number) => Cell::Whole((*number).into()),
            Field::ULong(number) => i64::try_from(*number).map_or(Cell::Other, Cell::Whole),
            Field::Float(number) => Cell::Real((*number).into()),
            Field::Double(number) => Cell::Real(*number),
            Field::Date(_) | Field::TimestampMillis(_) | Field::TimestampMicros(_) => day(field)?,
            Field::ListInternal(list) => {
                let text = |field: &Field| if let Field::Str(text) = field { Some(text.clone()) } else { None };
                list.elements().iter().map(text).collect::<Option<_>>().map_or(Cell::Other, Cell::Texts)
            }
            _ => Cell::Other,
        })
    }
}

impl Iterator for Rows {
    /// A row, or the number of the row that cannot be read, and why; what is left of its group is passed over.
    type Item = Result<Row, (u64, String)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(rows) = &mut self.rows {
                let number = self.read + 1;
                let row = sound(|| rows.next().transpose());
                match row {
                    Ok(Some(row)) if self.read < self.until => {
                        self.read = number;
                        let fields = row.get_column_iter().enumerate();
                        let cells = sound(|| Ok(fields.map(|(at, (_, field))| self.cell(at, field)).collect()));
                        return Some(cells.map(|cells| Row { number, cells }).map_err(|why| (number, in_words(&why))));
                    }
                    Ok(_) => self.rows = None,
                    Err(why) => {
                        self.rows = None;
                        return Some(Err((number, in_words(&why))));
                    }
                }
            }
            match self.begin() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(why) => return Some(Err((self.read + 1, in_words(&why)))),
            }
        }
    }
}

/// The library's own asserts are no way to end a program that reads what others wrote: they become errors as all others.
fn sound<T>(act: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(act))
        .unwrap_or_else(|_| Err(ParquetError::General("it contradicts itself".to_owned())))
}

fn in_words(error: &ParquetError) -> String {
    let said = error.to_string();
    let said = said.split(" Bytes: ").next().unwrap_or(&said);
    said.trim_start_matches("Parquet error: ").chars().take(200).collect()
}

fn has_nanoseconds(field: &Type) -> bool {
    let logical = field.get_basic_info().logical_type_ref();
    matches!(logical, Some(LogicalType::Timestamp(moment)) if moment.unit == TimeUnit::NANOS)
}
