//! Waves: periods of fast adoption between stalls, by change-point detection (MODEL §10).

use std::ops::Range;

/// A period of fast adoption.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wave {
    /// First tick.
    pub from: u32,
    /// First tick after.
    pub until: u32,
    /// How many adopt in it.
    pub adopters: u32,
    /// Adoptions per tick and government that had not adopted, 0 to 1.
    pub rate: f64,
}

/// Cost of a change point in units of ln(ticks).
const PENALTY: f64 = 3.0;
/// A stretch belongs to a wave from this share of the rate of its fastest stretch; the pace of a steady
/// spread does not fall below this share of itself.
const FAST: f64 = 0.5;
/// A wave carries at least this share of all who could adopt: a few who adopt at once are none.
const LEAST: f64 = 0.1;

/// Finds waves in a series of adoptions.
///
/// `new[t]` adopt in tick t, of `at_risk[t]` who had not adopted at its start. In a stretch of
/// constant rate p each of these adopts with probability p, so that the stretch has the log
/// likelihood `N ln p + (R − N) ln(1 − p)` with N adoptions out of R chances and p = N/R. The series
/// is cut where `−2 Σ log likelihood + 3 ln T` per cut is least, T being the number of ticks at risk;
/// the optimum is exact. A steady number m per tick is an ever higher rate among fewer and fewer, up
/// to 1 when the last adopt; two adjoining stretches to which one m, with the rate `m / at_risk[t]`
/// at tick t, is the cheaper account are therefore one, unless twice as many adopt per tick in one
/// as in the other.
///
/// A wave is a stretch that is faster than its neighbours, with the adjoining stretches of at least
/// half its rate, in which a tenth or more of the largest `at_risk` adopt; two that touch are one.
/// Where fewer adopt, the stretch counts with the faster of its neighbours. A series without a cut
/// has no wave.
///
/// With 200 governments and 100 ticks fewer than 5 % of series of constant rate show a wave, and the
/// ends of one whose rate moves from 0.5 % to 8 % per tick and back are found to within a tick in
/// more than 90 %.
///
/// Source: R. Killick, P. Fearnhead and I. Eckley, "Optimal detection of changepoints with a linear
/// computational cost", Journal of the American Statistical Association 107 (2012), for the search;
/// N. R. Zhang and D. O. Siegmund, "A modified Bayes information criterion", Biometrics 63 (2007), for
/// 3 ln T, without the term for the lengths of stretches that stands beside it there.
///
/// ```
/// use normwave_analysis::waves;
/// let (mut new, mut at_risk) = (vec![0; 40], vec![100; 40]);
/// for tick in 10..15 {
///     new[tick] = 10;
///     at_risk[tick] = 100 - 10 * (tick as u32 - 10);
/// }
/// at_risk[15..].fill(50);
/// let found = waves(&new, &at_risk);
/// assert_eq!((found.len(), found[0].from, found[0].until, found[0].adopters), (1, 10, 15, 50));
/// ```
#[must_use]
pub fn waves(new: &[u32], at_risk: &[u32]) -> Vec<Wave> {
    let blocks = blocks(new, at_risk);
    let mut stretches = segments(&blocks);
    join_steady(&mut stretches, penalty(&blocks), new, at_risk);
    let least = LEAST * f64::from(at_risk.iter().copied().max().unwrap_or(0));
    loop {
        let waves = fast_runs(&stretches);
        let few = waves.iter().find(|run| f64::from(Block::of(&stretches[(*run).clone()]).new) < least);
        let Some(few) = few else {
            let all = waves.into_iter().map(|run| Block::of(&stretches[run]));
            return all
                .map(|all| Wave { from: all.from, until: all.until, adopters: all.new, rate: all.rate() })
                .collect();
        };
        let (mut from, mut until) = (few.start, few.end);
        let before = from.checked_sub(1).map(|i| stretches[i].rate());
        let after = stretches.get(until).map(|next| next.rate());
        if before > after {
            from -= 1;
        } else if after.is_some() {
            until += 1;
        }
        let joined = Block::of(&stretches[from..until]);
        stretches.splice(from..until, [joined]);
    }
}

