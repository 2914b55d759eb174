//! Numbers as readers see them, the same in tables, figures and pages.
//!
//! A number that is not finite reads `n/a`; a negative zero loses its sign.

/// What stands for a number that is absent or not finite.
pub const ABSENT: &str = "n/a";

/// `value` with a fixed number of decimals.
///
/// From 10¹⁵ on, digits behind the point say nothing and the scientific form is used.
///
/// ```
/// use normwave_report::fixed;
/// assert_eq!(fixed(1.0 / 3.0, 2), "0.33");
/// assert_eq!(fixed(-0.001, 2), "0.00");
/// assert_eq!(fixed(f64::NAN, 2), "n/a");
/// ```
pub fn fixed(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return ABSENT.into();
    }
    if value.abs() >= 1e15 {
        return format!("{value:.digits$e}");
    }
    let text = format!("{value:.digits$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| matches!(c, '0' | '.')) => rest.into(),
        _ => text,
    }
}

/// `value` with a fixed number of decimals and always a sign, `0` excepted.
///
/// ```
/// use normwave_report::signed;
/// assert_eq!(signed(4.7, 1), "+4.7");
/// assert_eq!(signed(-0.7, 1), "-0.7");
/// assert_eq!(signed(0.01, 1), "0.0");
/// ```
pub fn signed(value: f64, digits: usize) -> String {
    let text = fixed(value, digits);
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if value > 0.0 && value.is_finite() && !is_zero { format!("+{text}") } else { text }
}

/// A share of one as a percentage.
///
/// ```
/// assert_eq!(normwave_report::percent(0.642, 1), "64.2 %");
/// ```
pub fn percent(share: f64, digits: usize) -> String {
    match fixed(share * 100.0, digits) {
        text if text == ABSENT => text,
        text => format!("{text} %"),
    }
}

/// `value` with about three significant digits, whatever its size.
///
/// Meant for bar ends and axis ticks, where the sizes are not known beforehand.
///
/// ```
/// use normwave_report::compact;
/// assert_eq!(compact(0.01234), "0.0123");
/// assert_eq!(compact(2.0), "2");
/// assert_eq!(compact(1234.6), "1235");
/// assert_eq!(compact(1e9), "1e9");
/// ```
pub fn compact(value: f64) -> String {
    if !value.is_finite() {
        return ABSENT.into();
    }
    let size = value.abs();
    let text = if size < 1e-12 {
        return "0".into();
    } else if !(1e-3..1e6).contains(&size) {
        return scientific(value);
    } else if size >= 100.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 0.1 {
        format!("{value:.2}")
    } else {
        format!("{value:.4}")
    };
    trim_zeros(&text).into()
}

/// `value` as mantissa and exponent, as in `2.5e6`.
pub(crate) fn scientific(value: f64) -> String {
    let text = format!("{value:.2e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => format!("{}e{exponent}", trim_zeros(mantissa)),
        None => text,
    }
}

/// The typographic minus for figures; plain text keeps the hyphen, which other programs read.
pub(crate) fn with_minus(text: &str) -> String {
    text.replace('-', "\u{2212}")
}

fn trim_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_reads_as_absent() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(fixed(value, 2), "n/a");
            assert_eq!(signed(value, 2), "n/a");
            assert_eq!(percent(value, 0), "n/a");
            assert_eq!(compact(value), "n/a");
        }
    }

    #[test]
    fn a_rounded_zero_has_no_sign() {
        assert_eq!(fixed(-0.0, 1), "0.0");
        assert_eq!(fixed(-0.04, 1), "0.0");
        assert_eq!(signed(-0.04, 1), "0.0");
        assert_eq!(signed(0.04, 1), "0.0");
        assert_eq!(compact(-0.0), "0");
    }

    #[test]
    fn compact_stays_short_at_every_size() {
        for exponent in -300..300 {
            for mantissa in [1.0, -1.234_567, 9.999_9] {
                let text = compact(mantissa * 10f64.powi(exponent));
                assert!(text.len() <= 10, "{text}");
            }
        }
        assert_eq!(compact(99_999_999.0), "1e8");
        assert_eq!(compact(-0.05), "-0.05");
        assert_eq!(compact(1e-9), "1e-9");
    }

    #[test]
    fn huge_numbers_do_not_become_long() {
        assert_eq!(fixed(1e300, 1), "1.0e300");
    }
}
