//! How wide a text is in a figure, and what to do when it is too wide.
//!
//! An SVG cannot ask the reader's font, so widths come from the metrics of
//! Helvetica (which Arial and Liberation Sans share) with a margin for others.

/// Advance widths of the characters from space to `~`, in thousandths of the font size.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// Room for fonts that run wider than Helvetica.
const MARGIN: f64 = 1.04;
const BOLD: f64 = 1.07;

/// Width of `text` in user units at font size `size`.
pub(crate) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: f64 = text.chars().map(char_width).sum();
    let weight = if bold { BOLD } else { 1.0 };
    thousandths / 1000.0 * size * MARGIN * weight
}

/// `text` cut with `…` so that it is at most `max` wide.
pub(crate) fn fit(text: &str, size: f64, bold: bool, max: f64) -> String {
    if text_width(text, size, bold) <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if text_width(&kept, size, bold) + text_width("…", size, bold) > max {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// `text` broken at spaces (no-break spaces hold) into at most `max_lines` lines; what is left over is cut with `…`.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, max: f64, max_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(&word) = words.peek() {
        if lines.len() + 1 >= max_lines {
            let rest = words.by_ref().collect::<Vec<_>>().join(" ");
            lines.push(fit(&rest, size, bold, max));
            break;
        }
        let mut line = word.to_owned();
        words.next();
        while let Some(&next) = words.peek() {
            let longer = format!("{line} {next}");
            if text_width(&longer, size, bold) > max {
                break;
            }
            line = longer;
            words.next();
        }
        lines.push(fit(&line, size, bold, max));
    }
    lines
}

fn char_width(c: char) -> f64 {
    match c {
        ' '..='~' => f64::from(HELVETICA[c as usize - 32]),
        '…' | '—' | '→' | '←' => 1000.0,
        '\u{0300}'..='\u{036f}' => 0.0,
        '\u{a0}'..='\u{24f}' | '−' | '≥' | '≤' | '–' => 600.0,
        '\u{370}'..='\u{5ff}' => 700.0,
        _ => 1000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_word_is_cut_rather_than_left_hanging_out() {
        let line = fit("Bundesverfassungsgericht", 13.0, false, 60.0);
        assert!(line.ends_with('…'));
        assert!(line.starts_with("Bund"));
    }

    #[test]
    fn wrapping_keeps_every_word_while_there_are_lines() {
        let lines = wrap("one two three four", 10.0, false, 50.0, 9);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), "one two three four");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in "\\PC{0,80}", max in 20.0..200.0f64, n in 1usize..4) {
            let lines = wrap(&text, 12.0, false, max, n);
            prop_assert!(lines.len() <= n);
            for line in lines {
                prop_assert!(text_width(&line, 12.0, false) <= max, "{line}");
            }
        }
    }
}
