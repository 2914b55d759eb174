//! Every importer on a small file in the exact format (tests/made, values invented), with its traps.

use normwave_import::{ImportError, Imported, Registry, Settings};
use std::path::{Path, PathBuf};

fn made(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/made").join(file)
}

fn read(file: &str) -> Imported {
    read_with(file, &[])
}

fn read_with(file: &str, measures: &[&str]) -> Imported {
    let settings =
        Settings { measures: measures.iter().map(|&name| name.to_owned()).collect(), ..Settings::default() };
    Registry::default().import(&made(file), None, &settings).unwrap_or_else(|error| panic!("{error}"))
}

// A table's rows with its new years' days as years.
#[track_caller]
fn rows(imported: &Imported, name: &str) -> Vec<String> {
    let names: Vec<&str> = imported.tables.iter().map(|table| table.name.as_str()).collect();
    let table = imported.table(name).unwrap_or_else(|| panic!("no table {name} among {names:?}"));
    table.to_csv().replace("-01-01", "").lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn every_file_is_told_by_its_header_alone() {
    let registry = Registry::default();
    let files = [
        ("cow-states", &["states2016.csv", "system2016.csv", "majors2016.csv"][..]),
        (
            "cow-alliances",
            &[
                "alliance_v4.1_by_dyad.csv",
                "alliance_v4.1_by_directed.csv",
                "alliance_v4.1_by_dyad_yearly.csv",
                "alliance_v4.1_by_directed_yearly.csv",
            ],
        ),
        ("cow-igo", &["state_year_formatv3.csv", "igo_year_formatv3.csv", "dyadic_formatv3.csv"]),
        ("cow-trade", &["Dyadic_COW_4.0.csv", "National_COW_4.0.csv"]),
        ("cow-diplomatic", &["Diplomatic_Exchange_2006v1.csv"]),
        ("cow-nmc", &["NMC-60-abridged.csv", "NMC-60-wsupplementary.csv", "NMC-70-abridged.csv"]),
        ("cow-contiguity", &["contdird.csv", "contdir.csv", "contdirs.csv"]),
        ("cow-mid", &["dyadic_mid_4.03.csv"]),
        ("atop", &["atop5_1ddyr.csv"]),
        ("v-dem", &["V-Dem-CY-Core-v14.csv"]),
        ("un-ideal-points", &["IdealpointsJuly2025.csv", "IdealpointestimatesAll_Jun2024.csv"]),
        ("un-agreement", &["AgreementScoresAll_Jun2024.csv"]),
        ("cepii-geodist", &["dist_cepii.csv"]),
        ("cepii-gravity", &["Gravity_V202211.csv"]),
        ("ucdp", &["UcdpPrioConflict_v24_1.csv"]),
        ("archigos", &["Archigos_4.1.txt"]),
        ("polity", &["p5v2018.csv"]),
        ("spid", &["spid.csv"]),
    ];
    for (name, files) in files {
        for file in files {
            let file = normwave_import::TextFile::open(&made(file)).unwrap();
            let found = registry.detect(file.header()).map(|importer| importer.about().name);
            assert_eq!(found, Some(name), "{}", file.path());
            let capitals: Vec<String> = file.header().iter().map(|name| name.to_uppercase()).collect();
            let found = registry.detect(&capitals).map(|importer| importer.about().name);
            assert_eq!(found, Some(name), "{} in capitals", file.path());
        }
    }
    assert_eq!(registry.importers().count(), files.len(), "an importer has no made file");
}

#[test]
fn an_unknown_file_names_the_nearest_and_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, "ccode1,ccode2,year,DR_at_1,version\n2,20,1990,3,1\n").unwrap();
    let registry = Registry::default();
    let error = registry.import(&path, None, &Settings::default()).unwrap_err().to_string();
    for words in [
        "none of the known files",
        "Nearest: cow-diplomatic",
        "which also has DR_at_2.",
        "Its columns are ccode1",
        "v-dem",
    ] {
        assert!(error.contains(words), "`{words}` in: {error}");
    }
    let error = registry.import(&path, Some("cow-diplomatic"), &Settings::default()).unwrap_err().to_string();
    assert!(error.contains("no column `DR_at_2`; did you mean `DR_at_1`?"), "{error}");
    let error = registry.import(&path, Some("cow-diplomatik"), &Settings::default()).unwrap_err().to_string();
    assert!(error.contains("did you mean `cow-diplomatic`?"), "{error}");
}

