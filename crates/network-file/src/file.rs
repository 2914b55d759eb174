//! Files on disk, and tables of ties as graphs.

use crate::format::{Found, Reading, read_text, write_text};
use crate::left_out::{LeftOut, Tally, note_nodes, note_ties};
use crate::{FileError, Format, Graph, Node, Tie};
use normwave_tie_file::{Columns, Direction, TieFileError, TieTable};
use std::io::{Read, Write as _};
use std::path::Path;

/// Largest text that is read, in bytes: 256 MiB. Large tables of ties have no such limit as tie files,
/// Parquet or CSV; see [`normwave_tie_file`].
pub const MAX_BYTES: u64 = 256 << 20;

/// Reads a file.
///
/// # Errors
/// [`FileError`] with what is wrong and what to do.
pub fn read(path: &Path, format: Format, reading: &Reading) -> Result<Found, FileError> {
    if format.is_text() {
        return read_text(format, &text_of(path)?, reading);
    }
    let columns = Columns {
        from: reading.from.clone(),
        to: reading.to.clone(),
        strength: reading.strength.clone(),
        ignore_others: false,
    };
    let direction = if reading.undirected { Direction::Undirected } else { Direction::Directed };
    let table = normwave_tie_file::read(&named(path, format)?, &columns, direction, &mut |_, _| true)?;
    Ok(Found { graph: Graph::from_table(&table)?, passed_over: Vec::new() })
}

// Tie files and Parquet go by their extension, which a person may not have given.
fn named(path: &Path, format: Format) -> Result<std::path::PathBuf, FileError> {
    if Format::of(path) == Ok(format) {
        return Ok(path.to_owned());
    }
    Err(FileError::whole(
        format!("only a file that is named .{0} is read and written as {0}", format.name()),
        format!("Name it .{}.", format.name()),
    ))
}

// The text of a file, which must be UTF-8.
fn text_of(path: &Path) -> Result<String, FileError> {
    let io = |error: std::io::Error| FileError::io(&error);
    let file = std::fs::File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let too_large = || {
        FileError::whole(
            format!("the file is larger than {} MiB", MAX_BYTES >> 20),
            "Write its ties as CSV, and make a tie file of that: normwave network convert BIG.csv BIG.ties.",
        )
    };
    if size > MAX_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    no_other_kind(&bytes)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[begin..]).chars().count() + 1;
        FileError::At {
            line,
            column,
            problem: "this is not UTF-8".to_owned(),
            remedy: "Save the file as UTF-8.".to_owned(),
        }
    })
}

// What is often given in place of text.
fn no_other_kind(bytes: &[u8]) -> Result<(), FileError> {
    let known: [(&[u8], &str, &str); 7] = [
        (b"PAR1", "a Parquet file", "Name it .parquet."),
        (b"\x8aties", "a tie file", "Name it .ties."),
        (b"PK\x03\x04", "a zip archive", "Unpack it first."),
        (b"\x1f\x8b", "compressed with gzip", "Unpack it first."),
        (b"\x28\xb5\x2f\xfd", "compressed with zstd", "Unpack it first."),
        (b"\xff\xfe", "text in UTF-16", "Save it as UTF-8."),
        (b"\xfe\xff", "text in UTF-16", "Save it as UTF-8."),
    ];
    match known.iter().find(|(magic, _, _)| bytes.starts_with(magic)) {
        None => Ok(()),
        Some((_, what, remedy)) => Err(FileError::whole(format!("this is {what}"), *remedy)),
    }
}

