//! A table of ties in rows by sender.

use crate::header::{HEADER, Header, Layout, Width, check_size, u32_at, u64_at};
use crate::map::Bytes;
use crate::names::{Names, check_id, number};
use crate::{Columns, TieFileError};
use normwave_network_model::compare_ids;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::Path;

/// Whether each tie stands for one direction or for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From sender to target.
    Directed,
    /// Both ways; each pair stands once.
    Undirected,
}

/// Ties in rows by sender, targets rising in each row: the contents of a tie file, in memory or
/// mapped.
///
/// Whatever is in it was checked when it was made, so that nothing that asks it can fail.
#[derive(Debug)]
pub struct TieTable {
    bytes: Bytes,
    header: Header,
    layout: Layout,
}

impl TieTable {
    /// A table of these ties, each (sender, target, strength) by number.
    ///
    /// Strengths are kept exactly; they take no room if all are 1, and half of it if all fit f32.
    /// Without ids actors are called by their numbers, from 0.
    ///
    /// # Errors
    /// [`TieFileError`] if there are more actors or ties than a network can have, an id is bad or given
    /// twice, a tie joins an actor with itself or nobody, is given twice, or has a strength that is
    /// negative or not finite.
    pub fn new(
        n_actors: usize,
        ids: Option<&[String]>,
        direction: Direction,
        ties: Vec<(u32, u32, f64)>,
    ) -> Result<Self, TieFileError> {
        let (pairs, strengths): (Vec<_>, Vec<_>) =
            ties.into_iter().map(|(from, to, strength)| ((from, to), strength)).unzip();
        if ids.is_some_and(|ids| ids.len() != n_actors) {
            return Err(TieFileError::Header { reason: "there is not one id for each actor".to_owned() });
        }
        if let Some(&(from, to)) = pairs.iter().find(|(from, to)| *from.max(to) as usize >= n_actors) {
            let (row, target) = (u64::from(from), to);
            return Err(TieFileError::Target { row, target, n_actors: n_actors as u64 });
        }
        TieTable::build(n_actors, ids, direction, pairs, Some(strengths))
    }

    /// A table of ties between names.
    pub(crate) fn of_names(
        names: Names,
        direction: Direction,
        mut pairs: Vec<(u32, u32)>,
        strengths: Option<Vec<f64>>,
    ) -> Result<Self, TieFileError> {
        let (ids, new) = names.in_order();
        for (from, to) in &mut pairs {
            (*from, *to) = (new[*from as usize], new[*to as usize]);
        }
        let n_actors = new.len();
        drop(new);
        TieTable::build(n_actors, ids.as_deref(), direction, pairs, strengths)
    }

    fn build(
        n_actors: usize,
        ids: Option<&[String]>,
        direction: Direction,
        mut pairs: Vec<(u32, u32)>,
        strengths: Option<Vec<f64>>,
    ) -> Result<Self, TieFileError> {
        check_size(n_actors as u64, pairs.len() as u64)?;
        for id in ids.into_iter().flatten() {
            check_id(id)?;
        }
        let undirected = direction == Direction::Undirected;
        if undirected {
            for (from, to) in &mut pairs {
                (*from, *to) = (*from.min(to), *from.max(to));
            }
        }
        #[expect(clippy::float_cmp, reason = "exactly 1 needs no room")]
        let strengths = strengths.filter(|all| all.iter().any(|&strength| strength != 1.0));
        let width = match &strengths {
            None => Width::None,
            Some(all) if all.iter().all(|&strength| fits_single(strength)) => Width::Single,
            Some(_) => Width::Double,
        };
        let header = Header {
            n_actors,
            n_ties: pairs.len(),
            width,
            undirected,
            id_bytes: ids.map(|ids| ids.iter().map(String::len).sum()),
            data_checksum: 0,
        };
        let too_large = || TieFileError::TooLarge { n: pairs.len() as u64, what: "ties", most: 0 };
        let layout = header.layout().ok_or_else(too_large)?;
        let mut bytes = vec![0; layout.ids.end];
        fill_rows(&mut bytes, &layout, width, n_actors, pairs, strengths);
        let mut end = 0u64;
        for (no, id) in ids.into_iter().flatten().enumerate() {
            let begin = layout.ids.start + usize::try_from(end).unwrap_or(usize::MAX);
            bytes[begin..begin + id.len()].copy_from_slice(id.as_bytes());
            end += id.len() as u64;
            put(&mut bytes, layout.id_ends.start + 8 * no, &end.to_le_bytes());
        }
        let header = Header { data_checksum: crc32fast::hash(&bytes[HEADER..]), ..header };
        header.write(&mut bytes[..HEADER]);
        let table = TieTable { bytes: Bytes::Owned(bytes), header, layout };
        table.check()?;
        Ok(table)
    }