#[test]
fn only_the_years_asked_for_are_read() {
    let settings = Settings { from: Some(1991), until: Some(1995), ..Settings::default() };
    let registry = Registry::default();
    let imported = registry.import(&made("Diplomatic_Exchange_2006v1.csv"), None, &settings);
    let error = imported.unwrap_err();
    assert!(matches!(&error, ImportError::File { .. }), "{error}");
    assert!(error.to_string().contains("5 are of other years"), "{error}");
    let settings = Settings { from: Some(1991), until: Some(1996), ..Settings::default() };
    let imported = registry.import(&made("Diplomatic_Exchange_2006v1.csv"), None, &settings).unwrap();
    assert_eq!((imported.log.other_years, imported.log.years), (3, Some((1995, 1995))));
    assert_eq!(rows(&imported, "cow-diplomatic"), ["CAN,USA,1,1995,1996", "USA,ISR,1,1995,1996"]);
}

#[test]
fn the_state_system_gives_actors_whose_code_may_change() {
    let imported = read("states2016.csv");
    assert_eq!(
        rows(&imported, "cow-actors"),
        [
            "DDR,German Democratic Republic,1954-03-25,1990-10-03",
            "DEU,Germany,1955-05-05,",
            "FRA,France,1944-08-25,",
            "USA,United States of America,1816,"
        ]
    );
    assert_eq!(imported.log.unresolved_rows, 1);
    assert!(imported.log.full().contains("999: "), "{}", imported.log.full());
    assert_eq!(rows(&read("system2016.csv"), "cow-actors"), ["DDR,GDR,1989,1991", "USA,USA,1989,"]);
    assert_eq!(
        rows(&read("majors2016.csv"), "major-power"),
        ["DEU,1,1991-12-11", "JPN,1,1991-04-01", "JPN,0,2000", "USA,1,1898-08-13"]
    );
}

#[test]
fn yearly_alliances_are_joined_and_their_two_oddities_put_right() {
    let imported = read("alliance_v4.1_by_dyad_yearly.csv");
    assert_eq!(rows(&imported, "cow-defence"), ["CAN,USA,1,1990,1992", "DEU,GBR,1,1990,1992"]);
    assert_eq!(rows(&imported, "cow-entente"), ["CAN,USA,1,1990,1992", "ISR,USA,1,1981,1992"]);
    assert_eq!(rows(&imported, "cow-nonaggression"), ["CAN,USA,1,1990,1992", "EGY,ISR,1,1979,2013"]);
    assert_eq!(rows(&imported, "cow-alliance").len(), 4);
    let log = imported.log.full();
    for words in [
        "year 0 of a pair replaced",
        "260 (West Germany) after 1990 read as 255",
        "rows: 9 read, 8 kept",
        "999: 1 time, 1990",
    ] {
        assert!(log.contains(words), "`{words}` in: {log}");
    }
    // Two treaties in 1991, and the Western European Union's row of 260 beside that of 255.
    assert_eq!(imported.log.duplicates["cow-defence"], 2);
    let only = read_with("alliance_v4.1_by_dyad_yearly.csv", &["entente"]);
    assert_eq!(only.tables.len(), 1);
}

#[test]
fn directed_alliances_are_symmetrised_and_what_lacks_its_other_direction_is_counted() {
    let imported = read("alliance_v4.1_by_directed_yearly.csv");
    assert_eq!(rows(&imported, "cow-defence"), ["CAN,USA,1,1990,1991", "MEX,USA,1,1990,1991"]);
    assert_eq!(imported.log.asymmetric["cow-defence"], 1);
    let imported = read("alliance_v4.1_by_directed.csv");
    assert_eq!(rows(&imported, "cow-defence"), ["CAN,USA,1,1985-04-04,1995-09-02"]);
    assert_eq!(imported.log.asymmetric.values().sum::<usize>(), 1);
}

#[test]
fn dated_alliances_keep_their_days_and_overlapping_treaties_are_one_spell() {
    let imported = read("alliance_v4.1_by_dyad.csv");
    assert_eq!(rows(&imported, "cow-defence"), ["CAN,USA,1,1985-04-04,1998", "DEU,GBR,1,1985-05-06,"]);
    assert_eq!(rows(&imported, "cow-entente"), ["MEX,USA,1,1986-06-05,"]);
    assert_eq!(rows(&imported, "cow-nonaggression"), ["CAN,USA,1,1990,1998"]);
}