// The fastest stretches, each with those beside it that are fast, too.
fn fast_runs(stretches: &[Block]) -> Vec<Range<usize>> {
    let n = stretches.len();
    let rate = |i: usize| stretches[i].rate();
    let faster = |i: usize, j: Option<usize>| j.is_none_or(|j| j >= n || rate(i) > rate(j));
    let mut peaks: Vec<usize> =
        (0..n).filter(|&i| n > 1 && faster(i, i.checked_sub(1)) && faster(i, Some(i + 1))).collect();
    peaks.sort_by(|&a, &b| rate(b).total_cmp(&rate(a)).then(a.cmp(&b)));
    // The wave to which each stretch belongs, by the stretch of its peak.
    let mut wave: Vec<Option<usize>> = vec![None; n];
    for peak in peaks {
        if wave[peak].is_some() {
            continue;
        }
        let joins = |i: &usize| rate(*i) >= FAST * rate(peak);
        let first = (0..peak).rev().take_while(|i| joins(i) && wave[*i].is_none()).last().unwrap_or(peak);
        let last = (peak + 1..n).take_while(|i| joins(i) && wave[*i].is_none()).last().unwrap_or(peak);
        let before = first.checked_sub(1).and_then(|i| wave[i]);
        let after = wave.get(last + 1).copied().flatten();
        let name = before.or(after).unwrap_or(peak);
        wave[first..=last].fill(Some(name));
        if let (Some(_), Some(other)) = (before, after) {
            wave.iter_mut().filter(|own| **own == Some(other)).for_each(|own| *own = Some(name));
        }
    }
    let named: Vec<(usize, Option<usize>)> = wave.into_iter().enumerate().collect();
    let runs = named.chunk_by(|a, b| a.1 == b.1).filter(|run| run[0].1.is_some());
    runs.map(|run| run[0].0..run[0].0 + run.len()).collect()
}

// Joins adjoining stretches of one steady pace, those first for which it tells most.
fn join_steady(stretches: &mut Vec<Block>, penalty: f64, new: &[u32], at_risk: &[u32]) {
    let mut cost: Vec<f64> = stretches.iter().map(|stretch| stretch.cost()).collect();
    loop {
        let alike = |i: &usize| {
            let (before, after) = (stretches[i - 1].pace(), stretches[*i].pace());
            before.min(after) >= FAST * before.max(after)
        };
        let joins = (1..stretches.len()).filter(alike).map(|i| {
            let joined = stretches[i - 1].joined(stretches[i]);
            let steady = -2.0 * steady_log_likelihood(joined, new, at_risk);
            (steady - (cost[i - 1] + cost[i] + penalty), i, joined, steady)
        });
        match joins.min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((gain, i, joined, steady)) if gain <= 0.0 => {
                stretches.splice(i - 1..=i, [joined]);
                cost.splice(i - 1..=i, [steady]);
            }
            _ => return,
        }
    }
}

// m -> pace. The rate stays below 1 so that a last tick in which one stays behind is possible.
fn steady_log_likelihood(stretch: Block, new: &[u32], at_risk: &[u32]) -> f64 {
    let pace = stretch.pace();
    let ticks = stretch.from as usize..stretch.until as usize;
    let of_tick = |(&new, &at_risk): (&u32, &u32)| {
        let (n, r) = (f64::from(new), f64::from(at_risk.max(new)));
        if r > 0.0 { log_likelihood_at((pace / r).min(r / (r + 1.0)), n, r) } else { 0.0 }
    };
    new[ticks.clone()].iter().zip(&at_risk[ticks]).map(of_tick).sum()
}

// Ticks in a row, with adoptions out of chances.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    from: u32,
    until: u32,
    new: u32,
    chances: u64,
    n_ticks: u32,
}

impl Block {
    fn of(blocks: &[Block]) -> Block {
        blocks.iter().copied().reduce(Block::joined).unwrap_or_default()
    }

