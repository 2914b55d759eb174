//! The known traps of the field's standard data, each of which the packaged tables have passed.
//! The list is that of the reference page that came with the source tables (`FORMATS.md`, §4).

use normwave_network_model::{LayerSource, Network, NetworkView, parse_date};
use normwave_world::{ATTRIBUTES, Coverage, LAYERS, YEARS, add_states, affiliation, attribute, entry, layer};
use std::collections::BTreeMap;

fn with(layers: &[&str]) -> Network {
    let mut network = Network::default();
    add_states(&mut network).unwrap();
    for name in layers {
        let ties = layer(name, &network, YEARS).unwrap();
        network.add_layer(name, LayerSource::Stored(ties)).unwrap();
    }
    network
}

fn on<'a>(network: &'a Network, date: &str) -> NetworkView<'a> {
    network.at(parse_date(date).unwrap()).unwrap()
}

fn strength(network: &Network, name: &str, from: &str, to: &str, date: &str) -> f64 {
    let of = |id| network.actor_id(id).unwrap();
    on(network, date).strength(network.layer_id(name).unwrap(), of(from), of(to))
}

fn lives(network: &Network, id: &str, date: &str) -> bool {
    network.actor(network.actor_id(id).unwrap()).lives_on(parse_date(date).unwrap())
}

fn is_tied(network: &Network, name: &str, a: &str, b: &str, date: &str) -> bool {
    strength(network, name, a, b, date) > 0.0
}

#[test]
fn west_germany_and_germany_are_one_state_without_a_gap() {
    let network = with(&["defence", "land-contiguity", "trade-flow"]);
    for date in ["1980-01-01", "1990-10-02", "1990-10-03", "2016-12-31"] {
        assert!(lives(&network, "DEU", date), "{date}");
        assert!(is_tied(&network, "defence", "DEU", "USA", date), "{date}");
        assert!(is_tied(&network, "land-contiguity", "FRA", "DEU", date), "{date}");
    }
    assert!(lives(&network, "DDR", "1990-10-02") && !lives(&network, "DDR", "1990-10-03"));
    // East Germany's border with Poland becomes Germany's.
    assert!(!is_tied(&network, "land-contiguity", "DEU", "POL", "1989-07-01"));
    assert!(is_tied(&network, "land-contiguity", "DEU", "POL", "1991-07-01"));
    let flow = |partner, date| strength(&network, "trade-flow", "DEU", partner, date);
    assert!(flow("FRA", "1990-07-01") > 40_000.0 && flow("FRA", "1991-07-01") > 40_000.0);
}

#[test]
fn west_german_trade_before_1990_is_known_with_two_partners_only() {
    // A gap of the table from which it is derived; the catalogue and SOURCES.md say so.
    let network = with(&["trade-flow", "trade"]);
    let germany = network.actor_id("DEU").unwrap();
    let view = on(&network, "1985-07-01");
    let ties = view.ties_of("trade-flow").unwrap();
    let buyers = ties.iter().filter(|tie| tie.from == germany).map(|tie| network.actor(tie.to).id.as_str());
    assert_eq!(buyers.collect::<Vec<_>>(), ["BEL", "LUX"]);
    // So that nobody's share in it is known.
    assert!(view.ties_into(network.layer_id("trade").unwrap(), germany).is_empty());
    assert!(normwave_world::entry("trade-flow").unwrap().about.contains("West Germany"));
}

#[test]
fn the_pacts_of_the_western_union_do_not_keep_west_germany_alive() {
    // The source has nine rows a year of the number 260 from 1991 on.
    let network = with(&["defence"]);
    for year in [1992, 2000, 2010] {
        let view = on(&network, &format!("{year}-07-01"));
        let germanies = view.governments().filter(|&id| network.actor(id).name().contains("German")).count();
        assert_eq!(germanies, 1, "{year}");
        for ally in ["BEL", "FRA", "GBR", "GRC", "ITA", "LUX", "NLD", "PRT", "ESP"] {
            assert!(is_tied(&network, "defence", "DEU", ally, &format!("{year}-07-01")), "{ally} {year}");
        }
    }
}

