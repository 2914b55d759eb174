//! The importers against real data: assembled tables are turned back into the standard headers, read,
//! and compared with reference figures that were computed independently. Without `../shared` beside the
//! project, nothing is compared.

#![allow(clippy::print_stdout, reason = "tests against real data say what they compared")]

use flate2::read::GzDecoder;
use normwave_import::{Imported, Registry, Rows, Settings, Table, TieRow};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

// The rows of an assembled table, if the folder is there.
struct Source {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Source {
    fn read(file: &str) -> Option<Self> {
        // Another place than beside the project can be named.
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
        let folder = std::env::var_os("NORMWAVE_SHARED").map_or_else(beside, PathBuf::from);
        let Ok(mut opened) = File::open(folder.join("data").join(file)) else {
            println!("skipped: ../shared/data/{file} is not there");
            return None;
        };
        let mut text = String::new();
        if file.ends_with(".gz") {
            GzDecoder::new(opened).read_to_string(&mut text).unwrap();
        } else {
            opened.read_to_string(&mut text).unwrap();
        }
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        Some(Source { header, rows })
    }

    fn column(&self, name: &str) -> usize {
        self.header.iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    // The rows of some columns.
    fn each<const N: usize>(&self, names: [&str; N], mut take: impl FnMut([&str; N])) {
        let columns = names.map(|name| self.column(name));
        for row in &self.rows {
            take(columns.map(|column| row[column].as_str()));
        }
    }
}

fn import(header: &str, rows: &str, settings: &Settings) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.csv");
    std::fs::write(&path, format!("{header}\n{rows}")).unwrap();
    Registry::default().import(&path, None, settings).unwrap_or_else(|error| panic!("{error}"))
}

fn measured(names: &[&str]) -> Settings {
    Settings { measures: names.iter().map(|&name| name.to_owned()).collect(), ..Settings::default() }
}

// The ties that hold on a day.
fn on<'t>(table: &'t Table, day: &str) -> Vec<&'t TieRow> {
    let date = day.parse().unwrap();
    let holds =
        |row: &&TieRow| row.start.is_none_or(|start| start <= date) && row.end.is_none_or(|end| date < end);
    table.ties().iter().filter(holds).collect()
}

fn pairs(ties: &[&TieRow]) -> BTreeSet<(&'static str, &'static str)> {
    ties.iter().map(|tie| (tie.from.min(tie.to), tie.from.max(tie.to))).collect()
}

#[test]
fn states_of_1997_are_187() {
    let Some(source) = Source::read("world/states.csv") else { return };
    let mut rows = String::new();
    source.each(["cow_abb", "ccode", "name", "start", "end"], |[abb, code, name, start, end]| {
        let (start, end) = (start.replace('-', ","), end.replace('-', ","));
        let _ = writeln!(rows, "{abb},{code},\"{name}\",{start},{end},2016");
    });
    let header = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version";
    let imported = import(header, &rows, &Settings { from: Some(1946), ..Settings::default() });
    let Rows::Actors(actors) = &imported.tables[0].rows else { panic!("no actors") };
    let day = "1997-07-01".parse().unwrap();
    let alive = actors.iter().filter(|actor| {
        actor.from.is_none_or(|from| from <= day) && actor.until.is_none_or(|until| day < until)
    });
    let n = alive.count();
    println!(
        "states: {} actors since 1946, {n} members on {day}; {} rows unresolved",
        actors.len(),
        imported.log.unresolved_rows
    );
    assert_eq!(n, 187);
}

#[test]
fn alliances_of_1997_are_as_many_as_they_should_be() {
    let Some(source) = Source::read("world/alliances_cow.csv.gz") else { return };
    let mut rows = String::new();
    let names = ["ccode1", "ccode2", "year", "defense", "neutrality", "nonaggression", "entente"];
    source.each(names, |[one, two, year, d, n, a, e]| {
        let _ = writeln!(rows, "0,{one},,{two},,,,,,,,0,0,{d},{n},{a},{e},{year},4.1");
    });
    let header = "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,\
                  dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,year,version";
    let imported = import(header, &rows, &Settings { from: Some(1980), ..Settings::default() });
    let n = |name: &str| on(imported.table(name).unwrap(), "1997-07-01").len();
    println!(
        "alliances, {} rows: {} defence pacts and {} of any kind in 1997",
        imported.log.rows,
        n("cow-defence"),
        n("cow-alliance")
    );
    println!("{}", imported.log.short());
    assert_eq!((n("cow-defence"), n("cow-alliance")), (1017, 1116));
    let defence = on(imported.table("cow-defence").unwrap(), "1997-07-01");
    let of = |id: &str| defence.iter().filter(|tie| tie.from == id || tie.to == id).count();
    println!("degrees: USA {}, CAN {}", of("USA"), of("CAN"));
    assert_eq!((of("USA"), of("CAN")), (52, 47));
}

