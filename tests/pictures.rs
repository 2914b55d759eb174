//! The page on pictures, followed word by word, and its figures.
//!
//! `cargo test -p normwave-tests --test pictures -- --ignored` writes the figures anew.

mod followed_page;

use followed_page::{blocks, run, trimmed};
use std::path::{Path, PathBuf};

const FIGURES: &str = "figures/pictures";

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

// Follows the page in a folder of its own; returns it.
fn followed(name: &str) -> PathBuf {
    let page = std::fs::read_to_string(docs().join("pictures.md")).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join(FIGURES)).unwrap();
    let mut printed = String::new();
    let mut commands = 0;
    for block in blocks(&page) {
        if let Some(name) = block.info.split_once("file=").map(|(_, name)| name.trim()) {
            std::fs::write(folder.join(name), &block.text).unwrap();
        } else if block.info == "sh" {
            printed = block.text.lines().map(|command| run(&folder, command)).collect();
            commands += block.text.lines().count();
        } else if block.info == "text" {
            assert_eq!(trimmed(&printed), trimmed(&block.text), "docs/pictures.md:{}", block.line);
        }
    }
    assert!(commands >= 6, "{commands} commands");
    folder
}

fn figures(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(FIGURES)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_the_page_on_pictures_says_is_what_happens() {
    let folder = followed("pictures");
    let page = std::fs::read_to_string(docs().join("pictures.md")).unwrap();
    let anew = "write them anew: cargo test -p normwave-tests --test pictures -- --ignored";
    assert_eq!(figures(&folder), figures(&docs()), "{anew}");
    for name in figures(&folder) {
        let [drawn, kept] =
            [&folder, &docs()].map(|root| std::fs::read(root.join(FIGURES).join(&name)).unwrap());
        assert!(drawn == kept, "docs/{FIGURES}/{name} is not what is drawn; {anew}");
        assert!(page.contains(&format!("({FIGURES}/{name})")), "docs/pictures.md does not show {name}");
    }
}

#[test]
#[ignore = "writes into docs"]
fn the_figures_of_the_page_are_written() {
    let folder = followed("pictures-anew");
    let target = docs().join(FIGURES);
    std::fs::create_dir_all(&target).unwrap();
    for name in figures(&folder) {
        std::fs::copy(folder.join(FIGURES).join(&name), target.join(&name)).unwrap();
    }
}