#[test]
fn two_yemens_become_one_on_a_day() {
    let network = with(&["land-contiguity"]);
    for (id, last, next) in [("YAR", "1990-05-21", "1990-05-22"), ("YMD", "1990-05-21", "1990-05-22")] {
        assert!(lives(&network, id, last) && !lives(&network, id, next), "{id}");
    }
    assert!(!lives(&network, "YEM", "1990-05-21") && lives(&network, "YEM", "1990-05-22"));
    assert!(is_tied(&network, "land-contiguity", "YAR", "YMD", "1989-07-01"));
    assert!(is_tied(&network, "land-contiguity", "YEM", "OMN", "1991-07-01"));
    let before = network.actor(network.actor_id("YEM").unwrap()).predecessor;
    assert_eq!(before, Some(network.actor_id("YAR").unwrap()));
}

#[test]
fn serbia_follows_on_the_state_union_on_a_day() {
    let network = with(&["land-contiguity", "contiguity", "diplomatic", "un-agreement"]);
    assert!(lives(&network, "YUG", "2006-06-04") && !lives(&network, "SRB", "2006-06-04"));
    assert!(!lives(&network, "YUG", "2006-06-05") && lives(&network, "SRB", "2006-06-05"));
    let before = network.actor(network.actor_id("SRB").unwrap()).predecessor;
    assert_eq!(before, Some(network.actor_id("YUG").unwrap()));
    for name in ["land-contiguity", "diplomatic", "un-agreement"] {
        let with = |id, date| is_tied(&network, name, id, "MKD", date);
        assert!(with("YUG", "2006-03-01") && !with("SRB", "2006-03-01"), "{name}");
        assert!(!with("YUG", "2006-09-01") && with("SRB", "2006-09-01"), "{name}");
        assert!(with("SRB", "2012-07-01"), "{name}");
    }
    // The coast was Montenegro's.
    assert!(is_tied(&network, "contiguity", "ITA", "YUG", "2006-03-01"));
    assert!(!is_tied(&network, "contiguity", "ITA", "SRB", "2006-09-01"));
    let groups = affiliation("groups", &network, 2005..=2007).unwrap();
    let un = groups.organisations.iter().position(|name| name == "UN").unwrap();
    let since = |id: &str| {
        let actor = network.actor_id(id).unwrap();
        let held = groups.memberships.iter().find(|m| m.actor == actor && m.organisation as usize == un);
        held.map(|m| (m.spell.from.to_string(), m.spell.until.map(|date| date.to_string())))
    };
    assert_eq!(since("YUG"), Some(("2000-01-01".to_owned(), Some("2006-06-05".to_owned()))));
    assert_eq!(since("SRB"), Some(("2006-06-05".to_owned(), None)));
}

#[test]
fn czechoslovakia_ends_with_1992_and_both_heirs_begin_then() {
    let network = with(&["land-contiguity", "defence"]);
    assert!(lives(&network, "CSK", "1992-12-31") && !lives(&network, "CSK", "1993-01-01"));
    for id in ["CZE", "SVK"] {
        assert!(!lives(&network, id, "1992-12-31") && lives(&network, id, "1993-01-01"), "{id}");
        let before = network.actor(network.actor_id(id).unwrap()).predecessor;
        assert_eq!(before, Some(network.actor_id("CSK").unwrap()), "{id}");
    }
    assert!(is_tied(&network, "land-contiguity", "CSK", "HUN", "1992-07-01"));
    assert!(is_tied(&network, "land-contiguity", "SVK", "HUN", "1993-07-01"));
    assert!(!is_tied(&network, "land-contiguity", "CZE", "HUN", "1993-07-01"));
}

