//! The tutorial and the page on describing, followed word by word: their files are written,
//! their commands run, and what they say is printed is what is printed.

use std::path::Path;
use std::process::Command;

// A fenced block: what stands behind the fence, and what stands in it.
struct Block<'t> {
    info: &'t str,
    text: String,
    line: usize,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (no, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(info), None) => open = Some(Block { info, text: String::new(), line: no + 1 }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                block.text += line;
                block.text += "\n";
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

fn run(folder: &Path, command: &str) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("normwave"), "{command}");
    let mut normwave = Command::new(env!("CARGO_BIN_EXE_normwave-command"));
    let output = normwave.args(words).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {said}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).unwrap()
}

// Trailing blanks are nobody's business.
fn trimmed(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

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