    /// Opens a tie file, mapped into memory where that is possible, and checks all of it.
    ///
    /// # Errors
    /// [`TieFileError`] if it cannot be read, or is not what a tie file should be.
    pub fn open(path: &Path) -> Result<Self, TieFileError> {
        TieTable::of(Bytes::of(path)?)
    }

    /// The table in the bytes of a tie file.
    ///
    /// # Errors
    /// [`TieFileError`] if they are not what a tie file should be.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, TieFileError> {
        TieTable::of(Bytes::Owned(bytes))
    }

    fn of(bytes: Bytes) -> Result<Self, TieFileError> {
        let header = Header::read(&bytes)?;
        let reason = || "it would not fit into the memory of this machine".to_owned();
        let layout = header.layout().ok_or_else(|| TieFileError::Header { reason: reason() })?;
        let (found, expected) = (bytes.len() as u64, layout.ids.end as u64);
        match found.cmp(&expected) {
            Ordering::Less => return Err(TieFileError::Truncated { found, expected }),
            Ordering::Greater => return Err(TieFileError::TooLong { found, expected }),
            Ordering::Equal => {}
        }
        let checksum = crc32fast::hash(&bytes[HEADER..]);
        if checksum != header.data_checksum {
            let (found, expected) = (checksum, header.data_checksum);
            return Err(TieFileError::Damaged { part: "data", found, expected });
        }
        let table = TieTable { bytes, header, layout };
        table.check_ids()?;
        table.check()?;
        Ok(table)
    }

    /// The table of directed ties in a text, as [`read`](crate::read) makes it of a `.csv` file.
    ///
    /// # Errors
    /// [`TieFileError`] with the line at fault.
    pub fn from_csv(text: &str, columns: &Columns) -> Result<Self, TieFileError> {
        crate::text_file::parse(text.as_bytes(), columns)
    }

    // That ids are text, fit for actors and different from each other.
    fn check_ids(&self) -> Result<(), TieFileError> {
        if self.header.id_bytes.is_none() {
            return Ok(());
        }
        // Copied before it is looked at: somebody may change the file at any time.
        let ids = self.bytes[self.layout.ids.clone()].to_vec();
        let text = std::str::from_utf8(&ids).map_err(|error| {
            let at = error.valid_up_to() as u64;
            let ends = self.layout.id_ends.clone().step_by(8).map(|place| u64_at(&self.bytes, place));
            TieFileError::IdText { actor: ends.take_while(|&end| end <= at).count() as u64 }
        })?;
        let mut begin = 0;
        let mut before: Option<&str> = None;
        let mut rising = true;
        let mut seen = HashSet::new();
        for actor in 0..self.header.n_actors {
            let end = u64_at(&self.bytes, self.layout.id_ends.start + 8 * actor);
            let end = usize::try_from(end).unwrap_or(usize::MAX);
            let wrong = || TieFileError::IdText { actor: actor as u64 };
            let id = text.get(begin..end).ok_or_else(wrong)?;
            check_id(id)?;
            // In the order of `convert` no two can be the same; other orders are as good, but cost a set.
            if rising && before.is_some_and(|before| compare_ids(before, id) != Ordering::Less) {
                rising = false;
                seen.extend((0..actor).map(|actor| self.id_bytes(actor)));
            }
            if !rising && !seen.insert(id.as_bytes()) {
                return Err(TieFileError::IdTwice { id: id.to_owned() });
            }
            (begin, before) = (end, Some(id));
        }
        if begin != text.len() {
            return Err(TieFileError::IdText { actor: self.header.n_actors as u64 });
        }
        Ok(())
    }

    // That rows follow each other, and that each rises among the actors; strengths.
    fn check(&self) -> Result<(), TieFileError> {
        let n_actors = self.header.n_actors as u64;
        let mut end = 0;
        for row in 0..self.header.n_actors {
            let bounds = [row, row + 1].map(|row| u64_at(&self.bytes, self.layout.starts.start + 8 * row));
            let no = row as u64;
            if bounds[0] != end || bounds[1] < end || bounds[1] > self.header.n_ties as u64 {
                return Err(TieFileError::RowBounds { row: no });
            }
            end = bounds[1];
            let mut before: Option<u32> = None;
            for target in self.targets(row) {
                if u64::from(target) >= n_actors {
                    return Err(TieFileError::Target { row: no, target, n_actors });
                }
                if let Some(before) = before.filter(|&before| before >= target) {
                    if before == target {
                        let (from, to) = (self.id(row), self.id(target as usize));
                        return Err(TieFileError::Twice { from, to, undirected: self.header.undirected });
                    }
                    return Err(TieFileError::NotRising { row: no, before, after: target });
                }
                if target as usize == row {
                    return Err(TieFileError::SelfTie { id: self.id(row) });
                }
                if self.header.undirected && u64::from(target) < no {
                    return Err(TieFileError::Backward { row: no, target });
                }
                before = Some(target);
            }
        }
        if end != self.header.n_ties as u64 {
            return Err(TieFileError::RowBounds { row: n_actors });
        }
        if self.header.width == Width::None {
            return Ok(());
        }
        let bad = self.ties().find(|(_, _, strength)| !(strength.is_finite() && *strength >= 0.0));
        match bad {
            None => Ok(()),
            Some((from, to, strength)) => {
                let [from, to] = [from, to].map(|actor| self.id(actor as usize));
                Err(TieFileError::Strength { from, to, strength })
            }
        }
    }

    /// The bytes of the tie file.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Number of actors, tied or not.
    #[must_use]
    pub fn n_actors(&self) -> usize {
        self.header.n_actors
    }

    /// Number of ties; an undirected one counts once.
    #[must_use]
    pub fn n_ties(&self) -> usize {
        self.header.n_ties
    }

    /// Whether each tie stands for both directions.
    #[must_use]
    pub fn direction(&self) -> Direction {
        if self.header.undirected { Direction::Undirected } else { Direction::Directed }
    }

    /// Whether any strength is other than 1.
    #[must_use]
    pub fn has_strengths(&self) -> bool {
        self.header.width != Width::None
    }

    /// Whether actors have ids of their own, rather than their numbers.
    #[must_use]
    pub fn has_ids(&self) -> bool {
        self.header.id_bytes.is_some()
    }

    /// The id of an actor.
    ///
    /// # Panics
    /// If there is no such actor.
    #[must_use]
    pub fn id(&self, actor: usize) -> String {
        assert!(actor < self.header.n_actors, "{actor} of {} actors", self.header.n_actors);
        match self.header.id_bytes {
            None => actor.to_string(),
            // Copied before it is looked at: somebody may change the file at any time.
            Some(_) => String::from_utf8(self.id_bytes(actor).to_vec()).unwrap_or_default(),
        }
    }

    /// Whether [`TieTable::id`] of an actor is this, found without writing its number.
    ///
    /// # Panics
    /// If there is no such actor.
    #[must_use]
    pub fn is_called(&self, actor: usize, id: &str) -> bool {
        assert!(actor < self.header.n_actors, "{actor} of {} actors", self.header.n_actors);
        match self.header.id_bytes {
            None => number(id.as_bytes()) == Some(actor as u64),
            Some(_) => self.id_bytes(actor) == id.as_bytes(),
        }
    }

    fn id_bytes(&self, actor: usize) -> &[u8] {
        let end = |actor: usize| {
            let end = u64_at(&self.bytes, self.layout.id_ends.start + 8 * actor);
            usize::try_from(end).unwrap_or(usize::MAX)
        };
        let begin = if actor == 0 { 0 } else { end(actor - 1) };
        let ids = &self.bytes[self.layout.ids.clone()];
        ids.get(begin..end(actor)).unwrap_or_default()
    }

    /// The ties as they stand in the rows, (sender, target, strength); an undirected one once.
    pub fn ties(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0u32..).take(self.header.n_actors).flat_map(move |from| self.row(from))
    }

    /// The ties in both directions if they are undirected, not in order.
    pub fn directed_ties(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        let back = self.header.undirected;
        self.ties().flat_map(move |(from, to, strength)| {
            std::iter::once((from, to, strength)).chain(back.then_some((to, from, strength)))
        })
    }

    // Where each row starts, and where the last one ends: `MAX_TIES` fits.
    pub(crate) fn starts(&self) -> Vec<u32> {
        let all = self.bytes[self.layout.starts.clone()].as_chunks::<8>().0;
        all.iter().map(|eight| u32::try_from(u64::from_le_bytes(*eight)).unwrap_or(u32::MAX)).collect()
    }

    pub(crate) fn all_targets(&self) -> Vec<u32> {
        let all = self.bytes[self.layout.targets.clone()].as_chunks::<4>().0;
        all.iter().map(|four| u32::from_le_bytes(*four)).collect()
    }

    pub(crate) fn all_strengths(&self) -> Option<Vec<f64>> {
        let all = &self.bytes[self.layout.strengths.clone()];
        match self.header.width {
            Width::None => None,
            Width::Single => {
                Some(all.as_chunks::<4>().0.iter().map(|four| f64::from(f32::from_le_bytes(*four))).collect())
            }
            Width::Double => {
                Some(all.as_chunks::<8>().0.iter().map(|eight| f64::from_le_bytes(*eight)).collect())
            }
        }
    }

    // One row as it stands.
    pub(crate) fn row(&self, from: u32) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        let first = self.bounds(from as usize).start;
        let strength = move |idx: usize| {
            let at = self.layout.strengths.start + idx * self.header.width.bytes();
            match self.header.width {
                Width::None => 1.0,
                Width::Single => f64::from(f32::from_bits(u32_at(&self.bytes, at))),
                Width::Double => f64::from_bits(u64_at(&self.bytes, at)),
            }
        };
        self.targets(from as usize).enumerate().map(move |(no, to)| (from, to, strength(first + no)))
    }

    fn bounds(&self, row: usize) -> std::ops::Range<usize> {
        let [first, end] = [row, row + 1].map(|row| {
            let at = self.layout.starts.start + 8 * row;
            usize::try_from(u64_at(&self.bytes, at)).unwrap_or(usize::MAX)
        });
        first..end
    }

    fn targets(&self, row: usize) -> impl Iterator<Item = u32> + '_ {
        let bounds = self.bounds(row);
        let all = &self.bytes[self.layout.targets.clone()];
        let own = all.get(4 * bounds.start..4 * bounds.end).unwrap_or_default();
        own.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
    }
}

