//! A table of any bytes is read or refused with a place in it.
//!
//! The first byte chooses what the table is; the rest is the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use normwave_scenario::{Files, Overrides, Registries, Scenario, text_of};
use std::io::{Error, ErrorKind};
use std::sync::LazyLock;

static REGISTRIES: LazyLock<Registries> = LazyLock::new(Registries::default);

const TABLES: [&str; 5] = [
    "actors = [\"t.csv\"]",
    "layer.x.file = \"t.csv\"",
    "layer.x = { file = \"t.csv\", undirected = true }",
    "attribute.x.file = \"t.csv\"",
    "affiliation.x.file = \"t.csv\"",
];

struct Bytes<'a>(&'a [u8]);

impl Files for Bytes<'_> {
    fn read(&self, _: &str) -> std::io::Result<String> {
        text_of(self.0.to_vec()).map_err(|error| Error::new(ErrorKind::InvalidData, error))
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, table)) = bytes.split_first() else { return };
    let scenario = format!(
        "schema = 1\ntitle = \"t\"\nperiod = {{ start = 1997-01-01, until = 1998-01-01, tick = \"month\" }}\n\
         [network]\nactor = [{{ id = \"USA\" }}, {{ id = \"GBR\" }}, {{ id = \"NOR\" }}]\n{}\n",
        TABLES[usize::from(*kind) % TABLES.len()]
    );
    match Scenario::read("fuzz.toml", &scenario, &Bytes(table), &REGISTRIES, &Overrides::default()) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(scenario) => drop(scenario.network_at(0)),
    }
});