#[test]
fn later_births_are_on_the_days_of_the_state_system() {
    let network = with(&[]);
    for (id, first) in [
        ("NAM", "1990-03-21"),
        ("EST", "1991-09-06"),
        ("UKR", "1991-12-26"),
        ("HRV", "1992-01-15"),
        ("SVN", "1992-01-15"),
        ("BIH", "1992-04-07"),
        ("MKD", "1993-04-08"),
        ("ERI", "1993-05-24"),
        ("TLS", "2002-09-27"),
        ("MNE", "2006-06-12"),
        ("XKX", "2008-02-20"),
        ("SSD", "2011-07-09"),
    ] {
        let first = parse_date(first).unwrap();
        let actor = network.actor(network.actor_id(id).unwrap());
        assert!(actor.lives_on(first) && !actor.lives_on(first.yesterday().unwrap()), "{id}");
    }
    // Numbers of members of the system, as its list has them in the middle of the year.
    for (year, n) in
        [(1980, 156), (1989, 161), (1997, 187), (2001, 191), (2005, 192), (2010, 194), (2016, 195)]
    {
        assert_eq!(on(&network, &format!("{year}-07-01")).governments().count(), n, "{year}");
    }
    assert!(network.actor_id("SUN").is_err(), "the USSR and Russia are one state in this list");
}

#[test]
fn the_two_alliances_without_a_year_have_their_years() {
    // USA and Israel, entente 1981 to 1991; Israel and Egypt, nonaggression from 1979 on.
    let network = with(&["entente", "nonaggression"]);
    let entente = |date| is_tied(&network, "entente", "USA", "ISR", date);
    assert!(
        entente("1981-07-01") && entente("1991-07-01") && !entente("1980-07-01") && !entente("1992-07-01")
    );
    for date in ["1980-07-01", "1997-07-01", "2012-07-01"] {
        assert!(is_tied(&network, "nonaggression", "EGY", "ISR", date), "{date}");
    }
}

#[test]
fn obligations_have_a_direction_in_atop_only() {
    // The United States promise Japan defence and Japan owes none; the pact with Korea is mutual.
    let network = with(&["defence", "defence-atop", "defence-atop-directed"]);
    let owes = |from, to| is_tied(&network, "defence-atop-directed", from, to, "1997-07-01");
    assert!(owes("USA", "JPN") && !owes("JPN", "USA"));
    assert!(owes("USA", "KOR") && owes("KOR", "USA"));
    for name in ["defence", "defence-atop"] {
        assert!(is_tied(&network, name, "USA", "JPN", "1997-07-01"), "{name}");
        assert!(is_tied(&network, name, "JPN", "USA", "1997-07-01"), "{name}");
    }
}

#[test]
fn missing_codes_are_never_weights_or_values() {
    let mut network = with(&[]);
    for entry in LAYERS {
        let ties = layer(entry.name, &network, YEARS).unwrap();
        assert!(!ties.is_empty(), "{}", entry.name);
        for tie in &ties {
            assert!(
                tie.strength > 0.0 && tie.strength.is_finite() && tie.from != tie.to,
                "{}: {tie:?}",
                entry.name
            );
        }
        if entry.unit.contains("0 to 1") || entry.unit == "1" {
            assert!(ties.iter().all(|tie| tie.strength <= 1.0), "{}", entry.name);
        }
    }
    // Polity and ideal points, latitude and longitude can be below 0; nothing else can.
    for entry in ATTRIBUTES.iter().filter(|entry| !["polity2", "ideal", "lat", "lng"].contains(&entry.name)) {
        let values = attribute(entry.name, &network, YEARS).unwrap();
        *network.attribute_mut(entry.name) = values;
        for year in YEARS {
            let view = on(&network, &format!("{year}-07-01"));
            for state in view.governments() {
                let number = view.number(entry.name, state);
                assert!(number.is_none_or(|number| number >= 0.0), "{} {year}: {number:?}", entry.name);
            }
        }
    }
    *network.attribute_mut("polity2") = attribute("polity2", &network, YEARS).unwrap();
    let polity = on(&network, "1997-07-01").number("polity2", network.actor_id("SAU").unwrap());
    assert_eq!(polity, Some(-10.0));
}

#[test]
fn no_pair_is_tied_twice_on_a_day() {
    let network = with(&[]);
    for entry in LAYERS {
        let mut by_pair: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for tie in layer(entry.name, &network, YEARS).unwrap() {
            by_pair.entry((tie.from, tie.to)).or_default().push(tie.spell);
        }
        for (pair, mut spells) in by_pair.clone() {
            spells.sort();
            assert!(spells.windows(2).all(|two| !two[0].overlaps(&two[1])), "{}: {pair:?}", entry.name);
            if entry.mutual {
                let back = by_pair.get(&(pair.1, pair.0)).map(|back| {
                    let mut back = back.clone();
                    back.sort();
                    back
                });
                assert_eq!(back.as_deref(), Some(&spells[..]), "{}: {pair:?}", entry.name);
            }
        }
    }
}