#[test]
fn memberships_hold_from_one_observed_year_to_the_next() {
    let imported = read("state_year_formatv3.csv");
    assert_eq!(
        rows(&imported, "cow-igo"),
        ["FRA,AAAID,1966,1967", "FRA,EEC,1960,1967", "FRA,UN,1955,1967", "USA,UN,1955,1966"]
    );
    assert!(imported.log.missing["memberships"] > 10);
    assert!(imported.log.full().contains("not every year is observed"));
    let any = read_with("state_year_formatv3.csv", &["any"]);
    assert!(rows(&any, "cow-igo").contains(&"FRA,AAAID,1960,1967".to_owned()));
    let observer = read_with("state_year_formatv3.csv", &["observer"]);
    assert_eq!(rows(&observer, "cow-igo"), ["FRA,AAAID,1960,1965"]);
}

#[test]
fn memberships_by_organisation_are_read_from_tabs_and_names() {
    let imported = read("igo_year_formatv3.csv");
    assert_eq!(
        rows(&imported, "cow-igo"),
        [
            "AFG,UN,1990,1992",
            "BFA,UN,1990,1992",
            "BFA,OAU,1990,1991",
            "USA,UN,1990,1992",
            "ZWE,UN,1990,1991",
            "ZWE,OAU,1990,1991"
        ]
    );
    let log = imported.log.full();
    assert!(log.contains("separated by tabs") && log.contains("`atlantis` is no state"), "{log}");
}

#[test]
fn joint_memberships_are_counted_by_pair() {
    let imported = read("dyadic_formatv3.csv");
    assert_eq!(rows(&imported, "cow-joint-igos"), ["CAN,USA,2,1990,1992", "GBR,USA,1,1991,1992"]);
    assert_eq!(imported.log.missing["memberships"], 3);
}

#[test]
fn exports_go_from_the_second_state_by_the_first_flow() {
    let imported = read("Dyadic_COW_4.0.csv");
    // flow1 is what the first imports: Canada's exports to the United States.
    assert_eq!(
        rows(&imported, "cow-trade"),
        ["CAN,USA,170.5,1997,1999", "USA,BHS,12,1997,1998", "USA,CAN,140,1997,1998"]
    );
    assert_eq!((imported.log.missing["flow2"], imported.log.zeros["flow1"]), (1, 1));
    assert!(
        imported.log.full().contains("1 rows know the flow in one direction only"),
        "{}",
        imported.log.full()
    );
    let total = read_with("Dyadic_COW_4.0.csv", &["smoothtotrade"]);
    assert_eq!(
        rows(&total, "cow-trade-total"),
        ["BHS,USA,12,1997,1998", "CAN,USA,310,1997,1998", "CAN,USA,312,1998,1999"]
    );
    let national = read("National_COW_4.0.csv");
    assert_eq!(rows(&national, "cow-imports"), ["CAN,200,1997", "USA,900.5,1997"]);
    assert_eq!(national.log.missing["imports"], 1);
}

#[test]
fn a_mission_goes_from_its_sender_to_its_host_and_nine_has_two_meanings() {
    let imported = read("Diplomatic_Exchange_2006v1.csv");
    assert_eq!(
        rows(&imported, "cow-diplomatic"),
        ["CAN,USA,1,1960,1996", "USA,CAN,1,1960,1995", "USA,ISR,1,1990,1996"]
    );
    let log = imported.log.full();
    assert!(log.contains("9 outside of 1950 to 1965") && log.contains("waves: 1960, 1990, 1995"), "{log}");
    let ranks = read_with("Diplomatic_Exchange_2006v1.csv", &["rank"]);
    assert_eq!(
        rows(&ranks, "cow-diplomatic-rank"),
        ["CAN,USA,3,1990,1996", "USA,CAN,3,1990,1995", "USA,ISR,1,1990,1995", "USA,ISR,2,1995,1996"]
    );
    let error = Registry::default().import(
        &made("Diplomatic_Exchange_2006v1.csv"),
        None,
        &Settings { measures: vec!["ranks".to_owned()], ..Settings::default() },
    );
    assert!(error.unwrap_err().to_string().contains("did you mean `rank`?"));
}

