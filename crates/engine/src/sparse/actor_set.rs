//! Sets of actors, one bit each.

/// Actors per word of a set.
pub(super) const PER_WORD: usize = 64;

/// From how many actors of a word on it is faster to work out something for all of it, side by side.
pub(super) const MANY: u32 = 8;

/// The number of actors, rounded up to whole words.
pub(super) fn in_whole_words(n_actors: usize) -> usize {
    n_actors.next_multiple_of(PER_WORD)
}

/// A set of actors that is filled, joined and walked word by word.
#[derive(Clone, Debug)]
pub(super) struct ActorSet {
    n_actors: usize,
    words: Vec<u64>,
}

impl ActorSet {
    /// The empty set.
    pub(super) fn none(n_actors: usize) -> Self {
        ActorSet { n_actors, words: vec![0; n_actors.div_ceil(PER_WORD)] }
    }

    /// Everybody.
    pub(super) fn everybody(n_actors: usize) -> Self {
        let mut set = ActorSet::none(n_actors);
        set.fill();
        set
    }

    pub(super) fn fill(&mut self) {
        self.words.fill(u64::MAX);
        if let Some(last) = self.words.last_mut().filter(|_| !self.n_actors.is_multiple_of(PER_WORD)) {
            *last = (1 << (self.n_actors % PER_WORD)) - 1;
        }
    }

    pub(super) fn insert(&mut self, actor: usize) {
        self.words[actor / PER_WORD] |= 1 << (actor % PER_WORD);
    }

    pub(super) fn remove(&mut self, actor: usize) {
        self.words[actor / PER_WORD] &= !(1 << (actor % PER_WORD));
    }

    // Without a branch: who is in a set is chance.
    pub(super) fn set(&mut self, actor: usize, member: bool) {
        let (word, bit) = (&mut self.words[actor / PER_WORD], actor % PER_WORD);
        *word = *word & !(1 << bit) | u64::from(member) << bit;
    }

    pub(super) fn contains(&self, actor: usize) -> bool {
        self.words[actor / PER_WORD] >> (actor % PER_WORD) & 1 == 1
    }

    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn n_words(&self) -> usize {
        self.words.len()
    }

    pub(super) fn word(&self, idx: usize) -> u64 {
        self.words[idx]
    }

    /// Adds the members of a word.
    pub(super) fn join(&mut self, idx: usize, members: u64) {
        self.words[idx] |= members;
    }

    /// Takes members out of a word.
    pub(super) fn leave(&mut self, idx: usize, members: u64) {
        self.words[idx] &= !members;
    }

    /// Empties a word and returns what was in it.
    pub(super) fn take(&mut self, idx: usize) -> u64 {
        std::mem::take(&mut self.words[idx])
    }

    /// Adds actors that are given in rising order.
    pub(super) fn insert_rising(&mut self, actors: &[u32]) {
        // Bits are gathered per word, because writing the same word again and again stalls.
        let (mut idx, mut members) = (0, 0u64);
        for &actor in actors {
            let actor = actor as usize;
            if actor / PER_WORD != idx {
                self.join(idx, std::mem::take(&mut members));
                idx = actor / PER_WORD;
            }
            members |= 1 << (actor % PER_WORD);
        }
        if members != 0 {
            self.join(idx, members);
        }
    }

    /// Adds the members of another set of as many actors.
    pub(super) fn unite(&mut self, other: &ActorSet) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Those who are in another set of as many actors too, rising.
    pub(super) fn shared_with(&self, other: &ActorSet) -> impl Iterator<Item = usize> {
        let words = self.words.iter().zip(&other.words).enumerate();
        words.flat_map(|(idx, (word, other))| members(idx, word & other))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }
}

/// The actors of one word of a set, rising.
pub(super) fn members(idx: usize, mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(idx * PER_WORD + bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(set: &ActorSet) -> Vec<usize> {
        (0..set.n_words()).flat_map(|idx| members(idx, set.word(idx))).collect()
    }

    #[test]
    fn everybody_is_nobody_more() {
        for n in [0, 1, 63, 64, 65, 130] {
            assert_eq!(listed(&ActorSet::everybody(n)), (0..n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn rising_actors_are_all_inserted() {
        let mut set = ActorSet::none(200);
        set.insert_rising(&[0, 63, 64, 66, 199]);
        set.insert_rising(&[]);
        set.insert_rising(&[130]);
        assert_eq!(listed(&set), [0, 63, 64, 66, 130, 199]);
        set.remove(64);
        assert!(!set.contains(64) && set.contains(66) && !set.is_empty());
    }
}