#[test]
fn atop_of_1997_joins_1044_pairs() {
    let Some(source) = Source::read("world/alliances_atop.csv.gz") else { return };
    let mut rows = String::new();
    let names =
        ["ccode1", "ccode2", "year", "defense", "offense", "neutrality", "nonaggression", "consultation"];
    source.each(names, |[one, two, year, d, o, n, a, c]| {
        if year == "1997" {
            let dyad = one.parse::<u32>().unwrap() * 1000 + two.parse::<u32>().unwrap();
            let _ = writeln!(rows, "{dyad},{year},1,{one},{two},{d},{o},{n},{a},{c}");
        }
    });
    let header = "ddyad,year,atopally,stateA,stateB,defense,offense,neutral,nonagg,consul";
    let imported = import(header, &rows, &Settings::default());
    let defence = on(imported.table("atop-defence").unwrap(), "1997-07-01");
    let n = pairs(&defence).len();
    println!("ATOP: {} directed obligations of defence in 1997, {n} pairs", defence.len());
    assert_eq!(n, 1044);
}

#[test]
fn missions_of_four_waves_are_as_many_as_they_should_be() {
    let Some(source) = Source::read("world/diplomatic_cow.csv.gz") else { return };
    let mut rows = String::new();
    source.each(["ccode1", "ccode2", "year", "DR_at_1", "DR_at_2"], |[one, two, year, at_one, at_two]| {
        if year.parse::<i16>().unwrap() >= 1980 {
            let _ = writeln!(rows, "{one},{two},{year},{at_one},{at_two},1,2006.1");
        }
    });
    let imported = import("ccode1,ccode2,year,DR_at_1,DR_at_2,DE,version", &rows, &Settings::default());
    let table = imported.table("cow-diplomatic").unwrap();
    for (year, expected) in [(1985, 6322), (1990, 6536), (1995, 7113), (2000, 7431)] {
        let missions = on(table, &format!("{year}-07-01"));
        println!("missions in {year}: {}", missions.len());
        assert_eq!(missions.len(), expected, "{year}");
    }
    let missions = on(table, "1995-07-01");
    let both = pairs(&missions).len();
    let hosted = |id: &str| missions.iter().filter(|tie| tie.to == id).count();
    let sent = |id: &str| missions.iter().filter(|tie| tie.from == id).count();
    println!("1995: {both} pairs either way; USA hosts {}, sends {}", hosted("USA"), sent("USA"));
    assert_eq!((both, hosted("USA"), hosted("BEL"), sent("USA"), sent("FRA")), (4254, 166, 158, 161, 150));
    println!("{}", imported.log.short());
}

#[test]
fn organisations_in_common_in_1997_are_as_many_as_they_should_be() {
    let Some(source) = Source::read("world/igo_membership_spells.csv.gz") else { return };
    let Some(states) = Source::read("world/states.csv") else { return };
    let mut members: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    states.each(["ccode", "start", "end"], |[code, start, end]| {
        if start < "1998" && end >= "1997-12" {
            members.insert(code.to_owned(), BTreeMap::new());
        }
    });
    let mut organisations = BTreeSet::new();
    source.each(["igo", "ccode", "status", "year_start", "year_end"], |[igo, code, status, start, end]| {
        if start <= "1997"
            && "1997" <= end
            && let Some(of) = members.get_mut(code)
        {
            organisations.insert(igo.to_uppercase());
            of.insert(igo.to_uppercase(), status.to_owned());
        }
    });
    let list: Vec<&str> = organisations.iter().map(String::as_str).collect();
    let mut rows = String::new();
    for (code, of) in &members {
        let row: Vec<&str> = list.iter().map(|igo| of.get(*igo).map_or("0", String::as_str)).collect();
        let _ = writeln!(rows, "{code},1997,,{}", row.join(","));
    }
    let imported = import(&format!("ccode,year,state,{}", list.join(",")), &rows, &Settings::default());
    let Rows::Affiliation(memberships) = &imported.tables[0].rows else { panic!("no affiliation") };
    let mut of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for membership in memberships {
        of.entry(membership.actor).or_default().insert(&membership.organisation);
    }
    let of: Vec<&BTreeSet<&str>> = of.values().collect();
    let mut joint = Vec::new();
    for (place, a) in of.iter().enumerate() {
        joint.extend(of[place + 1..].iter().map(|b| a.intersection(b).count()));
    }
    let at_least = |least: usize| joint.iter().filter(|&&n| n >= least).count();
    let found = [1, 30, 40, 50].map(at_least);
    println!(
        "IGO, {} states, {} organisations: pairs that share at least 1, 30, 40, 50: {found:?}",
        of.len(),
        list.len()
    );
    assert_eq!((of.len(), found), (187, [17375, 6570, 2224, 768]));

    // The same by pair.
    let codes: Vec<&String> = members.keys().collect();
    let mut rows = String::new();
    for (place, one) in codes.iter().enumerate() {
        for two in &codes[place + 1..] {
            let status = |code: &str, igo: &str| members[code].get(igo).is_some_and(|status| status == "1");
            let row: Vec<&str> =
                list.iter().map(|igo| if status(one, igo) && status(two, igo) { "1" } else { "0" }).collect();
            let _ = writeln!(rows, "{one},{two},1997,{}", row.join(","));
        }
    }
    let imported = import(&format!("ccode1,ccode2,year,{}", list.join(",")), &rows, &Settings::default());
    let ties = on(imported.table("cow-joint-igos").unwrap(), "1997-07-01");
    let most = ties.iter().map(|tie| tie.strength).fold(0.0, f64::max);
    println!("IGO by pair: {} pairs, the most in common {most}", ties.len());
    assert_eq!((ties.len(), most.to_string().as_str()), (17375, "102"));
}