#[test]
fn flows_go_from_the_exporter_to_the_importer() {
    // Flow 1 of the source is what the first imports from the second. Saudi Arabia sells to Japan
    // many times what it buys there; so does Japan to the United States in 1985.
    let network = with(&["trade-flow"]);
    let flow = |from, to, date| strength(&network, "trade-flow", from, to, date);
    assert!(flow("SAU", "JPN", "1997-07-01") > 2.0 * flow("JPN", "SAU", "1997-07-01"));
    assert!(flow("JPN", "USA", "1985-07-01") > 2.0 * flow("USA", "JPN", "1985-07-01"));
    assert!(flow("CHN", "USA", "2010-07-01") > 3.0 * flow("USA", "CHN", "2010-07-01"));
}

#[test]
fn a_share_is_in_the_trade_of_the_target() {
    // Most of Canada's trade is with the United States, and not the other way round.
    let network = with(&["trade"]);
    let share = |from, to| strength(&network, "trade", from, to, "1997-07-01");
    assert!(share("USA", "CAN") > 0.6 && share("CAN", "USA") < 0.3);
    let into_canada: f64 = on(&network, "1997-07-01")
        .ties_into(network.layer_id("trade").unwrap(), network.actor_id("CAN").unwrap())
        .iter()
        .map(|tie| tie.strength)
        .sum();
    assert!(into_canada <= 1.0 + 0.02, "{into_canada}");
}

#[test]
fn a_window_of_trade_is_not_used_before_it_is_over() {
    let network = with(&["trade"]);
    // The windows of 1988 and 1991, as they have been since the Ottawa case was fitted.
    for tie in layer("trade", &network, 1990..=1990).unwrap() {
        assert_eq!(tie.spell.from, parse_date("1990").unwrap());
        assert_eq!(tie.spell.until, Some(parse_date("1993").unwrap()));
    }
}

#[test]
fn a_rank_that_is_not_known_is_no_mission() {
    // In 1995 the source has 218 cells of rank 9, which says "other"; with them there would be
    // 7331 missions.
    let network = with(&["diplomatic"]);
    let view = on(&network, "1997-07-01");
    assert_eq!(view.n_ties(network.layer_id("diplomatic").unwrap()), 7113);
    // The United States and Cuba had interests sections.
    assert!(!is_tied(&network, "diplomatic", "USA", "CUB", "1997-07-01"));
    assert!(!is_tied(&network, "diplomatic", "CUB", "USA", "1997-07-01"));
}

#[test]
fn a_mission_goes_from_the_sender_to_the_host() {
    // More states send to Brussels than Belgium sends to.
    let network = with(&["diplomatic"]);
    let belgium = network.actor_id("BEL").unwrap();
    let view = on(&network, "1997-07-01");
    let ties = view.ties_of("diplomatic").unwrap();
    let hosted = ties.iter().filter(|tie| tie.to == belgium).count();
    let sent = ties.iter().filter(|tie| tie.from == belgium).count();
    assert_eq!(hosted, 158);
    assert!(sent < 120, "{sent}");
}

#[test]
fn organisations_that_changed_their_acronym_are_one_group() {
    let network = with(&[]);
    let groups = affiliation("groups", &network, YEARS).unwrap();
    let igo = affiliation("igo", &network, YEARS).unwrap();
    let holds =
        |affiliation: &normwave_network_model::Affiliation, organisation: &str, state: &str, date: &str| {
            let place = affiliation.organisations.iter().position(|name| name == organisation).unwrap();
            let actor = network.actor_id(state).unwrap();
            let date = parse_date(date).unwrap();
            affiliation
                .memberships
                .iter()
                .any(|m| m.organisation as usize == place && m.actor == actor && m.spell.contains(date))
        };
    for date in ["1985-07-01", "1992-12-31", "1993-01-01", "2016-12-31"] {
        assert!(holds(&groups, "EU", "FRA", date), "{date}");
    }
    for date in ["1990-07-01", "2001-07-01", "2002-07-01", "2013-07-01"] {
        assert!(holds(&groups, "OAU_AU", "GHA", date), "{date}");
    }
    // In the list of organisations they are two each.
    assert!(holds(&igo, "eec", "FRA", "1992-07-01") && !holds(&igo, "eec", "FRA", "1994-07-01"));
    assert!(holds(&igo, "eu", "FRA", "1994-07-01") && !holds(&igo, "eu", "FRA", "1992-07-01"));
    assert_eq!(groups.organisations.len(), 23);
}