#[test]
fn capabilities_are_missing_where_they_are_minus_nine() {
    let imported = read("NMC-60-abridged.csv");
    assert_eq!(rows(&imported, "nmc-milex"), ["DEU,40,1990", "USA,100,1989"]);
    assert_eq!(rows(&imported, "nmc-tpop"), ["DEU,79,1990", "DEU,80,1991", "USA,240,1989", "USA,241,1990"]);
    assert_eq!(imported.log.missing["milex"], 1);
    assert!(
        imported.log.full().contains("two codes, of which the later counts: 7"),
        "{}",
        imported.log.full()
    );
    let supplement = read("NMC-60-wsupplementary.csv");
    assert_eq!(rows(&supplement, "nmc-cinc"), ["USA,0.15,1989"]);
    assert!(supplement.log.full().contains("byte order mark"));
    assert_eq!(rows(&read("NMC-70-abridged.csv"), "nmc-pec"), ["USA,90,2015"]);
    let growth = read_with("NMC-60-wsupplementary.csv", &["upopgrowth"]);
    assert_eq!(rows(&growth, "nmc-upopgrowth"), ["USA,0.01,1989"]);
}

#[test]
fn neighbours_are_pairs_and_one_sided_rows_are_counted() {
    let imported = read("contdird.csv");
    assert_eq!(rows(&imported, "cow-land"), ["CAN,USA,1,1990,1991"]);
    assert_eq!(
        rows(&imported, "cow-contiguity"),
        ["BHS,USA,1,1990,1991", "CAN,USA,1,1990,1991", "CUB,USA,1,1990,1991"]
    );
    assert_eq!(imported.log.asymmetric["cow-contiguity"], 1);
    let spells = read("contdir.csv");
    assert_eq!(rows(&spells, "cow-land"), ["CAN,USA,1,1988,2017"]);
    assert_eq!(rows(&spells, "cow-contiguity"), ["BHS,USA,1,1990,1992", "CAN,USA,1,1988,2017"]);
    assert_eq!(spells.log.unresolved_rows, 1);
    assert_eq!(rows(&read("contdirs.csv"), "neighbours-land"), ["CAN,1,1990", "USA,2,1990"]);
}

#[test]
fn the_highest_level_of_the_disputes_of_a_year_counts() {
    let imported = read("dyadic_mid_4.03.csv");
    assert_eq!(rows(&imported, "cow-dispute"), ["IRQ,USA,4,1990,1991", "IRQ,USA,5,1991,1992"]);
    assert_eq!(imported.log.missing["hostility level"], 1);
}

#[test]
fn obligations_of_alliances_are_directed() {
    let imported = read("atop5_1ddyr.csv");
    assert_eq!(
        rows(&imported, "atop-defence"),
        ["CAN,USA,1,1990,1991", "USA,CAN,1,1990,1991", "USA,CHN,1,1990,1991"]
    );
    assert_eq!(
        rows(&imported, "atop-consultation"),
        ["CAN,USA,1,1990,1991", "CHN,USA,1,1990,1991", "USA,CAN,1,1990,1991"]
    );
}

#[test]
fn v_dem_gives_the_measures_that_are_there_or_named() {
    let imported = read("V-Dem-CY-Core-v14.csv");
    assert_eq!(rows(&imported, "v2x-polyarchy"), ["DEU,0.8,1989", "MEX,0.3,1989", "MEX,0.35,1990"]);
    assert_eq!(rows(&imported, "v2xcs-ccsi"), ["DEU,0.9,1989", "MEX,0.5,1990"]);
    assert_eq!(imported.log.missing["v2xcs_ccsi"], 1);
    let named = read_with("V-Dem-CY-Core-v14.csv", &["v2x_polyarchy_codelow"]);
    assert_eq!(named.tables.len(), 1);
    let settings = Settings { measures: vec!["v2x_poliarchy".to_owned()], ..Settings::default() };
    let error = Registry::default().import(&made("V-Dem-CY-Core-v14.csv"), None, &settings).unwrap_err();
    assert!(error.to_string().contains("did you mean `v2x_polyarchy`?"), "{error}");
}

#[test]
fn ideal_points_of_both_releases_have_years_and_may_be_minus_one() {
    let new = read("IdealpointsJuly2025.csv");
    assert_eq!(rows(&new, "un-idealpointall"), ["CAN,-1,1996", "USA,2.4,1996"]);
    let old = read("IdealpointestimatesAll_Jun2024.csv");
    assert_eq!(rows(&old, "un-idealpointall"), ["USA,2.5,1996", "USA,2.6,1997"]);
    assert!(old.log.full().contains("a session is that of the year 1945 + its number"));
}

#[test]
fn agreement_is_undirected_and_its_missing_directions_are_counted() {
    let imported = read("AgreementScoresAll_Jun2024.csv");
    assert_eq!(rows(&imported, "un-agreement"), ["CAN,USA,0.6,1996,1997", "FRA,USA,0.5,1996,1997"]);
    assert_eq!(imported.log.asymmetric["un-agreement"], 1);
}

