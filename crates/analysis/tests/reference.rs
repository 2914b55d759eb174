//! Descriptives of the classic data of medical innovation and of survival, against figures of
//! netdiffuseR 1.25.0 and of R's survival (`../shared/reference/README.md`, §7 and §8), and against our
//! own independent computation with numpy and scipy. Skipped where the data are not there.

use normwave_analysis::describe::{
    Diffusion, Discount, Exposures, Infecting, Lag, Onset, Population, Summary, ThresholdCategory, Weights,
    categories, fit_bass, hazards, infection, kaplan_meier, moran, susceptibility, threshold_categories,
    thresholds,
};
use normwave_network_model::measure::Strengths;
use normwave_network_model::{
    Actor, ActorId, ActorKind, LayerId, LayerSource, Network, Spell, TieSpell, parse_date,
};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

#[expect(clippy::print_stderr, reason = "a test that is skipped says why")]
fn classic(name: &str) -> Option<Vec<Vec<String>>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let path = root.join("shared/data/classic").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: there is no ../shared/data/classic/{name}");
        return None;
    };
    let cells = |line: &str| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect();
    Some(text.lines().skip(1).map(cells).collect())
}

// 125 doctors, their month of adoption (18: not within the window, taken as an adoption as there), city,
// and whom they name: a tie from the one who is named.
struct Doctors {
    diffusion: Diffusion,
    cities: Vec<u32>,
    network: Network,
    weights: Arc<Weights>,
}

fn doctors() -> Option<Doctors> {
    let nodes = classic("medInnovationsDiffNet_nodes.csv")?;
    let edges = classic("medInnovationsDiffNet_edges.csv")?;
    let mut network = Network::default();
    let ids: HashMap<&str, ActorId> = nodes
        .iter()
        .map(|row| (row[0].as_str(), network.add_actor(Actor::new(&row[0], ActorKind::Government)).unwrap()))
        .collect();
    let ties = edges.iter().map(|row| {
        let (from, to) = (ids[row[1].as_str()], ids[row[0].as_str()]);
        TieSpell { from, to, strength: row[2].parse().unwrap(), spell: Spell::ALWAYS }
    });
    let layer = network.add_layer("names", LayerSource::Stored(ties.collect())).unwrap();
    let months = nodes.iter().map(|row| Onset::At(row[1].parse::<u32>().unwrap() - 1)).collect();
    let diffusion = Diffusion::of_onsets(months, 18);
    let view = network.at(parse_date("1955").unwrap()).unwrap();
    let weights = Weights::cohesion(&view, layer, &diffusion.population, Strengths::Ignored);
    let cities = nodes.iter().map(|row| row[2].parse().unwrap()).collect();
    let weights = Arc::new(weights);
    Some(Doctors { diffusion, cities, weights, network })
}

// The same in all 18 months.
fn throughout(weights: &Arc<Weights>) -> Vec<Arc<Weights>> {
    (0..18).map(|_| Arc::clone(weights)).collect()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() < tolerance, "{found}, not {expected}");
}

// The package counts those without a tie as 0.
fn mean_with_zeros(values: &[Option<f64>]) -> f64 {
    values.iter().map(|value| value.unwrap_or(0.0)).sum::<f64>() / values.len() as f64
}

