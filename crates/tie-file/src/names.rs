//! Ids of actors, as they are met.

use crate::TieFileError;
use crate::header::check_size;
use normwave_network_model::{compare_ids, is_plain_number};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Numbers below this are looked up in a table, everything else by its hash.
const DIRECT: u32 = 1 << 24;

/// An id: most large networks have plain numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    Number(u32),
    Text(Box<str>),
}

/// Ids in the order in which they were first met.
#[derive(Debug, Default)]
pub(crate) struct Names {
    // One more than the place of a number; 0 if it was not met.
    numbers: Vec<u32>,
    texts: HashMap<Box<str>, u32>,
    all: Vec<Name>,
}

impl Names {
    /// The place of an id.
    pub(crate) fn place(&mut self, id: &[u8]) -> Result<u32, TieFileError> {
        match number(id).and_then(|number| u32::try_from(number).ok()).filter(|&number| number < DIRECT) {
            Some(number) => self.place_of_number(number),
            None => {
                let text = std::str::from_utf8(id).map_err(|_| TieFileError::Id {
                    id: String::from_utf8_lossy(id).into_owned(),
                    reason: "it is not UTF-8",
                })?;
                self.place_of_text(text)
            }
        }
    }

    /// The place of an id that is a number.
    #[cfg(feature = "parquet")]
    pub(crate) fn place_of_integer(&mut self, id: i64) -> Result<u32, TieFileError> {
        match u32::try_from(id).ok().filter(|&number| number < DIRECT) {
            Some(number) => self.place_of_number(number),
            None => self.place_of_text(&id.to_string()),
        }
    }

    fn place_of_number(&mut self, number: u32) -> Result<u32, TieFileError> {
        let at = number as usize;
        if at >= self.numbers.len() {
            self.numbers.resize((at + 1).next_power_of_two(), 0);
        }
        if self.numbers[at] == 0 {
            self.all.push(Name::Number(number));
            self.numbers[at] = self.count()?;
        }
        Ok(self.numbers[at] - 1)
    }

    fn place_of_text(&mut self, id: &str) -> Result<u32, TieFileError> {
        if let Some(&place) = self.texts.get(id) {
            return Ok(place);
        }
        check_id(id)?;
        self.all.push(Name::Text(id.into()));
        let place = self.count()? - 1;
        self.texts.insert(id.into(), place);
        Ok(place)
    }

    fn count(&self) -> Result<u32, TieFileError> {
        check_size(self.all.len() as u64, 0)?;
        Ok(u32::try_from(self.all.len()).unwrap_or(u32::MAX))
    }

    /// The id at a place.
    pub(crate) fn id(&self, place: u32) -> String {
        match &self.all[place as usize] {
            Name::Number(number) => number.to_string(),
            Name::Text(text) => text.as_ref().to_owned(),
        }
    }

    /// The ids in their order, and the new place of each old one.
    ///
    /// Plain numbers come first and by size, then all else by its bytes: so that the order of rows in
    /// a file makes no difference. No ids are given if they are the numbers from 0.
    pub(crate) fn in_order(self) -> (Option<Vec<String>>, Vec<u32>) {
        drop((self.numbers, self.texts));
        let mut order: Vec<u32> = (0u32..).take(self.all.len()).collect();
        order.sort_unstable_by(|&a, &b| compare(&self.all[a as usize], &self.all[b as usize]));
        let counted = order.iter().zip(0u32..).all(|(&old, no)| self.all[old as usize] == Name::Number(no));
        let mut new = vec![0; order.len()];
        for (&old, place) in order.iter().zip(0u32..) {
            new[old as usize] = place;
        }
        let ids = (!counted).then(|| {
            let id = |&old: &u32| match &self.all[old as usize] {
                Name::Number(number) => number.to_string(),
                Name::Text(text) => text.as_ref().to_owned(),
            };
            order.iter().map(id).collect()
        });
        (ids, new)
    }
}

fn compare(a: &Name, b: &Name) -> Ordering {
    match (a, b) {
        (Name::Number(a), Name::Number(b)) => a.cmp(b),
        (Name::Text(a), Name::Text(b)) => compare_ids(a, b),
        (Name::Number(a), Name::Text(b)) => compare_ids(&a.to_string(), b),
        (Name::Text(a), Name::Number(b)) => compare_ids(a, &b.to_string()),
    }
}

/// A plain number of at most 18 digits.
pub(crate) fn number(id: &[u8]) -> Option<u64> {
    if id.len() > 18 || !is_plain_number(id) {
        return None;
    }
    Some(id.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

/// Refuses what no actor can be called.
pub(crate) fn check_id(id: &str) -> Result<(), TieFileError> {
    // Most ids are short and plain.
    if (1..=200).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let reason = match id.chars().count() {
        0 => "it is empty",
        n if n > 200 => "it is longer than 200 characters",
        _ if id.chars().any(char::is_control) => "it has line ends or other control characters",
        _ if id.trim() != id => "it has spaces around it",
        _ => return Ok(()),
    };
    Err(TieFileError::Id { id: id.chars().take(40).collect(), reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(ids: &[&str]) -> (Option<Vec<String>>, Vec<u32>) {
        let mut names = Names::default();
        ids.iter().for_each(|id| {
            names.place(id.as_bytes()).unwrap();
        });
        names.in_order()
    }

    #[test]
    fn numbers_come_by_size_and_before_names() {
        let (ids, new) = ordered(&["USA", "10", "99999999999", "9", "007", "GBR", "10"]);
        assert_eq!(ids.unwrap(), ["9", "10", "99999999999", "007", "GBR", "USA"]);
        assert_eq!(new, [5, 1, 2, 0, 3, 4]);
    }

    #[test]
    fn the_numbers_from_0_need_no_ids() {
        assert_eq!(ordered(&["2", "0", "1"]), (None, vec![2, 0, 1]));
        assert!(ordered(&["1", "2"]).0.is_some());
    }

    #[test]
    fn what_no_actor_can_be_called_is_refused() {
        for (id, reason) in [
            ("", "it is empty"),
            ("a\nb", "it has line ends or other control characters"),
            (" a", "it has spaces around it"),
            (&"x".repeat(201), "it is longer than 200 characters"),
        ] {
            assert!(
                matches!(check_id(id), Err(TieFileError::Id { reason: found, .. }) if found == reason),
                "{id}"
            );
        }
        assert!(check_id("Côte d'Ivoire").is_ok());
        assert!(Names::default().place(b"C\xf4te").is_err());
    }
}
