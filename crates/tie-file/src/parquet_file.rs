//! Parquet: one row for each tie, ids as integers or text.

use crate::format::{Columns, Watch, tell};
use crate::header::check_size;
use crate::names::{Names, number};
use crate::{Direction, TieFileError, TieTable};
use parquet::basic::{Compression, ConvertedType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnDescriptor;
use std::fs::File;
use std::io::Read;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;

// Rows that are decoded at a time, and rows of a group that is written.
const BATCH: usize = 1 << 16;
const GROUP: usize = 1 << 20;

fn said(error: &ParquetError) -> TieFileError {
    TieFileError::Parquet { reason: error.to_string() }
}

/// Reads a file; one that is damaged in a way for which the library has no error, but panics, is
/// refused like others.
pub(crate) fn read(
    path: &Path,
    columns: &Columns,
    direction: Direction,
    watch: &mut Watch<'_>,
) -> Result<TieTable, TieFileError> {
    // Nothing of what was made before a panic is seen after it.
    let done = std::panic::catch_unwind(AssertUnwindSafe(|| read_rows(path, columns, direction, watch)));
    done.unwrap_or_else(|_| Err(TieFileError::Parquet { reason: "it is damaged".to_owned() }))
}

fn read_rows(
    path: &Path,
    columns: &Columns,
    direction: Direction,
    watch: &mut Watch<'_>,
) -> Result<TieTable, TieFileError> {
    let io = |error: std::io::Error| TieFileError::io(&error);
    let mut begin = [0; 4];
    let is_file = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    match is_file {
        Ok(()) if begin == *b"PAR1" => {}
        Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => return Err(io(error)),
        _ => return Err(TieFileError::Parquet { reason: "it is no Parquet file".to_owned() }),
    }
    let reader = SerializedFileReader::new(File::open(path).map_err(io)?).map_err(|error| said(&error))?;
    check_places(&reader, File::open(path).and_then(|file| file.metadata()).map_err(io)?.len())?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let header: Vec<String> = schema.columns().iter().map(|column| column.path().string()).collect();
    let (from, to, strength) = columns.find(&header)?;
    let all = reader.metadata().file_metadata().num_rows().max(0) as u64;
    check_size(0, all)?;
    let id_kind = |place: usize| Kind::of_ids(&schema.column(place), &header[place]);
    let kinds = (id_kind(from)?, id_kind(to)?);
    if let Some(place) = strength {
        check_numbers(&schema.column(place), &header[place])?;
    }
    let mut names = Names::default();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut strengths: Option<Vec<f64>> = strength.map(|_| Vec::new());
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|error| said(&error))?;
        let column = |place: usize| group.get_column_reader(place).map_err(|error| said(&error));
        let mut senders = column(from)?;
        let mut targets = column(to)?;
        let mut weights = strength.map(column).transpose()?;
        loop {
            let done = pairs.len() as u64;
            let senders = ids(&mut senders, kinds.0, (done, &header[from]), &mut names)?;
            let targets = ids(&mut targets, kinds.1, (done, &header[to]), &mut names)?;
            if senders.len() != targets.len() {
                return Err(TieFileError::Parquet { reason: "its columns differ in length".to_owned() });
            }
            for ((no, &from), &to) in (done + 1..).zip(&senders).zip(&targets) {
                if from == to {
                    return Err(row_error(no, &TieFileError::SelfTie { id: names.id(from) }));
                }
                pairs.push((from, to));
            }
            if let (Some(weights), Some(strengths)) = (&mut weights, &mut strengths) {
                numbers(weights, strengths)?;
                if strengths.len() != pairs.len() {
                    return Err(TieFileError::Parquet { reason: "its columns differ in length".to_owned() });
                }
            }
            check_size(0, pairs.len() as u64)?;
            if senders.is_empty() {
                break;
            }
            tell(watch, pairs.len() as u64, all)?;
        }
    }
    TieTable::of_names(names, direction, pairs, strengths)
}

// That all columns lie inside the file.
fn check_places(reader: &SerializedFileReader<File>, size: u64) -> Result<(), TieFileError> {
    let mut chunks = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    let inside = chunks.all(|chunk| {
        let start = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
        let places = u64::try_from(start).ok().zip(u64::try_from(chunk.compressed_size()).ok());
        places.and_then(|(start, length)| start.checked_add(length)).is_some_and(|end| end <= size)
    });
    if inside {
        return Ok(());
    }
    Err(TieFileError::Parquet { reason: "one of its columns would lie outside of the file".to_owned() })
}