#[test]
fn exposure_and_thresholds_of_the_doctors_are_those_of_netdiffuser() {
    let Some(Doctors { diffusion, weights, .. }) = doctors() else { return };
    let exposures = Exposures::new(&throughout(&weights), &diffusion);
    let months = [0.067_866_666_7, 0.149_066_666_7, 0.266_666_666_7, 0.3596, 0.459_466_666_7];
    for (tick, expected) in (0..).zip(months) {
        close(mean_with_zeros(exposures.at(tick, Lag::None).unwrap()), expected, 1e-9);
    }
    close(mean_with_zeros(exposures.at(17, Lag::None).unwrap()), 0.912, 1e-9);
    close(mean_with_zeros(exposures.at(17, Lag::One).unwrap()), 0.840_133_333_3, 1e-9);
    let found = thresholds(&diffusion, &exposures, Lag::None);
    close(mean_with_zeros(&found), 0.566, 1e-9);
    // Of the 35 zeros eleven are of doctors who name nobody.
    let known: Vec<f64> = found.iter().copied().flatten().collect();
    assert_eq!(found.len() - known.len(), 11);
    assert_eq!(known.iter().filter(|threshold| **threshold <= 0.0).count(), 35 - 11);
    assert_eq!(known.iter().filter(|threshold| **threshold >= 1.0).count(), 50);
}

// netdiffuseR's figures for `alt.graph = "se"` differ: that of the first month, .1088423976, comes out with
// weights 1 / SE_ij, by which those who are least alike weigh most. Here they weigh least.
#[test]
fn exposure_by_structural_equivalence_within_cities_is_that_of_numpy() {
    let Some(Doctors { diffusion, cities, network, .. }) = doctors() else { return };
    let mut sums = [0.0; 4];
    for city in 1..=4 {
        // The city alone: others do not take part.
        let members: Vec<usize> = (0..125).filter(|&place| cities[place] == city).collect();
        let mut own = Network::default();
        for &place in &members {
            let id = &network.actors()[place].id;
            own.add_actor(Actor::new(id, ActorKind::Government)).unwrap();
        }
        let view = network.at(parse_date("1955").unwrap()).unwrap();
        let inside = |actor: ActorId| own.actor_id(&network.actor(actor).id).ok();
        let ties = view.ties(LayerId(0)).iter().filter_map(|tie| {
            Some(TieSpell {
                from: inside(tie.from)?,
                to: inside(tie.to)?,
                strength: 1.0,
                spell: Spell::ALWAYS,
            })
        });
        let ties = LayerSource::Stored(ties.collect());
        own.add_layer("names", ties).unwrap();
        let view = own.at(parse_date("1955").unwrap()).unwrap();
        let everybody = Population::new((0..members.len() as u32).map(ActorId).collect());
        let weights = Weights::equivalence(&view, LayerId(0), &everybody);
        let onsets = members.iter().map(|&place| diffusion.onsets[place]).collect();
        let diffusion = Diffusion::of_onsets(onsets, 18);
        let exposures = Exposures::new(&throughout(&Arc::new(weights)), &diffusion);
        for (sum, tick) in sums.iter_mut().zip([0, 1, 2, 17]) {
            *sum +=
                exposures.at(tick, Lag::None).unwrap().iter().map(|value| value.unwrap_or(0.0)).sum::<f64>();
        }
    }
    let months = [0.083_334_025_8, 0.164_688_435_1, 0.242_223_274_3, 1.0];
    for (sum, expected) in sums.into_iter().zip(months) {
        close(sum / 125.0, expected, 1e-9);
    }
}

#[test]
fn hazards_and_counts_of_the_doctors_are_those_of_netdiffuser() {
    let Some(Doctors { diffusion, .. }) = doctors() else { return };
    let found = hazards(&diffusion);
    let cumulative: Vec<usize> = found.iter().map(|point| point.ever_adopted).collect();
    assert_eq!(cumulative, [11, 20, 29, 40, 51, 62, 75, 82, 86, 87, 92, 95, 98, 102, 106, 108, 109, 125]);
    let months = [0.078_947_368_4, 0.085_714_285_7, 0.114_583_333_3, 0.129_411_764_7, 0.148_648_648_6];
    for (point, expected) in found[1..].iter().zip(months) {
        close(point.hazard.unwrap(), expected, 1e-9);
    }
    close(found[17].hazard.unwrap(), 1.0, 1e-12);
}

