//! A page of the documentation as it is followed: its files, its commands, what it says is printed.

use std::path::Path;
use std::process::Command;

/// A fenced block: what stands behind the fence, and what stands in it.
pub(crate) struct Block<'t> {
    pub(crate) info: &'t str,
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// The fenced blocks of a page.
pub(crate) fn blocks(page: &str) -> Vec<Block<'_>> {
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

/// Runs a command in a folder; it must succeed. Returns what it printed.
pub(crate) fn run(folder: &Path, command: &str) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("normwave"), "{command}");
    let mut normwave = Command::new(env!("CARGO_BIN_EXE_normwave-command"));
    let output = normwave.args(words).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {said}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).unwrap()
}

/// Trailing blanks are nobody's business.
pub(crate) fn trimmed(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}
