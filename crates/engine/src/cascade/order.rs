//! Lists of actors, and the rising order in which all who decide at once are recorded.

use pulp::Simd;

/// A list to which those of several numbers are added that bits mark.
///
/// How many are marked is chance, and a processor that guessed would often guess wrong. So as many
/// places are written as are usually enough, marked or not, and only what counts is kept.
#[derive(Debug)]
pub(crate) struct List {
    // Longer than the list by `AT_ONCE` at least.
    actors: Vec<u32>,
    n: usize,
}

/// How many numbers are looked at together.
pub(super) const AT_ONCE: usize = 16;

const PLACES: [u32; AT_ONCE] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

// How many of them are added together where no instruction packs all.
const FEW: usize = 4;

impl List {
    /// An empty list, to which as many can be added.
    pub(crate) fn new(room: usize) -> Self {
        let mut list = List { actors: Vec::new(), n: 0 };
        list.make_room(room);
        list
    }

    /// Makes room for as many more.
    #[inline(always)]
    pub(super) fn make_room(&mut self, room: usize) {
        let needed = self.n + room + AT_ONCE;
        if self.actors.len() < needed {
            self.actors.resize(needed.max(2 * self.actors.len()), 0);
        }
    }

    pub(crate) fn actors(&self) -> &[u32] {
        &self.actors[..self.n]
    }

    pub(crate) fn clear(&mut self) {
        self.n = 0;
    }

    pub(super) fn extend(&mut self, actors: impl IntoIterator<Item = u32>) {
        for actor in actors {
            self.make_room(1);
            self.actors[self.n] = actor;
            self.n += 1;
        }
    }

    /// Keeps of those from a place on who are to be kept.
    #[inline(always)]
    pub(super) fn keep_from(&mut self, from: usize, mut keep: impl FnMut(u32) -> bool) {
        let mut n = from;
        for place in from..self.n {
            let actor = self.actors[place];
            self.actors[n] = actor;
            n += usize::from(keep(actor));
        }
        self.n = n;
    }

    pub(super) fn each(&mut self, change: impl Fn(u32) -> u32) {
        self.actors[..self.n].iter_mut().for_each(|actor| *actor = change(*actor));
    }

    /// Adds those that bits mark, in their order; there must be room.
    #[inline(always)]
    pub(super) fn extend_marked<S: Simd>(&mut self, simd: S, marked: u16, actors: [u32; AT_ONCE]) {
        if let Some(packed) = packed(simd, marked, actors) {
            if let Some(places) = self.actors[self.n..].first_chunk_mut() {
                *places = packed;
            }
            self.n += marked.count_ones() as usize;
        } else {
            self.extend_by_bits(marked.into(), |place| actors[place as usize % AT_ONCE]);
        }
    }

    /// Adds those of the 64 actors of a word whose bits are set; there must be room.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "numbers of actors")]
    pub(crate) fn extend_by_word<S: Simd>(&mut self, simd: S, word: usize, bits: u64) {
        for part in 0..64 / AT_ONCE {
            let first = simd.splat_u32s((word * 64 + part * AT_ONCE) as u32);
            let mut actors = PLACES;
            for places in S::as_mut_simd_u32s(&mut actors).0 {
                *places = simd.add_u32s(*places, first);
            }
            self.extend_marked(simd, (bits >> (part * AT_ONCE)) as u16, actors);
        }
    }