#[test]
fn observers_and_associates_are_no_members() {
    let network = with(&[]);
    let groups = affiliation("groups", &network, 1990..=2000).unwrap();
    let un = groups.organisations.iter().position(|name| name == "UN").unwrap();
    let swiss = network.actor_id("CHE").unwrap();
    assert!(!groups.memberships.iter().any(|m| m.organisation as usize == un && m.actor == swiss));
}

#[test]
fn what_a_source_last_observed_holds_on() {
    // Alliances of COW end in 2012, trade in 2014: pacts do not dissolve on the next day.
    let network = with(&["defence", "trade-flow"]);
    for (name, last) in [("defence", "2012-07-01"), ("trade-flow", "2014-07-01")] {
        let id = network.layer_id(name).unwrap();
        assert_eq!(on(&network, last).n_ties(id), on(&network, "2016-07-01").n_ties(id), "{name}");
        assert_eq!(entry(name).unwrap().observed.1.to_string(), last[..4]);
    }
}

#[test]
fn only_the_years_that_are_asked_for_come() {
    let network = with(&[]);
    let all = layer("un-agreement", &network, YEARS).unwrap().len();
    let decade = layer("un-agreement", &network, 1990..=2000).unwrap();
    assert!(decade.len() * 3 < all, "{} of {all}", decade.len());
    let until = parse_date("2001").unwrap();
    assert!(
        decade.iter().all(|tie| tie.spell.from < until && tie.spell.until.is_some_and(|end| end <= until))
    );
    // Beyond the last year, what holds on.
    assert_eq!(
        layer("trade-flow", &network, 2030..=2030).unwrap().len(),
        layer("trade-flow", &network, 2014..=2014).unwrap().len()
    );
    assert!(layer("trade-flow", &network, 1960..=1979).unwrap().is_empty());
}

#[test]
fn a_value_of_another_year_is_counted_as_missing() {
    // Freedom House has nothing for 1981; Yugoslavia had no vote in the UN from 1993 to 1999.
    let freedom = Coverage::of(entry("freedom").unwrap()).unwrap();
    let of_1981 = freedom.years[1];
    assert_eq!((of_1981.year, of_1981.n_covered), (1981, 0));
    assert_eq!(freedom.missing["NOR"], [1981]);
    let ideal = Coverage::of(entry("ideal").unwrap()).unwrap();
    assert_eq!(ideal.missing["YUG"], [1993, 1994, 1995, 1996, 1997, 1998, 1999]);
    assert!(!ideal.missing.contains_key("NOR"));
    let mut network = with(&[]);
    *network.attribute_mut("freedom") = attribute("freedom", &network, YEARS).unwrap();
    let norway = network.actor_id("NOR").unwrap();
    assert_eq!(
        on(&network, "1981-07-01").number("freedom", norway),
        on(&network, "1980-07-01").number("freedom", norway)
    );
}

#[test]
fn what_happens_in_a_year_is_over_with_it() {
    let mut network = with(&[]);
    *network.attribute_mut("leader_change") = attribute("leader_change", &network, YEARS).unwrap();
    let britain = network.actor_id("GBR").unwrap();
    let changed = |date: &str| on(&network, date).number("leader_change", britain);
    assert_eq!(
        [changed("1996-07-01"), changed("1997-07-01"), changed("1998-07-01")],
        [Some(0.0), Some(1.0), Some(0.0)]
    );
    // Archigos ends in 2015.
    assert_eq!(changed("2016-07-01"), None);
}