fn row_error(no: u64, error: &TieFileError) -> TieFileError {
    match error {
        TieFileError::TooLarge { .. } => error.clone(),
        _ => TieFileError::Row {
            place: "row",
            no,
            problem: error.to_string(),
            remedy: error.remedy().to_owned(),
        },
    }
}

// How ids are written.
#[derive(Clone, Copy)]
enum Kind {
    Signed,
    Unsigned,
    Text,
}

impl Kind {
    fn of_ids(column: &ColumnDescriptor, name: &str) -> Result<Self, TieFileError> {
        let unsigned = matches!(
            column.converted_type(),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
        );
        match (column.physical_type(), column.max_rep_level()) {
            (Physical::INT32 | Physical::INT64, 0) if unsigned => Ok(Kind::Unsigned),
            (Physical::INT32 | Physical::INT64, 0) => Ok(Kind::Signed),
            (Physical::BYTE_ARRAY, 0) => Ok(Kind::Text),
            (other, _) => Err(TieFileError::Columns {
                problem: format!("the column `{name}` holds no ids: it is {other}"),
                remedy: "Write ids as whole numbers or text.".to_owned(),
            }),
        }
    }
}

fn check_numbers(column: &ColumnDescriptor, name: &str) -> Result<(), TieFileError> {
    match (column.physical_type(), column.max_rep_level()) {
        (Physical::FLOAT | Physical::DOUBLE | Physical::INT32 | Physical::INT64, 0) => Ok(()),
        (other, _) => Err(TieFileError::Columns {
            problem: format!("the column `{name}` holds no strengths: it is {other}"),
            remedy: "Write strengths as numbers.".to_owned(),
        }),
    }
}

// The next values of a column, `None` where there is none.
fn next<T: DataType>(reader: &mut ColumnReaderImpl<T>) -> Result<Vec<Option<T::T>>, TieFileError> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    // A page may hold less than is asked for: the columns must keep step.
    let mut n = 0;
    while n < BATCH {
        let (read, _, _) = reader
            .read_records(BATCH - n, Some(&mut levels), None, &mut values)
            .map_err(|error| said(&error))?;
        if read == 0 {
            break;
        }
        n += read;
    }
    if values.len() == n {
        return Ok(values.into_iter().map(Some).collect());
    }
    let deepest = levels.iter().copied().max().unwrap_or(0).max(1);
    let mut values = values.into_iter();
    Ok(levels.into_iter().map(|level| if level == deepest { values.next() } else { None }).collect())
}

// Whole numbers of 32 bits as those of 64.
fn wide(value: i32, kind: Kind) -> i64 {
    match kind {
        Kind::Unsigned => i64::from(value.cast_unsigned()),
        Kind::Signed | Kind::Text => i64::from(value),
    }
}

fn ids(
    reader: &mut ColumnReader,
    kind: Kind,
    (done, column): (u64, &str),
    names: &mut Names,
) -> Result<Vec<u32>, TieFileError> {
    let mut places = Vec::new();
    let mut add = |place: Option<Result<u32, TieFileError>>| {
        let no = done + places.len() as u64 + 1;
        match place {
            Some(Ok(place)) => places.push(place),
            Some(Err(error)) => return Err(row_error(no, &error)),
            None => {
                return Err(TieFileError::Row {
                    place: "row",
                    no,
                    problem: format!("`{column}` is empty"),
                    remedy: "Every row needs it.".to_owned(),
                });
            }
        }
        Ok(())
    };
    match reader {
        ColumnReader::Int32ColumnReader(reader) => {
            for id in next(reader)? {
                add(id.map(|id| names.place_of_integer(wide(id, kind))))?;
            }
        }
        ColumnReader::Int64ColumnReader(reader) => {
            for id in next(reader)? {
                add(id.map(|id| match (kind, u64::try_from(id)) {
                    (Kind::Unsigned, Err(_)) => names.place(id.cast_unsigned().to_string().as_bytes()),
                    _ => names.place_of_integer(id),
                }))?;
            }
        }
        ColumnReader::ByteArrayColumnReader(reader) => {
            for id in next(reader)? {
                add(id.map(|id| names.place(id.data())))?;
            }
        }
        // `Kind::of_ids` lets nothing else pass.
        _ => {}
    }
    Ok(places)
}