#[test]
fn withdrawn_iso_codes_of_distances_are_known() {
    let imported = read_with("dist_cepii.csv", &["comlang_off", "colony", "dist"]);
    assert_eq!(rows(&imported, "cepii-comlang-off"), ["CAN,USA,1,,", "GBR,IND,1,,"]);
    assert_eq!(rows(&imported, "cepii-colony"), ["GBR,IND,1,,"]);
    assert_eq!(rows(&imported, "cepii-dist"), ["CAN,USA,550,,", "GBR,IND,7000,,", "ROU,USA,7600,,"]);
    let log = &imported.log;
    assert_eq!((log.self_ties, log.unresolved_rows, log.asymmetric["cepii-colony"]), (1, 1, 1));
    assert!(log.full().contains("larger is farther"), "{}", log.full());
}

#[test]
fn gravity_leaves_out_states_that_did_not_exist() {
    let imported = read("Gravity_V202211.csv");
    assert_eq!(rows(&imported, "cepii-contig"), ["CAN,USA,1,1990,1992"]);
    assert!(imported.log.full().contains("did not exist in the year"));
    let flows = read_with("Gravity_V202211.csv", &["tradeflow_comtrade_o"]);
    assert_eq!(
        rows(&flows, "cepii-tradeflow-comtrade-o"),
        ["CAN,USA,90,1990,1991", "CAN,USA,95,1991,1992", "USA,CAN,80,1990,1991"]
    );
}

#[test]
fn the_highest_intensity_of_the_conflicts_of_a_year_counts_and_peace_is_zero() {
    let imported = read("UcdpPrioConflict_v24_1.csv");
    assert_eq!(rows(&imported, "ucdp-internal"), ["PER,1,1990", "PER,2,1991", "PER,0,1992"]);
    assert_eq!(
        rows(&imported, "ucdp-interstate"),
        [
            "IRQ,2,1991",
            "IRQ,0,1992",
            "IRQ,1,1993",
            "KWT,2,1991",
            "KWT,0,1992",
            "KWT,1,1993",
            "USA,2,1991",
            "USA,0,1992"
        ]
    );
    assert_eq!(
        rows(&imported, "ucdp-war"),
        ["IRQ,KWT,2,1991,1992", "IRQ,KWT,1,1993,1994", "IRQ,USA,2,1991,1992"]
    );
}

#[test]
fn leaders_hold_from_the_day_on_which_they_came() {
    let imported = read("Archigos_4.1.txt");
    assert_eq!(rows(&imported, "leader"), ["PER,\"First, Leader\",1990-07-28", "PER,Second,1995-04-05"]);
    assert_eq!(rows(&imported, "leader-irregular"), ["PER,0,1990-07-28", "PER,1,1995-04-05"]);
    assert_eq!(imported.log.unresolved_rows, 1);
}

#[test]
fn minus_nine_is_a_regime_and_minus_seventy_seven_is_none() {
    let imported = read("p5v2018.csv");
    assert_eq!(
        rows(&imported, "polity2"),
        ["RUS,-4,1989", "RUS,-1,1990", "SAU,-9,1989", "SAU,-8,1990", "USA,10,1989"]
    );
    assert_eq!(imported.log.missing["polity2"], 1);
    let democracy = read_with("p5v2018.csv", &["democ"]);
    assert_eq!(democracy.log.missing["democ"], 2);
}

#[test]
fn policies_of_american_states_are_histories() {
    let imported = read_with("spid.csv", &["lottery"]);
    assert_eq!(rows(&imported, "spid-lottery"), ["OH,1974", "IA,1985"]);
    assert_eq!(imported.log.duplicates["lottery"], 1);
    let error =
        Registry::default().import(&made("spid.csv"), None, &Settings::default()).unwrap_err().to_string();
    assert!(error.contains("holds 2 policies") && error.contains("lottery (2)"), "{error}");
}

#[test]
fn the_log_accounts_for_every_row_and_says_how_to_use_the_tables() {
    let imported = read("contdird.csv");
    let log = imported.log.full();
    for words in [
        "read as: cow-contiguity, COW direct contiguity v3.2",
        "cite: Stinnett",
        "rows: 5 read, 5 kept",
        "years: 1990 to 1990",
        "rows that repeat another: none",
        "in a scenario: network.layer.cow-land = { file = \"cow-land.csv\", undirected = true }",
    ] {
        assert!(log.contains(words), "`{words}` in: {log}");
    }
    let short = imported.log.short();
    assert!(short.contains("-> cow-land.csv") && short.lines().count() < 8, "{short}");
}
