//! The order of ids.

use std::cmp::Ordering;

/// The order of ids in large networks: plain numbers first and by size, then all else by its bytes.
///
/// ```
/// use normwave_network_model::compare_ids;
/// let mut ids = ["USA", "10", "9", "007"];
/// ids.sort_by(|a, b| compare_ids(a, b));
/// assert_eq!(ids, ["9", "10", "007", "USA"]);
/// ```
#[must_use]
pub fn compare_ids(a: &str, b: &str) -> Ordering {
    match (is_plain_number(a.as_bytes()), is_plain_number(b.as_bytes())) {
        (true, true) => (a.len(), a).cmp(&(b.len(), b)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.cmp(b),
    }
}

/// Whether an id is digits without a zero before them: what a number is written as, of any length.
#[must_use]
pub fn is_plain_number(id: &[u8]) -> bool {
    id.iter().all(u8::is_ascii_digit) && (id == b"0" || id.first().is_some_and(|&first| first != b'0'))
}