#[test]
fn capitals_move_on_their_days() {
    let network = with(&[]);
    for (id, before, date, after) in [
        ("NGA", "Lagos", "1991-12-12", "Abuja"),
        ("CIV", "Abidjan", "1983-03-21", "Yamoussoukro"),
        ("KAZ", "Almaty", "1998-05-06", "Astana"),
        ("MMR", "Rangoon", "2005-11-06", "Naypyidaw"),
        ("DEU", "Bonn", "1990-10-03", "Berlin"),
    ] {
        let state = network.actor_id(id).unwrap();
        let date = parse_date(date).unwrap();
        let capital = |date| network.value("capital", state, date).unwrap().category().unwrap().to_owned();
        assert_eq!(
            (capital(date.yesterday().unwrap()), capital(date)),
            (before.to_owned(), after.to_owned()),
            "{id}"
        );
        let place =
            |date| (network.value("lat", state, date).cloned(), network.value("lng", state, date).cloned());
        assert_ne!(place(date.yesterday().unwrap()), place(date), "{id}");
    }
}

#[test]
fn every_state_has_a_place_and_a_region() {
    let network = with(&[]);
    for (no, actor) in (0..).zip(network.actors()) {
        let id = normwave_network_model::ActorId(no);
        for name in ["capital", "region", "subregion", "lat", "lng"] {
            let value = network.value(name, id, actor.lives[0].from);
            assert!(value.is_some(), "{name} of {}", actor.id);
        }
    }
}

#[test]
fn colonial_rulers_reach_those_whom_they_ruled() {
    let network = with(&["colonial-ruler", "colonial-tie", "common-coloniser"]);
    let date = "1997-07-01";
    assert!(
        is_tied(&network, "colonial-ruler", "GBR", "IND", date)
            && !is_tied(&network, "colonial-ruler", "IND", "GBR", date)
    );
    assert!(
        is_tied(&network, "colonial-ruler", "FRA", "SEN", date)
            && is_tied(&network, "colonial-ruler", "PRT", "AGO", date)
    );
    assert!(
        is_tied(&network, "colonial-tie", "IND", "GBR", date)
            && is_tied(&network, "colonial-tie", "GBR", "IND", date)
    );
    assert!(is_tied(&network, "common-coloniser", "GHA", "KEN", date));
}

#[test]
fn candidates_are_candidates_from_application_to_accession() {
    let mut network = with(&[]);
    *network.attribute_mut("candidate-EU") = attribute("candidate-EU", &network, YEARS).unwrap();
    let poland = network.actor_id("POL").unwrap();
    let candidate = |date: &str| on(&network, date).number("candidate-EU", poland);
    assert_eq!(
        [candidate("1994-04-04"), candidate("1994-04-05"), candidate("2004-04-30"), candidate("2004-05-01")],
        [None, Some(1.0), Some(1.0), None]
    );
}

#[test]
fn what_states_did_about_mines_is_known_of_states() {
    let network = with(&[]);
    let facts = normwave_world::mine_ban_facts().unwrap();
    let mut outside: Vec<&str> =
        facts.iter().map(|fact| fact.state.as_str()).filter(|id| network.actor_id(id).is_err()).collect();
    outside.sort_unstable();
    outside.dedup();
    // Four that are in no list of the Correlates of War.
    assert_eq!(outside, ["COK", "NIU", "PSE", "VAT"]);
    let end_of_1997 = parse_date("1998").unwrap();
    assert_eq!(facts.iter().filter(|fact| fact.event == "signature" && fact.date < end_of_1997).count(), 123);
    let folds = normwave_world::folds();
    let view = on(&network, "1997-12-03");
    for state in view.governments() {
        let id = &network.actor(state).id;
        assert_eq!(folds.iter().filter(|(known, _)| known == id).count(), 1, "{id}");
    }
    let sizes: Vec<usize> = (0..10).map(|fold| folds.iter().filter(|(_, f)| *f == fold).count()).collect();
    assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 2, "{sizes:?}");
}

#[test]
fn what_the_world_does_not_have_is_said_with_what_it_has() {
    let refused = layer("defense", &with(&[]), YEARS).unwrap_err().to_string();
    assert!(
        refused.starts_with("the packaged world has no layer `defense`; did you mean `defence`?"),
        "{refused}"
    );
    assert!(refused.ends_with("trade-flow, un-agreement, us-contiguity"), "{refused}");
}
