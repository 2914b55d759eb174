//! Rooms to work in that runs leave behind.

use std::cell::RefCell;
use thread_local::ThreadLocal;

/// A room for each thread that runs: to ask for one anew would take as long as some runs, and to share
/// them would have processors wait for what the other has just written.
#[derive(Debug)]
pub(crate) struct Rooms<R: Send>(ThreadLocal<RefCell<R>>);

impl<R: Send> Default for Rooms<R> {
    fn default() -> Self {
        Rooms(ThreadLocal::new())
    }
}

impl<R: Send> Rooms<R> {
    /// Works in this thread's room, which `new` makes if there is none yet.
    ///
    /// # Panics
    /// If `work` asks for the room itself.
    pub(crate) fn work<T>(&self, new: impl FnOnce() -> R, work: impl FnOnce(&mut R) -> T) -> T {
        work(&mut self.0.get_or(|| RefCell::new(new())).borrow_mut())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thread_keeps_a_room_of_its_own() {
        let rooms: Rooms<Vec<u32>> = Rooms::default();
        let visit = || {
            rooms.work(Vec::new, |room| {
                room.push(1);
                room.len()
            })
        };
        assert_eq!([visit(), visit()], [1, 2]);
        let elsewhere = std::thread::scope(|scope| scope.spawn(visit).join());
        assert_eq!(elsewhere.ok(), Some(1));
        assert_eq!(visit(), 3);
    }
}