impl PartialEq for TieTable {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "whether it comes back is the question"
)]
fn fits_single(strength: f64) -> bool {
    f64::from(strength as f32) == strength
}

// Sorts ties into rows and writes them.
#[expect(clippy::cast_possible_truncation, reason = "strengths fit where they are cut")]
fn fill_rows(
    bytes: &mut [u8],
    layout: &Layout,
    width: Width,
    n_actors: usize,
    pairs: Vec<(u32, u32)>,
    strengths: Option<Vec<f64>>,
) {
    let mut starts = vec![0usize; n_actors + 1];
    for (from, _) in &pairs {
        starts[*from as usize + 1] += 1;
    }
    for row in 0..n_actors {
        starts[row + 1] += starts[row];
    }
    for (row, start) in starts.iter().enumerate() {
        put(bytes, layout.starts.start + 8 * row, &(*start as u64).to_le_bytes());
    }
    let mut next = starts.clone();
    let mut place = |from: u32| {
        let next = &mut next[from as usize];
        *next += 1;
        *next - 1
    };
    let row = |row: usize| starts[row]..starts[row + 1];
    match strengths {
        None => {
            let mut targets = vec![0u32; pairs.len()];
            pairs.iter().for_each(|(from, to)| targets[place(*from)] = *to);
            drop(pairs);
            (0..n_actors).for_each(|no| targets[row(no)].sort_unstable());
            for (no, to) in targets.iter().enumerate() {
                put(bytes, layout.targets.start + 4 * no, &to.to_le_bytes());
            }
        }
        Some(strengths) => {
            let mut ties = vec![(0u32, 0.0f64); pairs.len()];
            for ((from, to), strength) in pairs.iter().zip(&strengths) {
                ties[place(*from)] = (*to, *strength);
            }
            drop((pairs, strengths));
            (0..n_actors).for_each(|no| ties[row(no)].sort_unstable_by_key(|tie| tie.0));
            for (no, (to, strength)) in ties.iter().enumerate() {
                put(bytes, layout.targets.start + 4 * no, &to.to_le_bytes());
                let at = layout.strengths.start + no * width.bytes();
                match width {
                    Width::None => {}
                    Width::Single => put(bytes, at, &(*strength as f32).to_le_bytes()),
                    Width::Double => put(bytes, at, &strength.to_le_bytes()),
                }
            }
        }
    }
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}
