//! Rising order, in which all who decide at once are recorded.

/// Puts actors in rising order, in a time that grows with their number alone but for one step per
/// 4096 of all.
pub(super) struct Order {
    // A bit per actor, and a bit per word of these.
    actors: Vec<u64>,
    words: Vec<u64>,
}

impl Order {
    pub(super) fn new(n_actors: usize) -> Self {
        let n_words = n_actors.div_ceil(64);
        Order { actors: vec![0; n_words], words: vec![0; n_words.div_ceil(64)] }
    }

    /// Sorts actors of whom none is listed twice.
    pub(super) fn sort(&mut self, actors: &mut [u32]) {
        for &actor in &*actors {
            let word = actor as usize / 64;
            self.actors[word] |= 1 << (actor % 64);
            self.words[word / 64] |= 1 << (word % 64);
        }
        let mut places = actors.iter_mut();
        for (first, words) in (0u32..).step_by(64).zip(&mut self.words) {
            each_bit(std::mem::take(words), |bit| {
                let word = first + bit;
                let members = std::mem::take(&mut self.actors[word as usize]);
                each_bit(members, |bit| {
                    if let Some(place) = places.next() {
                        *place = word * 64 + bit;
                    }
                });
            });
        }
    }
}

fn each_bit(mut bits: u64, mut each: impl FnMut(u32)) {
    while bits != 0 {
        each(bits.trailing_zeros());
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sorted_rises_and_leaves_nothing_behind() {
        let mut order = Order::new(10_000);
        for step in [1u32, 7, 63, 4097] {
            let mut actors: Vec<u32> = (0..10_000).filter(|actor| actor % step == 0).collect();
            let rising = actors.clone();
            actors.reverse();
            order.sort(&mut actors);
            assert_eq!(actors, rising);
        }
        order.sort(&mut []);
    }
}
