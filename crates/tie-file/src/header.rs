//! The layout of a tie file.
//!
//! All numbers are little endian. The header has 64 bytes in every version, and its last four are its
//! checksum in every version, so that a damaged header can be told from a later one.
//!
//! | at | what |
//! |---|---|
//! | 0 | magic, 8 bytes |
//! | 8 | version, u32 |
//! | 12 | flags, u32: 1 strengths, 2 strengths are f64 (else f32), 4 undirected, 8 ids |
//! | 16 | number of actors, u64 |
//! | 24 | number of ties, u64 |
//! | 32 | bytes of all ids together, u64 |
//! | 40 | CRC-32 of everything after the header, u32 |
//! | 44 | zeros |
//! | 60 | CRC-32 of the 60 bytes before, u32 |
//! | 64 | where each actor's row starts, and where the last one ends: u64 |
//! | | targets: u32, rising in each row |
//! | | strengths, if there are any |
//! | | where each id ends: u64, then the ids in UTF-8, if there are any |
//!
//! Each part begins at a multiple of 8, with zeros before it. Without ids an actor is called by its
//! number, from 0. An undirected tie stands once, in the row of its lower end.

use crate::TieFileError;
use normwave_network_model::{MAX_ACTORS, MAX_TIES};
use std::ops::Range;

/// The version of tie files that is written, and the latest that is read.
pub const VERSION: u32 = 1;

pub(crate) const HEADER: usize = 64;

// A byte above 127, line ends of two kinds and the end of text under DOS, as in PNG: what programs
// change that take a file for text.
const MAGIC: [u8; 8] = *b"\x8aties\r\n\x1a";

const STRENGTHS: u32 = 1;
const DOUBLE: u32 = 2;
const UNDIRECTED: u32 = 4;
const IDS: u32 = 8;

/// How strengths are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// All are 1.
    None,
    Single,
    Double,
}

impl Width {
    pub(crate) fn bytes(self) -> usize {
        match self {
            Width::None => 0,
            Width::Single => 4,
            Width::Double => 8,
        }
    }
}

/// What a header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) n_actors: usize,
    pub(crate) n_ties: usize,
    pub(crate) width: Width,
    pub(crate) undirected: bool,
    /// Bytes of all ids together, if actors have ids.
    pub(crate) id_bytes: Option<usize>,
    pub(crate) data_checksum: u32,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) starts: Range<usize>,
    pub(crate) targets: Range<usize>,
    pub(crate) strengths: Range<usize>,
    pub(crate) id_ends: Range<usize>,
    pub(crate) ids: Range<usize>,
}

impl Header {
    /// Where everything stands; `None` beyond the address space.
    pub(crate) fn layout(&self) -> Option<Layout> {
        let mut at = HEADER;
        let mut part = |n: usize, bytes: usize| {
            let begin = at.checked_next_multiple_of(8)?;
            at = begin.checked_add(n.checked_mul(bytes)?)?;
            Some(begin..at)
        };
        Some(Layout {
            starts: part(self.n_actors.checked_add(1)?, 8)?,
            targets: part(self.n_ties, 4)?,
            strengths: part(self.n_ties, self.width.bytes())?,
            id_ends: part(if self.id_bytes.is_some() { self.n_actors } else { 0 }, 8)?,
            ids: part(self.id_bytes.unwrap_or(0), 1)?,
        })
    }

