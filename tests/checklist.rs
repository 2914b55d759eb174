//! The checklist says of every item where it is shown, or that it is not there yet; what it points
//! to exists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

// The rows of the table: item and where it is shown.
fn rows() -> Vec<(u32, String)> {
    let page = std::fs::read_to_string(docs().join("checklist.md")).unwrap();
    let mut rows = Vec::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if let (Ok(item), 3) = (cells[0].parse(), cells.len()) {
            rows.push((item, cells[2].to_owned()));
        }
    }
    rows
}

// Links of a text, each with the code in backticks that follows it up to the next link.
fn links(text: &str) -> Vec<(String, Vec<String>)> {
    let mut links = Vec::new();
    for part in text.split("](").skip(1) {
        let Some((target, rest)) = part.split_once(')') else { continue };
        let rest = rest.rsplit_once('[').map_or(rest, |(before, _)| before);
        let code = rest.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        links.push((target.to_owned(), code));
    }
    links
}

#[test]
fn every_item_stands_in_the_list_once() {
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    rows().iter().for_each(|(item, _)| *seen.entry(*item).or_default() += 1);
    let expected = (1..=99).chain(133..=197);
    for item in expected {
        assert_eq!(seen.remove(&item), Some(1), "item {item}");
    }
    assert!(seen.is_empty(), "{seen:?}");
}

#[test]
fn every_item_is_shown_somewhere_or_said_to_be_missing() {
    for (item, shown) in rows() {
        assert!(!links(&shown).is_empty() || shown.starts_with("Not yet"), "item {item}: {shown}");
    }
}

#[test]
fn what_the_pages_link_to_exists() {
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(docs()).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.extend(std::fs::read_dir(docs().join("cases")).unwrap().map(|entry| entry.unwrap().path()));
    pages.push(docs().join("../README.md"));
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    assert!(pages.len() > 5);
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for (target, _) in links(&text).iter().filter(|(target, _)| !target.contains("://")) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            assert!(file.exists(), "{}: {target} leads nowhere", page.display());
            if !anchor.is_empty() && file.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(&file).unwrap();
                let headings = text.lines().filter(|line| line.starts_with('#')).map(anchor_of);
                assert!(
                    headings.into_iter().any(|heading| heading == anchor),
                    "{}: {target}",
                    page.display()
                );
            }
        }
    }
}

// As forges make them: lower case, blanks to hyphens, punctuation dropped.
fn anchor_of(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn tests_and_cases_that_the_list_names_are_in_the_files_that_it_names() {
    for (item, shown) in rows() {
        for (target, names) in links(&shown) {
            let path = docs().join(target.split('#').next().unwrap_or_default());
            if names.is_empty() || path.is_dir() {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for name in names {
                assert!(text.contains(&name), "item {item}: {target} has no `{name}`");
            }
        }
    }
}