#[test]
fn neighbours_of_1997_are_as_many_as_they_should_be() {
    let Some(source) = Source::read("world/contiguity_spells.csv") else { return };
    let (mut spells, mut years) = (String::new(), String::new());
    source.each(
        ["ccode1", "ccode2", "conttype", "year_start", "year_end"],
        |[one, two, kind, start, end]| {
            let _ = writeln!(spells, "0,{one},,{two},,{kind},{start}01,{end}12,,3.2");
            if start <= "1997" && "1997" <= end {
                let _ = writeln!(years, "0,{one},,{two},,1997,{kind},3.2\n0,{two},,{one},,1997,{kind},3.2");
            }
        },
    );
    let settings = Settings { from: Some(1980), ..Settings::default() };
    let by_spell = import(
        "dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version",
        &spells,
        &settings,
    );
    let by_year = import("dyad,state1no,state1ab,state2no,state2ab,year,conttype,version", &years, &settings);
    for (what, imported) in [("by spell", by_spell), ("by year", by_year)] {
        let n = |name: &str| on(imported.table(name).unwrap(), "1997-07-01").len();
        println!(
            "contiguity {what}: {} by land or river, {} up to 400 miles",
            n("cow-land"),
            n("cow-contiguity")
        );
        assert_eq!((n("cow-land"), n("cow-contiguity")), (304, 536), "{what}");
        assert!(imported.log.asymmetric.is_empty(), "{what}: {:?}", imported.log.asymmetric);
    }
}

#[test]
fn trade_of_1997_is_as_large_as_it_should_be() {
    let Some(source) = Source::read("world/trade_cow.csv.gz") else { return };
    let mut rows = String::new();
    let names = [
        "ccode1",
        "ccode2",
        "year",
        "imports_1_from_2",
        "imports_2_from_1",
        "smooth_1_from_2",
        "smooth_2_from_1",
    ];
    source.each(names, |[one, two, year, f1, f2, s1, s2]| {
        if year == "1997" {
            let known = [f1, f2, s1, s2].map(|flow| if flow.is_empty() { "-9" } else { flow });
            let _ = writeln!(rows, "{one},{two},{year},,,{}", known.join(","));
        }
    });
    let header = "ccode1,ccode2,year,importer1,importer2,flow1,flow2,smoothflow1,smoothflow2";
    let imported = import(header, &rows, &measured(&["smoothflow"]));
    let flows = on(imported.table("cow-trade-smoothflow").unwrap(), "1997-07-01");
    let of = |id: &str| {
        flows.iter().filter(|tie| tie.from == id || tie.to == id).map(|tie| tie.strength).sum::<f64>()
    };
    let n = pairs(&flows).len();
    println!("trade: {n} pairs; USA {} million dollars both ways, DEU {}", of("USA"), of("DEU"));
    println!("{}", imported.log.short());
    assert_eq!(n, 7171);
    for (id, expected) in [("USA", 1_625_307.0), ("DEU", 918_601.0), ("JPN", 759_445.0), ("CAN", 428_559.0)] {
        assert!((of(id) - expected).abs() < 1.0, "{id}: {}", of(id));
    }
}

