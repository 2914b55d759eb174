//! The tutorial and the page on describing, followed word by word: their files are written,
//! their commands run, and what they say is printed is what is printed.

mod followed_page;

use followed_page::{blocks, run, trimmed};
use std::path::Path;

// How many files were written, blocks of commands run, and outputs compared.
fn follow(name: &str) -> [usize; 3] {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    let page = std::fs::read_to_string(page).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut printed = String::new();
    let [mut files, mut commands, mut compared] = [0; 3];
    for block in blocks(&page) {
        if let Some(name) = block.info.split_once("file=").map(|(_, name)| name.trim()) {
            std::fs::write(folder.join(name), &block.text).unwrap();
            files += 1;
        } else if block.info == "sh" {
            printed = block.text.lines().map(|command| run(&folder, command)).collect();
            commands += 1;
        } else if block.info == "text" {
            let (found, expected) = (trimmed(&printed), trimmed(&block.text));
            let [found_text, expected_text] = [&found, &expected].map(|lines| lines.join("\n"));
            assert!(
                found == expected,
                "docs/{name}:{}: printed is\n{found_text}\nand not\n{expected_text}",
                block.line
            );
            compared += 1;
        }
    }
    [files, commands, compared]
}

#[test]
fn what_the_tutorial_says_is_what_happens() {
    let [files, commands, compared] = follow("tutorial.md");
    assert!(files >= 5 && commands >= 6 && compared >= 4, "{files} files, {commands} commands, {compared}");
}

#[test]
fn what_the_page_on_describing_says_is_what_happens() {
    let [files, commands, compared] = follow("describe.md");
    assert!(files >= 5 && commands >= 3 && compared >= 1, "{files} files, {commands} commands, {compared}");
    let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join("describe.md/described");
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/describe.md")).unwrap();
    for entry in std::fs::read_dir(written).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let told =
            page.contains(&format!("`{name}`")) || ["figures", "manifest.json"].contains(&name.as_str());
        assert!(told, "the page does not tell of {name}");
    }
}