/// Writes a file: a draft beside it, which takes its name at the end. Returns what the format cannot say.
///
/// # Errors
/// [`FileError::Exists`] if there is such a file and `replace` is false; [`FileError`] if it cannot be
/// written. Nothing is left then.
pub fn write(path: &Path, format: Format, graph: &Graph, replace: bool) -> Result<Vec<LeftOut>, FileError> {
    if !replace && std::fs::symlink_metadata(path).is_ok() {
        return Err(FileError::Exists);
    }
    if !format.is_text() {
        let (table, left_out) = graph.to_table(format)?;
        let path = named(path, format)?;
        normwave_tie_file::write(&path, &table, &Columns::default(), replace, &mut |_, _| true)?;
        return Ok(left_out);
    }
    if path.is_dir() {
        return Err(FileError::Io { reason: "it is a folder".to_owned() });
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(FileError::Io { reason: format!("there is no folder `{}`", folder.display()) });
    }
    let written = write_text(format, graph)?;
    let io = |error: std::io::Error| FileError::io(&error);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".normwave-");
    #[cfg(unix)]
    {
        // As any other file: what the umask leaves.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut draft = builder.tempfile_in(folder).map_err(io)?;
    draft.write_all(written.text.as_bytes()).map_err(io)?;
    let kept = if replace { draft.persist(path) } else { draft.persist_noclobber(path) };
    match kept {
        Ok(_) => Ok(written.left_out),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Err(FileError::Exists),
        Err(error) => Err(io(error.error)),
    }
}

impl Graph {
    /// The graph of a table of ties.
    ///
    /// # Errors
    /// [`FileError`] if an id cannot be one of a node.
    pub fn from_table(table: &TieTable) -> Result<Self, FileError> {
        let mut graph = Graph::new(table.direction() == Direction::Directed);
        for actor in 0..table.n_actors() {
            graph.add_node(Node::new(table.id(actor)))?;
        }
        for (from, to, strength) in table.ties() {
            graph.add_tie(Tie { strength, ..Tie::new(from as usize, to as usize) })?;
        }
        Ok(graph)
    }

    /// The table of the ties, and what it cannot say in a format: dates, attributes, ties of a node with
    /// itself, second ties of a pair; in Parquet and CSV nodes without ties.
    ///
    /// # Errors
    /// [`FileError::Ties`] if an id or a tie cannot stand in one.
    pub fn to_table(&self, format: Format) -> Result<(TieTable, Vec<LeftOut>), FileError> {
        let mut left_out = Tally::default();
        // In the order of a tie file that is made of CSV.
        let mut order: Vec<usize> = (0..self.nodes().len()).collect();
        order.sort_by(|&a, &b| normwave_tie_file::compare_ids(&self.nodes()[a].id, &self.nodes()[b].id));
        let mut new = vec![0u32; order.len()];
        for (&old, place) in order.iter().zip(0u32..) {
            new[old] = place;
        }
        let ids: Vec<String> = order.iter().map(|&old| self.nodes()[old].id.clone()).collect();
        // Actors of a table that are the numbers from 0 need no ids.
        let numbered = ids.iter().enumerate().all(|(no, id)| *id == no.to_string());
        let (simple, others) = self.simple();
        left_out.add_n("a second tie of the same pair", others);
        let mut ties = Vec::with_capacity(simple.len());
        let mut tied = vec![false; ids.len()];
        for tie in simple {
            if tie.from == tie.to {
                left_out.add("a tie of a node with itself");
            } else {
                (tied[tie.from], tied[tie.to]) = (true, true);
                ties.push((new[tie.from], new[tie.to], tie.strength));
            }
            note_ties(tie, &mut left_out);
        }
        note_nodes(self, &mut left_out);
        if format != Format::Ties {
            left_out.add_n("a node without ties", tied.iter().filter(|tied| !**tied).count());
            if !self.is_directed() {
                left_out.add("that ties go both ways: there is a row for each direction");
            }
        }
        let direction = if self.is_directed() { Direction::Directed } else { Direction::Undirected };
        let ids = (!numbered).then_some(ids.as_slice());
        let table =
            TieTable::new(self.nodes().len(), ids, direction, ties).map_err(|error: TieFileError| error)?;
        Ok((table, left_out.into_vec()))
    }
}