#[test]
fn capabilities_and_regimes_of_1997_come_out_as_they_went_in() {
    let Some(source) = Source::read("world/state_year.csv.gz") else { return };
    let (mut nmc, mut polity) = (String::new(), String::new());
    let mut expected: BTreeMap<String, String> = BTreeMap::new();
    let names = ["ccode", "iso3", "year", "cinc", "milper_k", "polity2"];
    source.each(names, |[code, iso3, year, cinc, milper, polity2]| {
        if year == "1997" {
            let known = |text: &str| if text.is_empty() { "-9".to_owned() } else { text.to_owned() };
            let _ =
                writeln!(nmc, "{iso3},{code},{year},-9,{},-9,-9,-9,-9,{},2021", known(milper), known(cinc));
            let _ = writeln!(polity, "0,,{code},{iso3},,{year},0,,-88,-88,-88,{polity2}");
            if !polity2.is_empty() {
                expected.insert(iso3.to_owned(), polity2.parse::<f64>().unwrap().to_string());
            }
        }
    });
    let imported = import(
        "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version",
        &nmc,
        &measured(&["cinc"]),
    );
    let cinc: f64 = imported.tables[0].values().iter().map(|row| row.value.parse::<f64>().unwrap()).sum();
    println!("NMC: {} states in 1997, cinc sums to {cinc:.4}", imported.tables[0].len());
    assert!(imported.tables[0].len() >= 185 && (cinc - 1.0).abs() < 0.02, "{cinc}");
    let imported = import(
        "p5,cyear,ccode,scode,country,year,flag,fragment,democ,autoc,polity,polity2",
        &polity,
        &Settings::default(),
    );
    let found: BTreeMap<String, String> =
        imported.tables[0].values().iter().map(|row| (row.actor.to_owned(), row.value.clone())).collect();
    let minus: Vec<&String> = found.iter().filter(|(_, value)| *value == "-9").map(|(id, _)| id).collect();
    println!("polity2: {} states, -9 is a value for {minus:?}", found.len());
    assert_eq!(found, expected);
    assert!(!minus.is_empty());
}

#[test]
fn votes_of_1997_come_out_as_they_went_in() {
    let Some(source) = Source::read("world/un_agreement.csv.gz") else { return };
    let (mut rows, mut n) = (String::new(), 0);
    source.each(["ccode1", "ccode2", "year", "agree"], |[one, two, year, agree]| {
        if year == "1997" {
            n += usize::from(agree.parse::<f64>().unwrap() > 0.0);
            let _ = writeln!(rows, "{one},{two},52,{agree},{year},,\n{two},{one},52,{agree},{year},,");
        }
    });
    let header = "ccode1,ccode2,session.x,agree,year,IdealPointAll.x,IdealPointAll.y";
    let imported = import(header, &rows, &Settings::default());
    println!("UN agreement: {} pairs in 1997", imported.tables[0].len());
    assert_eq!((imported.tables[0].len(), imported.log.asymmetric.len()), (n, 0));
    assert!(imported.tables[0].ties().iter().all(|tie| tie.strength <= 1.0));
    let Some(source) = Source::read("world/un_ideal_points.csv.gz") else { return };
    let mut rows = String::new();
    let mut n = 0;
    source.each(
        ["ccode", "iso3c", "year", "idealpointfp", "idealpointall"],
        |[code, iso3, year, fp, all]| {
            if year == "1997" {
                n += usize::from(!all.is_empty());
                let _ = writeln!(rows, "{code},{iso3},x,{year},{fp},{all}");
            }
        },
    );
    let imported =
        import("ccode,iso3c,countryname,year,idealpointfp,idealpointall", &rows, &Settings::default());
    println!(
        "ideal points: {} of {n} states in 1997; left out: {:?}",
        imported.tables[0].len(),
        imported.log.unresolved
    );
    assert!(imported.tables[0].len() + 4 >= n);
}

