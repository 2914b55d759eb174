//! Integers that are added up side by side.

use crate::bits::bits;
use pulp::{Simd, bytemuck};

/// A kind of integer: the narrower, the more of them fit a vector.
pub(super) trait Lane: bytemuck::Pod + std::fmt::Debug + Send + Sync + Default + Into<f64> {
    /// Several side by side.
    type Vector<S: Simd>: Copy;
    /// The largest sum that counts; what is more is beyond all sums.
    const MOST: i64;

    /// The integer, if it has this kind.
    fn new(number: i64) -> Option<Self>;

    /// The integer in 32 bits.
    fn whole(self) -> i32;

    /// The integer in the low bits of a word.
    fn of_bits(bits: u64) -> Self;

    fn vectors<S: Simd>(lanes: &[Self]) -> &[Self::Vector<S>];

    fn vectors_mut<S: Simd>(lanes: &mut [Self]) -> &mut [Self::Vector<S>];

    fn add<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;

    fn sub<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> Self::Vector<S>;

    /// One bit per lane: whether `a` is at least `b`.
    fn reaches<S: Simd>(simd: S, a: Self::Vector<S>, b: Self::Vector<S>) -> u64;
}

macro_rules! lane {
    ($kind:ident, $most:expr, $vector:ident, $as_simd:ident, $as_mut_simd:ident, $add:ident, $sub:ident, $reaches:ident) => {
        impl Lane for $kind {
            type Vector<S: Simd> = S::$vector;
            const MOST: i64 = $most;

            fn new(number: i64) -> Option<Self> {
                Some(number).filter(|&number| number <= Self::MOST)?.try_into().ok()
            }

            #[inline(always)]
            fn whole(self) -> i32 {
                self.into()
            }

            #[inline(always)]
            #[expect(clippy::cast_possible_truncation, reason = "the low bits")]
            fn of_bits(bits: u64) -> Self {
                bits as $kind
            }

            #[inline(always)]
            fn vectors<S: Simd>(lanes: &[Self]) -> &[S::$vector] {
                S::$as_simd(lanes).0
            }

            #[inline(always)]
            fn vectors_mut<S: Simd>(lanes: &mut [Self]) -> &mut [S::$vector] {
                S::$as_mut_simd(lanes).0
            }

            #[inline(always)]
            fn add<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> S::$vector {
                simd.$add(a, b)
            }

            #[inline(always)]
            fn sub<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> S::$vector {
                simd.$sub(a, b)
            }

            #[inline(always)]
            fn reaches<S: Simd>(simd: S, a: S::$vector, b: S::$vector) -> u64 {
                bits(&simd.$reaches(a, b), size_of::<S::$vector>() / size_of::<Self>())
            }
        }
    };
}

lane!(u16, 65534, u16s, as_simd_u16s, as_mut_simd_u16s, add_u16s, sub_u16s, greater_than_or_equal_u16s);
lane!(
    i32,
    2_147_483_646,
    i32s,
    as_simd_i32s,
    as_mut_simd_i32s,
    add_i32s,
    sub_i32s,
    greater_than_or_equal_i32s
);