    fn joined(self, next: Block) -> Block {
        Block {
            from: self.from,
            until: next.until,
            new: self.new + next.new,
            chances: self.chances + next.chances,
            n_ticks: self.n_ticks + next.n_ticks,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts")]
    fn rate(self) -> f64 {
        if self.chances == 0 { 0.0 } else { f64::from(self.new) / self.chances as f64 }
    }

    fn pace(self) -> f64 {
        f64::from(self.new) / f64::from(self.n_ticks.max(1))
    }

    #[expect(clippy::cast_precision_loss, reason = "counts")]
    fn cost(self) -> f64 {
        -2.0 * log_likelihood(f64::from(self.new), self.chances as f64)
    }
}

// Ticks without adoption in a row are one block: the likelihood is convex in where a cut falls among
// them, so that it is best at one of their ends. Ticks at which nobody is left are left out.
fn blocks(new: &[u32], at_risk: &[u32]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (tick, (&new, &at_risk)) in (0u32..).zip(new.iter().zip(at_risk)) {
        let chances = u64::from(at_risk.max(new));
        if chances == 0 {
            continue;
        }
        let next = Block { from: tick, until: tick + 1, new, chances, n_ticks: 1 };
        match blocks.last_mut() {
            Some(last) if last.new == 0 && new == 0 => *last = last.joined(next),
            _ => blocks.push(next),
        }
    }
    blocks
}

// The best cut into stretches of constant rate.
//
// F(t) -> best[t], the least cost of the blocks before t; C(s, t) -> cost(s, t).
#[expect(clippy::cast_precision_loss, reason = "counts")]
fn segments(blocks: &[Block]) -> Vec<Block> {
    let n = blocks.len();
    let (mut new, mut chances) = (vec![0u64; n + 1], vec![0u64; n + 1]);
    for (i, block) in blocks.iter().enumerate() {
        new[i + 1] = new[i] + u64::from(block.new);
        chances[i + 1] = chances[i] + block.chances;
    }
    let cost = |s: usize, t: usize| {
        -2.0 * log_likelihood((new[t] - new[s]) as f64, (chances[t] - chances[s]) as f64)
    };
    let penalty = penalty(blocks);
    let mut best = vec![-penalty; n + 1];
    let mut from = vec![0; n + 1];
    // Starts that can still be the last cut of a later optimum.
    let mut open: Vec<usize> = Vec::new();
    for t in 1..=n {
        open.push(t - 1);
        let (least, start) = open
            .iter()
            .map(|&s| (best[s] + cost(s, t) + penalty, s))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap_or((0.0, 0));
        best[t] = least;
        from[t] = start;
        open.retain(|&s| best[s] + cost(s, t) <= least + 1e-9);
    }
    let mut stretches = Vec::new();
    let mut end = n;
    while end > 0 {
        let start = from[end];
        stretches.extend(blocks[start..end].iter().copied().reduce(Block::joined));
        end = start;
    }
    stretches.reverse();
    stretches
}

// What a cut costs.
fn penalty(blocks: &[Block]) -> f64 {
    let n_ticks: u32 = blocks.iter().map(|block| block.n_ticks).sum();
    PENALTY * f64::from(n_ticks.max(1)).ln()
}

fn log_likelihood(n: f64, r: f64) -> f64 {
    if r > 0.0 { log_likelihood_at(n / r, n, r) } else { 0.0 }
}

// Of n adoptions out of r chances, each with probability p.
fn log_likelihood_at(p: f64, n: f64, r: f64) -> f64 {
    let x_ln = |x: f64, p: f64| if x > 0.0 { x * p.ln() } else { 0.0 };
    x_ln(n, p) + x_ln(r - n, 1.0 - p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::wilson;
    use crate::support::lot;

    // 200 governments of whom each adopts in tick t with probability `rate(t)`.
    fn simulated(seed: u64, n_ticks: u32, rate: impl Fn(u32) -> f64) -> (Vec<u32>, Vec<u32>) {
        let (mut new, mut at_risk, mut left) = (Vec::new(), Vec::new(), 200_u32);
        for tick in 0..n_ticks {
            let adopts = (0..left as usize).filter(|&i| lot(seed, tick, i) < rate(tick)).count();
            at_risk.push(left);
            left -= u32::try_from(adopts).unwrap();
            new.push(at_risk[tick as usize] - left);
        }
        (new, at_risk)
    }

    // All cuts, literally, for a few ticks.
    fn least_cost(new: &[u32], at_risk: &[u32]) -> f64 {
        let n = new.len();
        let penalty = PENALTY * f64::from(u32::try_from(n).unwrap()).ln();
        let cost = |from: usize, until: usize| {
            let sum = |of: &[u32]| f64::from(of[from..until].iter().sum::<u32>());
            -2.0 * log_likelihood(sum(new), sum(at_risk))
        };
        let all = (0..1_u32 << (n - 1)).map(|cuts| {
            let edges = (1..n).filter(|i| cuts >> (i - 1) & 1 == 1);
            let edges: Vec<usize> = std::iter::once(0).chain(edges).chain([n]).collect();
            edges.windows(2).map(|pair| cost(pair[0], pair[1]) + penalty).sum::<f64>() - penalty
        });
        all.fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn no_other_cut_costs_less() {
        for seed in 0..40 {
            let (new, at_risk) = simulated(seed, 11, |tick| if (4..7).contains(&tick) { 0.2 } else { 0.01 });
            let found = segments(&blocks(&new, &at_risk));
            let cost: f64 = found.iter().map(|block| block.cost()).sum::<f64>()
                + PENALTY * 11_f64.ln() * (found.len() as f64 - 1.0);
            assert!((cost - least_cost(&new, &at_risk)).abs() < 1e-6, "{seed}");
        }
    }

    #[test]
    fn the_ends_of_a_wave_are_found_to_within_a_tick() {
        let found = |seed| {
            let (new, at_risk) =
                simulated(seed, 100, |tick| if (40..60).contains(&tick) { 0.08 } else { 0.005 });
            match waves(&new, &at_risk)[..] {
                [wave] => [wave.from.abs_diff(40), wave.until.abs_diff(60)],
                _ => [99; 2],
            }
        };
        let all: Vec<_> = (0..400).map(found).collect();
        for end in 0..2 {
            let near = all.iter().filter(|ends| ends[end] <= 1).count() as f64;
            assert!(wilson(near / 400.0, 400.0).1 >= 0.9 && near >= 360.0, "end {end}: {near} of 400");
        }
    }

    #[test]
    fn two_waves_are_told_apart_by_the_stall_between_them() {
        let two = |seed| {
            let rate = |tick| if (20..30).contains(&tick) || (60..70).contains(&tick) { 0.07 } else { 0.002 };
            let (new, at_risk) = simulated(seed, 100, rate);
            waves(&new, &at_risk).len() == 2
        };
        assert!((0..200).filter(|&seed| two(seed)).count() >= 180);
    }

    #[test]
    fn a_constant_rate_shows_no_wave_in_nineteen_runs_of_twenty() {
        for rate in [0.002, 0.01, 0.03, 0.1] {
            let alarm = |seed: &u64| {
                let (new, at_risk) = simulated(*seed, 100, |_| rate);
                !waves(&new, &at_risk).is_empty()
            };
            let alarms = (1000..1600).filter(alarm).count() as f64;
            assert!(wilson(alarms / 600.0, 600.0).0 <= 0.05 && alarms <= 30.0, "{rate}: {alarms} of 600");
        }
    }

    #[test]
    fn a_slow_wave_before_a_fast_one_is_a_wave() {
        // 1 % per tick, and then 20 % of those who are left.
        let fast = [36, 29, 23, 18, 15, 12, 9, 8, 6, 5];
        let new: Vec<u32> = [[0; 10], [2; 10], [0; 10], fast, [0; 10]].concat();
        let at_risk: Vec<u32> = (0..50).map(|tick| 200 - new[..tick].iter().sum::<u32>()).collect();
        let found: Vec<_> = waves(&new, &at_risk).iter().map(|wave| (wave.from, wave.until)).collect();
        assert_eq!(found, [(10, 20), (30, 40)]);
    }

    #[test]
    fn a_wave_that_dies_down_is_one_wave() {
        let new: Vec<u32> = [vec![0; 20], vec![20; 3], vec![14; 3], vec![0; 20]].concat();
        let at_risk: Vec<u32> = (0..46).map(|tick| 300 - new[..tick].iter().sum::<u32>()).collect();
        let found: Vec<_> = waves(&new, &at_risk).iter().map(|wave| (wave.from, wave.until)).collect();
        assert_eq!(found, [(20, 26)]);
    }

    // A first wave of fifty of a hundred, a stall of fifteen ticks, and what comes then.
    fn after_a_first_wave(last: &[u32]) -> Vec<(u32, u32, u32)> {
        let all = 50 + last.iter().sum::<u32>();
        let new: Vec<u32> = [&[0; 10][..], &[10; 5], &[0; 15], last, &[0; 5]].concat();
        let at_risk: Vec<u32> = (0..new.len()).map(|tick| all - new[..tick].iter().sum::<u32>()).collect();
        waves(&new, &at_risk).iter().map(|wave| (wave.from, wave.until, wave.adopters)).collect()
    }

    #[test]
    fn a_last_wave_that_takes_everybody_left_is_found_from_its_start() {
        for per_tick in [2, 5, 10, 25, 50] {
            let last = vec![per_tick; 50 / per_tick as usize];
            let until = 30 + 50 / per_tick;
            assert_eq!(after_a_first_wave(&last), [(10, 15, 50), (30, until, 50)], "{per_tick} a tick");
        }
    }

    #[test]
    fn the_few_of_the_last_tick_do_not_hide_the_wave_before_them() {
        // A fourth of those left per tick, and then the last nine of 95 at once.
        let last = [10, 8, 6, 5, 4, 3, 9];
        assert_eq!(after_a_first_wave(&last), [(10, 15, 50), (30, 37, 45)]);
    }

    #[test]
    fn a_drawn_steady_pace_to_the_end_is_one_wave_from_its_start() {
        for pace in [2.0, 4.0, 8.0] {
            let found = |seed| {
                let (new, at_risk) = paced(seed, 20, pace);
                matches!(waves(&new, &at_risk)[..], [wave] if wave.from <= 21 && wave.adopters > 190)
            };
            let all = (0..200).filter(|&seed| found(seed)).count();
            assert!(all >= 180, "{pace}: {all} of 200");
        }
    }

    #[test]
    fn a_drawn_steady_pace_without_a_stall_is_no_wave() {
        for pace in [2.0, 4.0, 8.0] {
            let none = |seed| {
                let (new, at_risk) = paced(seed, 0, pace);
                waves(&new, &at_risk).is_empty()
            };
            let all = (0..200).filter(|&seed| none(seed)).count();
            assert!(all >= 180, "{pace}: {all} of 200");
        }
    }

    // 200 governments of whom about `pace` adopt per tick from `start` on, until nobody is left.
    fn paced(seed: u64, start: u32, pace: f64) -> (Vec<u32>, Vec<u32>) {
        let (mut new, mut at_risk, mut left) = (Vec::new(), Vec::new(), 200_u32);
        for tick in 0..start + (400.0 / pace) as u32 {
            let rate = if tick < start { 0.0 } else { pace / f64::from(left.max(1)) };
            let adopts = (0..left as usize).filter(|&i| lot(seed, tick, i) < rate).count();
            at_risk.push(left);
            new.push(u32::try_from(adopts).unwrap());
            left -= new[tick as usize];
        }
        (new, at_risk)
    }

    #[test]
    fn a_pace_that_doubles_before_the_end_is_a_wave() {
        // Three of eight in seven ticks, and then the five others in three.
        let at_risk = [8, 7, 6, 6, 6, 6, 6, 5, 3, 2];
        let found = waves(&[1, 1, 0, 0, 0, 0, 1, 2, 1, 2], &at_risk);
        assert!(matches!(found[..], [wave] if (wave.from, wave.until) == (7, 10)), "{found:?}");
    }

    #[test]
    fn a_stall_before_a_fast_last_wave_is_no_part_of_it() {
        for stall in [0.005, 0.01, 0.02, 0.03] {
            let found = |seed| {
                let rate = |tick| match tick {
                    10..14 => 0.2,
                    25.. => 0.3,
                    _ => stall,
                };
                let (new, at_risk) = simulated(seed, 60, rate);
                matches!(waves(&new, &at_risk)[..], [_, last] if last.from.abs_diff(25) <= 1)
            };
            let all = (0..200).filter(|&seed| found(seed)).count();
            assert!(all >= 190, "{stall}: {all} of 200");
        }
    }

    #[test]
    fn the_last_of_a_steady_spread_are_no_wave() {
        // Four a tick until nobody is left: the rate among those left goes up to 1.
        let at_risk: Vec<u32> = (0..15).map(|tick| 60 - 4 * tick).collect();
        assert!(waves(&[4; 15], &at_risk).is_empty());
    }

    #[test]
    fn nothing_and_everything_at_once_are_no_waves() {
        assert!(waves(&[], &[]).is_empty());
        assert!(waves(&[0; 9], &[5; 9]).is_empty());
        assert!(waves(&[5, 0, 0], &[5, 0, 0]).is_empty());
    }
}
