//! What is asked of the kernel: files that are mapped into memory, and lists that may lie in large
//! pages.
//!
//! Nothing but speed depends on either: where the kernel declines, files are read whole and lists
//! lie where any others do. This is the one file of the project with `unsafe` code.

use std::fs::File;
use std::mem::MaybeUninit;

/// The bytes of a file that are read when they are looked at.
#[derive(Debug)]
pub struct Mapped(memmap2::Mmap);

impl std::ops::Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Maps a file into memory; `None` where that cannot be done.
///
/// A file must not be changed while it is mapped: who reads it may find what was there before or
/// after, and if it is cut short, the process ends. So put no trust in what has been checked before:
/// take numbers out by value, copy text before looking at it, and compare what is used as an index
/// with a length at its use.
///
/// ```
/// let file = tempfile::NamedTempFile::new()?;
/// std::fs::write(file.path(), "seven bytes are too few")?;
/// let mapped = normwave_memory::map(file.as_file()).ok_or("this kernel maps no files")?;
/// assert_eq!(&mapped[..5], b"seven");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
#[allow(unsafe_code, reason = "a file that is mapped can be changed by others")]
pub fn map(file: &File) -> Option<Mapped> {
    // SAFETY: The map is read-only, and its bytes are only handed out as bytes, any value of which is
    // valid; who makes anything else of them copies them first. A program that changes the file under
    // our feet can change what is read, or, if it cuts the file short, end the process; it cannot make
    // us touch other memory.
    unsafe { memmap2::Mmap::map(file) }.ok().map(Mapped)
}

/// An empty list with room for `n` items, which may lie in pages of 2 MB if it is long.
///
/// What lies at random places of a long list is found sooner there: the processor remembers where
/// some thousand pages are, and looks up the others each time. Lists of fewer than 4 MB are like any
/// others.
///
/// ```
/// let mut squares = normwave_memory::long_list(1_000_000);
/// squares.extend((0..1_000_000u64).map(|number| number * number));
/// assert_eq!(squares[999], 998_001);
/// ```
#[must_use]
pub fn long_list<T>(n: usize) -> Vec<T> {
    let mut list = Vec::with_capacity(n);
    ask_for_large_pages(list.spare_capacity_mut());
    list
}

// From two large pages on there is a whole one.
const LONG: usize = 4 << 20;

// Every kernel's pages are multiples of this; one with larger pages declines what starts within one.
const PAGE: usize = 4096;

#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "a call of the C library")]
fn ask_for_large_pages<T>(room: &mut [MaybeUninit<T>]) {
    let (first, bytes) = (room.as_mut_ptr().cast::<u8>(), size_of_val(room));
    if bytes < LONG {
        return;
    }
    let before = first.align_offset(PAGE);
    let Some(bytes) = bytes.checked_sub(before) else { return };
    // SAFETY: The pages lie within `room`, which is borrowed for this call, but for the rest of the last
    // one where pages are larger. This advice changes
    // neither what they hold nor who may read or write them, only in how large pieces the kernel
    // keeps them; that it may decline is of no account.
    unsafe {
        libc::madvise(first.wrapping_add(before).cast(), bytes / PAGE * PAGE, libc::MADV_HUGEPAGE);
    }
}

#[cfg(not(target_os = "linux"))]
fn ask_for_large_pages<T>(_: &mut [MaybeUninit<T>]) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_all_lengths_hold_what_is_put_in() {
        for n in [0, 1, 1000, LONG - 1, LONG, LONG + 1, 3 * LONG + 5] {
            let mut list = long_list::<u8>(n);
            assert!(list.is_empty() && list.capacity() >= n);
            list.extend((0..n).map(|place| (place % 251) as u8));
            assert!(list.iter().enumerate().all(|(place, &item)| item == (place % 251) as u8));
        }
        assert_eq!(long_list::<()>(7).len(), 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    #[expect(clippy::print_stderr, reason = "says why nothing is tested")]
    fn long_lists_ask_for_large_pages() {
        let Ok(ranges) = std::fs::read_to_string("/proc/self/smaps") else {
            eprintln!("skipped: this kernel does not say how memory lies");
            return;
        };
        if !ranges.contains("VmFlags")
            || !std::path::Path::new("/sys/kernel/mm/transparent_hugepage").exists()
        {
            eprintln!("skipped: this kernel has no large pages, or does not say what is asked of it");
            return;
        }
        let list = long_list::<u8>(32 << 20);
        let middle = list.as_ptr() as usize + (16 << 20);
        // A range begins with its ends, and its flags come last: `hg` where large pages are asked for.
        let mut inside = false;
        let asked = std::fs::read_to_string("/proc/self/smaps").unwrap().lines().any(|line| {
            let ends = line.split(' ').next().and_then(|ends| ends.split_once('-'));
            let number = |text| usize::from_str_radix(text, 16);
            if let Some((Ok(from), Ok(until))) = ends.map(|(from, until)| (number(from), number(until))) {
                inside = (from..until).contains(&middle);
            }
            inside && line.starts_with("VmFlags:") && line.contains(" hg")
        });
        assert!(asked);
    }

    #[test]
    fn an_empty_file_is_mapped_or_not_but_nothing_breaks() {
        let file = tempfile::tempfile().unwrap();
        assert!(map(&file).is_none_or(|mapped| mapped.is_empty()));
    }
}