#[test]
fn categories_of_the_doctors_have_the_sizes_that_numpy_counts() {
    let Some(Doctors { diffusion, weights, .. }) = doctors() else { return };
    let found = categories(&diffusion);
    let times = found.times.unwrap();
    close(times.mean + 1.0, 7.976, 1e-12);
    close(times.sd, 5.495_546_584_104_671, 1e-12);
    let count = |category: usize| found.of.iter().filter(|own| **own as usize == category).count();
    assert_eq!([1, 2, 3, 4].map(count), [20, 55, 23, 27]);
    // With those who name nobody at 0, as in the package.
    let exposures = Exposures::new(&throughout(&weights), &diffusion);
    let with_zeros = thresholds(&diffusion, &exposures, Lag::None);
    let with_zeros: Vec<Option<f64>> = with_zeros.iter().map(|value| value.or(Some(0.0))).collect();
    let found = threshold_categories(&with_zeros);
    let count = |category| found.iter().filter(|own| **own == category).count();
    use ThresholdCategory::{High, Low, VeryHigh, VeryLow};
    assert_eq!([VeryLow, Low, High, VeryHigh].map(count), [35, 24, 16, 50]);
}

#[test]
fn infection_and_susceptibility_of_the_doctors_are_those_of_netdiffuser() {
    let Some(Doctors { diffusion, weights, .. }) = doctors() else { return };
    let weights = throughout(&weights);
    let means = |settings| {
        let both =
            [infection(&diffusion, &weights, settings), susceptibility(&diffusion, &weights, settings)];
        both.map(|values| mean_with_zeros(&values))
    };
    let with = |ticks, normalised| Infecting { ticks, normalised, discount: Discount::Linear };
    for (settings, [infects, susceptible]) in [
        (with(1, true), [0.007_789_500_6, 0.013_608_391_6]),
        (with(1, false), [0.079_974_603_2, 0.103_333_333_3]),
        // Our own computation.
        (with(3, true), [0.007_013_291_974, 0.008_309_838_531]),
        (with(3, false), [0.094_674_324_823, 0.124_845_569_126]),
    ] {
        let found = means(settings);
        close(found[0], infects, 1e-9);
        close(found[1], susceptible, 1e-9);
    }
}