    /// Adds an actor for each set bit, the lowest first; `actor` may also be called with 64.
    #[inline(always)]
    fn extend_by_bits(&mut self, mut bits: u64, actor: impl Fn(u32) -> u32) {
        let until = self.n + bits.count_ones() as usize;
        loop {
            for place in &mut self.actors[self.n..self.n + FEW] {
                *place = actor(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            self.n += FEW;
            if self.n >= until {
                break;
            }
        }
        self.n = until;
    }
}

// Those that are marked, first, if one instruction does it.
#[inline(always)]
fn packed<S: Simd>(simd: S, marked: u16, actors: [u32; AT_ONCE]) -> Option<[u32; AT_ONCE]> {
    #[cfg(target_arch = "x86_64")]
    if let Some(v4) = (&simd as &dyn std::any::Any).downcast_ref::<pulp::x86::V4>() {
        return Some(pulp::cast(v4.avx512f._mm512_maskz_compress_epi32(marked, pulp::cast(actors))));
    }
    let _ = (simd, marked, actors);
    None
}

/// Puts those who come for the first time in rising order, in a time that grows with the list alone
/// but for one step per 4096 of all.
pub(super) struct Order {
    // A bit per actor; a byte per word of these, and a byte per 64 words: 1 if there is any.
    actors: Vec<u64>,
    words: Vec<[u8; 64]>,
    blocks: Vec<u8>,
    // A bit per actor: whether it has come before.
    came: Vec<u64>,
}

impl Order {
    pub(super) fn new(n_actors: usize) -> Self {
        let n_blocks = n_actors.div_ceil(4096);
        let none = vec![0; n_blocks * 64];
        Order { actors: none.clone(), words: vec![[0; 64]; n_blocks], blocks: vec![0; n_blocks], came: none }
    }

    /// Takes note of somebody who came before all lists.
    pub(super) fn has_come(&mut self, actor: u32) {
        self.came[actor as usize / 64] |= 1 << (actor % 64);
    }

    /// Takes note of some who come, whether for the first time or not.
    #[inline(always)]
    pub(super) fn come(&mut self, actors: &[u32]) {
        for &actor in actors {
            let actor = actor as usize;
            self.actors[actor / 64] |= 1 << (actor % 64);
            // Bytes, since one bit after the other in the same word would have to wait for each other.
            self.words[actor / 4096][actor / 64 % 64] = 1;
            self.blocks[actor / 4096] = 1;
        }
    }

    /// Adds to a list who has come since the last time and never before, each once and in rising order.
    #[inline(always)]
    pub(super) fn newcomers(&mut self, list: &mut List) {
        let bits = self.actors.chunks_exact_mut(64).zip(self.came.chunks_exact_mut(64));
        let blocks = self.blocks.iter_mut().zip(&mut self.words).zip(bits);
        for (first, ((any, words), (actors, came))) in (0u32..).step_by(4096).zip(blocks) {
            if std::mem::take(any) == 0 {
                continue;
            }
            list.make_room(4096);
            let (bytes, _) = words.as_chunks::<8>();
            let mut bits =
                bytes.iter().rev().fold(0, |bits, bytes| bits << 8 | u64::from(one_bit_each(*bytes)));
            *words = [0; 64];
            while bits != 0 {
                let word = bits.trailing_zeros();
                let (members, came) = (&mut actors[word as usize % 64], &mut came[word as usize % 64]);
                let new = std::mem::take(members) & !*came;
                *came |= new;
                list.extend_by_bits(new, |bit| first + word * 64 + bit);
                bits &= bits - 1;
            }
        }
    }
}

/// Eight bytes that are 0 or 1 as bits.
#[inline(always)]
pub(super) fn one_bit_each(bytes: [u8; 8]) -> u16 {
    // The byte of place i is shifted to bit 56 + i.
    (u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn newcomers_rise_and_come_once() {
        let mut order = Order::new(10_000);
        order.has_come(0);
        let mut known: BTreeSet<u32> = [0].into();
        let mut list = List::new(0);
        for step in [4097u32, 63, 7, 10_000, 1, 2] {
            let named: Vec<u32> = (0..10_000).filter(|actor| actor % step == 0).collect();
            list.clear();
            named.chunks(100).rev().chain([&named[..]]).for_each(|some| order.come(some));
            order.newcomers(&mut list);
            let new: Vec<u32> = named.into_iter().filter(|&actor| known.insert(actor)).collect();
            assert_eq!(list.actors(), new, "{step}");
        }
        assert_eq!(known.len(), 10_000);
    }

    #[test]
    fn bytes_become_bits_in_their_order() {
        for bits in 0..256u16 {
            let bytes = std::array::from_fn(|place| u8::from(bits >> place & 1 == 1));
            assert_eq!(one_bit_each(bytes), bits);
        }
    }
}
