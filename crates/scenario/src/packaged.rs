//! Which tables of the packaged world a scenario reads.

use toml::{Table, Value};

/// The names of the packaged layers, attributes and affiliations that a scenario's text names as
/// `world = "…"`, sorted, a packaged world by its name among them; `None` if it has nothing to do with the packaged world. The text must be
/// one that [`Scenario::read`](crate::Scenario::read) accepts.
///
/// ```
/// let text = "[network]\nworld = true\nlayer = { pacts = { world = \"defence\" } }";
/// assert_eq!(normwave_scenario::packaged_tables(text), Some(vec!["defence".to_owned()]));
/// assert_eq!(normwave_scenario::packaged_tables("[network]"), None);
/// ```
#[must_use]
pub fn packaged_tables(text: &str) -> Option<Vec<String>> {
    let root: Table = text.parse().ok()?;
    let network = root.get("network")?.as_table()?;
    let mut names: Vec<String> = ["layer", "attribute", "affiliation"]
        .iter()
        .filter_map(|kind| network.get(*kind)?.as_table())
        .flat_map(|tables| tables.values())
        .filter_map(|table| Some(table.get("world")?.as_str()?.to_owned()))
        .collect();
    let world = network.get("world");
    names.extend(world.and_then(Value::as_str).map(str::to_owned));
    names.sort_unstable();
    names.dedup();
    let states = world.and_then(Value::as_bool).unwrap_or(false);
    (states || !names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_named_twice_comes_once() {
        let text = "
            [network.layer]
            a = { world = \"trade\" }
            b = { world = \"trade\" }
            c = { file = \"c.csv\" }
            [network.attribute.power]
            world = \"cinc\"
            [network.affiliation]
            igo = { world = \"igo\" }";
        assert_eq!(packaged_tables(text).unwrap(), ["cinc", "igo", "trade"]);
        assert_eq!(packaged_tables("[network]\nworld = true"), Some(vec![]));
        assert_eq!(packaged_tables("[network]\nworld = \"us-states\""), Some(vec!["us-states".to_owned()]));
        assert_eq!(packaged_tables("[network]\nworld = false"), None);
        assert_eq!(packaged_tables("no scenario"), None);
    }
}
