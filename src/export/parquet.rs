//! Parquet, for DuckDB, Spark, pandas and whatever reads columns: a file a table, packed with Snappy.
//!
//! `relations.parquet` → the columns of [`super::tables`], and in the file's metadata from which snapshot they are
//!
//! Rows are gathered in groups, of which one is in memory.

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::content::Content;
use super::tables::{Cell, Sort, TABLES, Table};
use super::{Format, Out, Part};

pub(super) struct Parquet;

const PARQUET: &str = "application/vnd.apache.parquet";
const PARTS: [Part; 4] = [
    Part { name: "relations", file: "relations.parquet", media_type: PARQUET },
    Part { name: "entities", file: "entities.parquet", media_type: PARQUET },
    Part { name: "evidence", file: "evidence.parquet", media_type: PARQUET },
    Part { name: "documents", file: "documents.parquet", media_type: PARQUET },
];

/// How many rows a group has at most, and how many bytes of text.
const GROUP_ROWS: usize = 65_536;
const GROUP_BYTES: usize = 16 << 20;

impl Format for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn readers(&self) -> &'static str {
        "DuckDB, Spark, pandas, Polars"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, part: &Part, out: Out<'_>) -> io::Result<()> {
        let table = TABLES.iter().find(|table| table.name == part.name).unwrap_or(&TABLES[0]);
        let about = content.about().into_iter();
        let about = about.map(|(name, value)| KeyValue::new(format!("maillage.{name}"), value)).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("maillage ", env!("CARGO_PKG_VERSION")).into())
            .set_key_value_metadata(Some(about))
            .build();
        let schema = schema(table).map_err(failed)?;
        let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(failed)?;
        let mut group: Vec<Column> = table.columns.iter().map(|(_, sort)| Column::of(*sort)).collect();
        let (mut rows, mut bytes) = (0, 0);
        (table.rows)(content, &mut |cells| {
            bytes += group.iter_mut().zip(cells).map(|(column, cell)| column.push(cell)).sum::<usize>();
            rows += 1;
            if rows >= GROUP_ROWS || bytes >= GROUP_BYTES {
                (rows, bytes) = (0, 0);
                flush(&mut file, &mut group).map_err(failed)?;
            }
            Ok(())
        })?;
        if rows > 0 {
            flush(&mut file, &mut group).map_err(failed)?;
        }
        file.close().map(drop).map_err(failed)
    }
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let column = |(name, sort): &(&str, Sort)| {
        let (physical, logical) = match sort {
            Sort::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Sort::Whole => (Physical::INT64, None),
            Sort::Real => (Physical::DOUBLE, None),
            Sort::Truth => (Physical::BOOLEAN, None),
        };
        let built = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        built.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    };
    let fields = table.columns.iter().map(column).collect::<Result<_, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new)
}

/// The values of a column in the group under way, and which rows have one.
struct Column {
    values: Values,
    present: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Real(Vec<f64>),
    Truth(Vec<bool>),
}

impl Column {
    fn of(sort: Sort) -> Self {
        let values = match sort {
            Sort::Text => Values::Text(Vec::new()),
            Sort::Whole => Values::Whole(Vec::new()),
            Sort::Real => Values::Real(Vec::new()),
            Sort::Truth => Values::Truth(Vec::new()),
        };
        Self { values, present: Vec::new() }
    }

    /// Takes a cell; how many bytes that are. A cell of another sort than its column is none.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        let bytes = match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                values.push(ByteArray::from(text.as_bytes().to_vec()));
                Some(text.len())
            }
            (Values::Whole(values), Cell::Whole(number)) => {
                values.push(*number);
                Some(8)
            }
            (Values::Real(values), Cell::Real(number)) => {
                values.push(*number);
                Some(8)
            }
            (Values::Truth(values), Cell::Truth(truth)) => {
                values.push(*truth);
                Some(1)
            }
            _ => None,
        };
        self.present.push(i16::from(bytes.is_some()));
        bytes.unwrap_or_default() + 2
    }
}

/// Writes the group under way, and empties it.
fn flush(file: &mut SerializedFileWriter<Out<'_>>, group: &mut [Column]) -> Result<(), ParquetError> {
    let mut rows = file.next_row_group()?;
    for column in &mut *group {
        match &mut column.values {
            Values::Text(values) => written::<ByteArrayType>(&mut rows, values, &column.present)?,
            Values::Whole(values) => written::<Int64Type>(&mut rows, values, &column.present)?,
            Values::Real(values) => written::<DoubleType>(&mut rows, values, &column.present)?,
            Values::Truth(values) => written::<BoolType>(&mut rows, values, &column.present)?,
        }
        column.present.clear();
    }
    rows.close().map(drop)
}

fn written<T: DataType>(
    rows: &mut SerializedRowGroupWriter<'_, Out<'_>>,
    values: &mut Vec<T::T>,
    present: &[i16],
) -> Result<(), ParquetError> {
    if let Some(mut column) = rows.next_column()? {
        column.typed::<T>().write_batch(values, Some(present), None)?;
        column.close()?;
    }
    values.clear();
    Ok(())
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