    pub(crate) fn write(&self, bytes: &mut [u8]) {
        let flags = match self.width {
            Width::None => 0,
            Width::Single => STRENGTHS,
            Width::Double => STRENGTHS | DOUBLE,
        };
        let flags = flags
            | if self.undirected { UNDIRECTED } else { 0 }
            | if self.id_bytes.is_some() { IDS } else { 0 };
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
        bytes[12..16].copy_from_slice(&flags.to_le_bytes());
        bytes[16..24].copy_from_slice(&(self.n_actors as u64).to_le_bytes());
        bytes[24..32].copy_from_slice(&(self.n_ties as u64).to_le_bytes());
        bytes[32..40].copy_from_slice(&(self.id_bytes.unwrap_or(0) as u64).to_le_bytes());
        bytes[40..44].copy_from_slice(&self.data_checksum.to_le_bytes());
        bytes[44..60].fill(0);
        let checksum = crc32fast::hash(&bytes[..60]);
        bytes[60..64].copy_from_slice(&checksum.to_le_bytes());
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, TieFileError> {
        let same = bytes.iter().zip(&MAGIC).take_while(|(a, b)| a == b).count();
        if same < MAGIC.len() {
            if same == bytes.len() && same > 0 {
                return Err(TieFileError::Truncated { found: same as u64, expected: HEADER as u64 });
            }
            return Err(TieFileError::Foreign { what: what_it_is(bytes) });
        }
        if bytes.len() < HEADER {
            return Err(TieFileError::Truncated { found: bytes.len() as u64, expected: HEADER as u64 });
        }
        let (found, expected) = (crc32fast::hash(&bytes[..60]), u32_at(bytes, 60));
        if found != expected {
            return Err(TieFileError::Damaged { part: "header", found, expected });
        }
        let version = u32_at(bytes, 8);
        if version > VERSION {
            return Err(TieFileError::LaterVersion { found: version, known: VERSION });
        }
        let senseless = |reason: String| Err(TieFileError::Header { reason });
        if version == 0 {
            return senseless("there is no version 0".to_owned());
        }
        let flags = u32_at(bytes, 12);
        if flags & !(STRENGTHS | DOUBLE | UNDIRECTED | IDS) != 0 || flags & (STRENGTHS | DOUBLE) == DOUBLE {
            return senseless(format!("its flags are {flags:#x}"));
        }
        if bytes[44..60].iter().any(|&byte| byte != 0) {
            return senseless("bytes 44 to 59 are not zero".to_owned());
        }
        let (n_actors, n_ties, id_bytes) = (u64_at(bytes, 16), u64_at(bytes, 24), u64_at(bytes, 32));
        check_size(n_actors, n_ties)?;
        let has_ids = flags & IDS != 0;
        // An id has at most 200 characters of 4 bytes.
        if id_bytes > if has_ids { n_actors * 800 } else { 0 } {
            return senseless(format!("the ids of {n_actors} actors take {id_bytes} bytes"));
        }
        Ok(Header {
            // All three are small enough for any machine that could hold them.
            n_actors: usize::try_from(n_actors).unwrap_or(usize::MAX),
            n_ties: usize::try_from(n_ties).unwrap_or(usize::MAX),
            width: match flags & (STRENGTHS | DOUBLE) {
                0 => Width::None,
                STRENGTHS => Width::Single,
                _ => Width::Double,
            },
            undirected: flags & UNDIRECTED != 0,
            id_bytes: has_ids.then_some(usize::try_from(id_bytes).unwrap_or(usize::MAX)),
            data_checksum: u32_at(bytes, 40),
        })
    }
}

/// Refuses more than a network can have.
pub(crate) fn check_size(n_actors: u64, n_ties: u64) -> Result<(), TieFileError> {
    for (n, what, most) in [(n_actors, "actors", MAX_ACTORS as u64), (n_ties, "ties", MAX_TIES as u64)] {
        if n > most {
            return Err(TieFileError::TooLarge { n, what, most });
        }
    }
    Ok(())
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}

pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
}

// What begins so.
fn what_it_is(bytes: &[u8]) -> String {
    let known: [(&[u8], &str); 5] = [
        (b"PAR1", "is a Parquet file"),
        (b"PK\x03\x04", "is a zip archive"),
        (b"\x1f\x8b", "is compressed with gzip"),
        (b"\x28\xb5\x2f\xfd", "is compressed with zstd"),
        (b"\x89HDF", "is an HDF5 file"),
    ];
    if bytes.is_empty() {
        return "is empty".to_owned();
    }
    if let Some((_, what)) = known.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return (*what).to_owned();
    }
    let first = &bytes[..bytes.len().min(64)];
    if first.is_ascii() && !first.contains(&0) { "is text" } else { "begins otherwise" }.to_owned()
}