#[test]
fn morans_i_of_the_doctors_is_that_of_netdiffuser() {
    let Some(Doctors { diffusion, weights, .. }) = doctors() else { return };
    // There, weights are 1 over the number of steps, up to six, of the one who names.
    let mut inverse = Vec::new();
    for ego in 0..125 {
        let mut steps = vec![usize::MAX; 125];
        steps[ego] = 0;
        let mut wave = vec![ego];
        for step in 1..=6 {
            let next: Vec<usize> =
                wave.iter().flat_map(|&near| weights.of(near).iter().map(|&(far, _)| far)).collect();
            wave = next.into_iter().filter(|&far| steps[far] == usize::MAX).collect();
            wave.iter().for_each(|&far| steps[far] = step);
        }
        let reached = (0..125).filter(|&far| far != ego && steps[far] != usize::MAX);
        inverse.extend(reached.map(|far| (far, ego, 1.0 / steps[far] as f64)));
    }
    let by_steps = Weights::new(125, inverse).in_shares();
    let at = |weights: &Weights, month: usize| {
        let values: Vec<f64> =
            diffusion.holds[month - 1].iter().map(|holds| f64::from(u8::from(*holds))).collect();
        moran(weights, &values).unwrap()
    };
    close(at(&by_steps, 1).i, 0.066_240_275_2, 1e-9);
    close(at(&by_steps, 1).variance_shuffled.sqrt(), 0.032_650_657_3, 1e-9);
    close(at(&by_steps, 5).i, -0.060_131_413_4, 1e-9);
    close(at(&by_steps, 15).i, 0.049_941_583_7, 1e-9);
    close(at(&by_steps, 1).expected, -1.0 / 124.0, 1e-12);
    // Our own computation, over direct ties.
    let direct = weights.in_shares();
    let found = at(&direct, 5);
    close(found.i, -0.177_587_998_215, 1e-9);
    close(found.variance.sqrt(), 0.072_932_123_900, 1e-9);
    close(found.variance_shuffled.sqrt(), 0.073_467_317_959, 1e-9);
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "counts of doctors")]
fn the_bass_fit_of_the_doctors_is_that_of_netdiffuser_and_of_scipy() {
    let Some(Doctors { diffusion, .. }) = doctors() else { return };
    let curve: Vec<f64> = hazards(&diffusion).iter().map(|point| point.ever_adopted as f64).collect();
    let shares: Vec<f64> = curve.iter().map(|n| n / 125.0).collect();
    let fit = fit_bass(&shares, Some(1.0)).unwrap();
    close(fit.p.value, 0.090_941_6, 1e-6);
    close(fit.q.value, 0.079_549_8, 1e-6);
    close(fit.rss, 0.018_156_49, 1e-8);
    // scipy 1.17.1, curve_fit: with m free, and of the 17 months before those left are counted in.
    for (n, estimates, errors) in [
        (18, [0.090_273_418, 0.090_956_562_4, 123.169_763], [0.009_260_69, 0.056_748_93, 7.870_094_46]),
        (17, [0.083_850_818_8, 0.189_535_51, 110.357_667], [0.006_772_7, 0.035_339_05, 2.405_445_89]),
    ] {
        let fit = fit_bass(&curve[..n], None).unwrap();
        for (found, (value, se)) in [fit.p, fit.q, fit.m].into_iter().zip(estimates.into_iter().zip(errors)) {
            close(found.value / value, 1.0, 1e-6);
            close(found.se.unwrap() / se, 1.0, 1e-5);
        }
    }
}

#[test]
fn kaplan_meier_of_lung_patients_is_that_of_r() {
    let Some(rows) = classic("lung.csv") else { return };
    let patients: Vec<(u32, bool)> =
        rows.iter().map(|row| (row[1].parse().unwrap(), row[2] == "2")).collect();
    let mut days: Vec<u32> = patients.iter().filter(|(_, died)| *died).map(|(day, _)| *day).collect();
    days.sort_unstable();
    days.dedup();
    let counts: Vec<(usize, usize)> = days
        .iter()
        .map(|&day| {
            let at_risk = patients.iter().filter(|(until, _)| *until >= day).count();
            (at_risk, patients.iter().filter(|patient| **patient == (day, true)).count())
        })
        .collect();
    let found = kaplan_meier(&counts);
    let at = |day: u32| found[days.partition_point(|own| *own <= day) - 1];
    close(1.0 - at(100).share, 0.863_968_967_6, 1e-9);
    close(1.0 - at(365).share, 0.409_241_624_5, 1e-9);
    close(1.0 - at(700).share, 0.142_391_505_7, 1e-9);
    let median = days.iter().find(|&&day| at(day).share >= 0.5);
    assert_eq!(median, Some(&310));
    // The interval on the scale of ln(−ln S), and the standard error: our own computation.
    close(at(365).se.unwrap(), 0.035_823_638_172, 1e-9);
    close(1.0 - at(365).high.unwrap(), 0.338_714_269_088, 1e-9);
    close(1.0 - at(365).low.unwrap(), 0.478_380_767_649, 1e-9);
}

#[test]
fn quantiles_are_those_that_r_gives() {
    // quantile(c(1, 2, 4, 8), c(.25, .5, .75)) is 1.75, 3, 5; the standard deviation 3.095696.
    let found = Summary::of(&[8.0, 1.0, 4.0, 2.0].map(Some)).unwrap();
    close(found.lower, 1.75, 1e-12);
    close(found.median, 3.0, 1e-12);
    close(found.upper, 5.0, 1e-12);
    close(found.sd, 3.095_695_936_834_452, 1e-12);
}