// An empty strength is 1, as in text.
fn numbers(reader: &mut ColumnReader, strengths: &mut Vec<f64>) -> Result<(), TieFileError> {
    #[expect(clippy::cast_precision_loss, reason = "whole strengths are small")]
    match reader {
        ColumnReader::Int32ColumnReader(reader) => {
            strengths.extend(next(reader)?.into_iter().map(|x| x.map_or(1.0, f64::from)));
        }
        ColumnReader::Int64ColumnReader(reader) => {
            strengths.extend(next(reader)?.into_iter().map(|x| x.map_or(1.0, |x| x as f64)));
        }
        ColumnReader::FloatColumnReader(reader) => {
            strengths.extend(next(reader)?.into_iter().map(|x| x.map_or(1.0, f64::from)));
        }
        ColumnReader::DoubleColumnReader(reader) => {
            strengths.extend(next(reader)?.into_iter().map(|x| x.unwrap_or(1.0)));
        }
        // `check_numbers` lets nothing else pass.
        _ => {}
    }
    Ok(())
}

/// Writes a row for each direction of every tie, compressed with Snappy. Ids are whole numbers if all
/// are plain numbers, else text.
pub(crate) fn write(
    file: &mut File,
    table: &TieTable,
    columns: &Columns,
    watch: &mut Watch<'_>,
) -> Result<(), TieFileError> {
    let integer = |actor: usize| number(table.id(actor).as_bytes()).and_then(|id| i64::try_from(id).ok());
    let integers: Option<Vec<i64>> = (0..table.n_actors()).map(integer).collect();
    let id = if integers.is_some() { ("int64", "") } else { ("binary", " (UTF8)") };
    let strength = if table.has_strengths() {
        format!("required double {};", columns.strength_name())
    } else {
        String::new()
    };
    let (from, to) = (&columns.from, &columns.to);
    let schema = format!(
        "message ties {{ required {} {from}{}; required {} {to}{}; {strength} }}",
        id.0, id.1, id.0, id.1
    );
    let schema = parse_message_type(&schema).map_err(|_| TieFileError::Columns {
        problem: format!("`{from}`, `{to}` or `{}` cannot name a column in Parquet", columns.strength_name()),
        remedy: "Use plain words without spaces.".to_owned(),
    })?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
        .map_err(|error| said(&error))?;
    let texts: Vec<ByteArray> = match integers {
        Some(_) => Vec::new(),
        None => (0..table.n_actors()).map(|actor| ByteArray::from(table.id(actor).into_bytes())).collect(),
    };
    let mut ties = table.directed_ties();
    let mut done = 0;
    loop {
        let group: Vec<(u32, u32, f64)> = ties.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let mut out = writer.next_row_group().map_err(|error| said(&error))?;
        for end in [|tie: &(u32, u32, f64)| tie.0, |tie: &(u32, u32, f64)| tie.1] {
            let idx = group.iter().map(|tie| end(tie) as usize);
            match &integers {
                Some(ids) => put::<Int64Type>(&mut out, &idx.map(|idx| ids[idx]).collect::<Vec<_>>())?,
                None => {
                    put::<ByteArrayType>(&mut out, &idx.map(|idx| texts[idx].clone()).collect::<Vec<_>>())?
                }
            }
        }
        if table.has_strengths() {
            put::<DoubleType>(&mut out, &group.iter().map(|tie| tie.2).collect::<Vec<_>>())?;
        }
        out.close().map_err(|error| said(&error))?;
        done += group.len() as u64;
        tell(watch, done.min(table.n_ties() as u64), table.n_ties() as u64)?;
    }
    writer.close().map_err(|error| said(&error))?;
    Ok(())
}

fn put<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut File>,
    values: &[T::T],
) -> Result<(), TieFileError> {
    if let Some(mut column) = group.next_column().map_err(|error| said(&error))? {
        column.typed::<T>().write_batch(values, None, None).map_err(|error| said(&error))?;
        column.close().map_err(|error| said(&error))?;
    }
    Ok(())
}