#[test]
fn languages_and_colonies_are_as_many_as_in_the_snapshot() {
    let Some(source) = Source::read("world/ties_cepii.csv.gz") else { return };
    let mut rows = String::new();
    let names = ["iso3_1", "iso3_2", "contig", "comlang_off", "comlang_ethno", "colony", "comcol", "dist"];
    let mut expected = [0, 0];
    source.each(names, |[one, two, contig, off, ethno, colony, comcol, dist]| {
        expected[0] += usize::from(off == "1");
        expected[1] += usize::from(colony == "1");
        for (a, b) in [(one, two), (two, one)] {
            let old = |id: &str| match id {
                "ROU" => "ROM".to_owned(),
                "COD" => "ZAR".to_owned(),
                "TLS" => "TMP".to_owned(),
                other => other.to_owned(),
            };
            let _ = writeln!(rows, "{},{},{contig},{off},{ethno},{colony},{comcol},{dist}", old(a), old(b));
        }
    });
    let header = "iso_o,iso_d,contig,comlang_off,comlang_ethno,colony,comcol,dist";
    let imported = import(header, &rows, &Settings::default());
    let n = |name: &str| imported.table(name).unwrap().len();
    println!(
        "CEPII: {} pairs with an official language in common, {} with a colonial past",
        n("cepii-comlang-off"),
        n("cepii-colony")
    );
    println!("{}", imported.log.full());
    assert!(imported.log.asymmetric.is_empty());
    assert_eq!([n("cepii-comlang-off"), n("cepii-colony")], expected);
}

#[test]
fn disputes_leaders_and_conflicts_resolve_but_for_a_few() {
    let Some(source) = Source::read("world/mid_dyads.csv.gz") else { return };
    let mut rows = String::new();
    let names = ["dispnum", "ccode1", "ccode2", "year", "hostlev1", "hostlev2"];
    source.each(names, |[no, one, two, year, h1, h2]| {
        let _ = writeln!(rows, "{no},{one},{two},{year},{h1},{h2}");
    });
    let settings = Settings { from: Some(1980), ..Settings::default() };
    let imported = import("dispnum,ccode1,ccode2,year,hostlev1,hostlev2", &rows, &settings);
    println!("{}", imported.log.short());
    assert_eq!(imported.log.unresolved_rows, 0, "{:?}", imported.log.unresolved);
    assert!(imported.log.asymmetric.is_empty());

    let Some(source) = Source::read("world/leaders_archigos.csv.gz") else { return };
    let mut rows = String::new();
    source.each(
        ["obsid", "ccode", "leader", "startdate", "enddate", "entry"],
        |[id, code, leader, start, end, entry]| {
            let _ = writeln!(rows, "{id},{code},\"{leader}\",{start},{end},{entry}");
        },
    );
    let imported = import("obsid,ccode,leader,startdate,enddate,entry", &rows, &settings);
    println!("{}", imported.log.short());
    assert!(50 * imported.log.unresolved_rows < imported.log.kept, "{:?}", imported.log.unresolved);

    let Some(source) = Source::read("world/ucdp_state_conflicts.csv") else { return };
    let mut rows = String::new();
    let mut worst: BTreeMap<(String, String), u8> = BTreeMap::new();
    source.each(
        ["conflict_id", "year", "gwcode", "iso3", "side", "type", "intensity"],
        |[id, year, code, iso3, side, kind, intensity]| {
            if side == "a" && kind.contains("intra") && year == "1997" {
                let _ = writeln!(rows, "{id},{year},{intensity},3,{code},");
                let worst = worst.entry((iso3.to_owned(), year.to_owned())).or_default();
                *worst = (*worst).max(intensity.parse().unwrap());
            }
        },
    );
    let imported =
        import("conflict_id,year,intensity_level,type_of_conflict,gwno_a,gwno_b", &rows, &settings);
    let internal = imported.table("ucdp-internal").unwrap();
    println!("UCDP: {} states with an internal conflict in 1997", internal.len());
    assert_eq!(internal.len(), worst.len());
    for row in internal.values() {
        assert_eq!(row.value, worst[&(row.actor.to_owned(), "1997".to_owned())].to_string(), "{}", row.actor);
    }
}

#[test]
fn policies_of_american_states_are_as_many_as_their_list_says() {
    let Some(source) = Source::read("norms/us_state_policies.csv") else { return };
    let Some(list) = Source::read("norms/us_state_policies_meta.csv") else { return };
    let mut rows = String::new();
    source.each(["state", "policy", "date"], |[state, policy, date]| {
        let _ = writeln!(rows, "{state},\"{policy}\",{date}");
    });
    let mut n = 0;
    let mut all: Vec<(String, usize)> = Vec::new();
    list.each(["policy", "adopt_count"], |[policy, count]| {
        all.push((policy.to_owned(), count.parse().unwrap()))
    });
    let names: Vec<&str> = all.iter().map(|(policy, _)| policy.as_str()).collect();
    let imported = import("state,policy,date", &rows, &measured(&names));
    for (policy, count) in &all {
        n += usize::from(imported.table(&format!("spid-{policy}")).unwrap().len() == *count);
    }
    println!("SPID: {n} of {} policies have as many states as their list says", all.len());
    assert_eq!(n, all.len());
}
