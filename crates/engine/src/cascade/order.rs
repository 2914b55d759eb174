//! Rising order, in which all who decide at once are recorded.

/// Puts actors in rising order.
pub(super) struct Order {
    words: Vec<u64>,
}

// Fewer actors than this share of the words are sorted one by one.
const ACTORS_PER_WORD: usize = 8;

impl Order {
    pub(super) fn new(n_actors: usize) -> Self {
        Order { words: vec![0; n_actors.div_ceil(64)] }
    }

    pub(super) fn sort(&mut self, actors: &mut Vec<u32>) {
        if actors.len() * ACTORS_PER_WORD < self.words.len() {
            actors.sort_unstable();
            return;
        }
        for actor in actors.drain(..) {
            self.words[actor as usize / 64] |= 1 << (actor % 64);
        }
        for (first, word) in (0u32..).step_by(64).zip(&mut self.words) {
            let mut bits = std::mem::take(word);
            while bits != 0 {
                actors.push(first + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
    }
}
