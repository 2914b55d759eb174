//! Masks of vectors as bits.

use pulp::bytemuck;

/// One bit per lane of a mask, which a processor keeps in one bit or in as many as the lane has.
#[inline(always)]
pub(crate) fn bits<M: bytemuck::NoUninit>(mask: &M, n_lanes: usize) -> u64 {
    let bytes = bytemuck::bytes_of(mask);
    let per_lane = bytes.len() / n_lanes;
    if per_lane > 0 {
        let lanes = bytes.chunks_exact(per_lane).rev();
        lanes.fold(0, |bits, lane| bits << 1 | u64::from(lane[0] & 1))
    } else {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word) & (u64::MAX >> (64 - n_lanes))
    }
}
