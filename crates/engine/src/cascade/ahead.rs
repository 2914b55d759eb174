//! Loads that begin before they are needed, so that what lies far apart in memory arrives together.

/// Begins to load an item of a list into the nearest cache; where the processor cannot, or the list
/// is shorter, nothing happens.
#[inline(always)]
pub(crate) fn begin_to_load<T>(list: &[T], idx: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use pulp::core_arch::x86::Sse;
        use std::arch::x86_64::_MM_HINT_T0;
        if let (Some(sse), Some(item)) = (Sse::try_new(), list.get(idx)) {
            sse._mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(item).cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (list, idx);
}

// How many rows before its turn a row begins to load, and how many of its lines.
const AHEAD: usize = 32;
const LINES: usize = 2;
// How many items of a row lie on a line.
const PER_LINE: usize = 16;

/// Begins to load the first lines of the row of one whose turn comes soon, and where the row of a
/// later one starts. Of what follows in a long row, the processor sees by itself that it will be needed.
#[inline(always)]
pub(super) fn begin_to_load_rows(senders: &[u32], place: usize, starts: &[u32], items: &[u32]) {
    if let Some(&later) = senders.get(place + 2 * AHEAD) {
        begin_to_load(starts, later as usize);
    }
    if let Some(&soon) = senders.get(place + AHEAD) {
        begin_to_load_row(soon, starts, items);
    }
}

/// The same of those whose turns come first, before any of them.
#[inline(always)]
pub(super) fn begin_to_load_first_rows(senders: &[u32], starts: &[u32], items: &[u32]) {
    let (first, later) = senders.split_at(AHEAD.min(senders.len()));
    later.iter().take(AHEAD).for_each(|&later| begin_to_load(starts, later as usize));
    first.iter().for_each(|&first| begin_to_load_row(first, starts, items));
}

#[inline(always)]
fn begin_to_load_row(sender: u32, starts: &[u32], items: &[u32]) {
    let first = starts[sender as usize] as usize;
    (0..LINES).for_each(|line| begin_to_load(items, first + line * PER_LINE));
}
