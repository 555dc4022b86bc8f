//! Numbers, as short as they can be: a hundredth of a point is four thousandths of a millimetre.

use std::fmt::Write as _;

/// A length in hundredths of a point. Far beyond any paper it is cut off.
pub fn hundredths(v: f32) -> i64 {
    const FARTHEST: f64 = 1e12;
    #[expect(clippy::cast_possible_truncation, reason = "clamped; what is no number becomes zero")]
    let whole = (f64::from(v) * 100.0).clamp(-FARTHEST, FARTHEST).round() as i64;
    whole
}

/// Appends hundredths as a decimal number.
pub fn push_hundredths(v: i64, out: &mut String) {
    if v < 0 {
        out.push('-');
    }
    let (whole, part) = (v.unsigned_abs() / 100, v.unsigned_abs() % 100);
    // Writing to a string cannot fail.
    let _ = match (whole, part) {
        (whole, 0) => write!(out, "{whole}"),
        (0, part) if part % 10 == 0 => write!(out, ".{}", part / 10),
        (0, part) => write!(out, ".{part:02}"),
        (whole, part) if part % 10 == 0 => write!(out, "{whole}.{}", part / 10),
        (whole, part) => write!(out, "{whole}.{part:02}"),
    };
}

/// Appends a length in points.
pub fn push(v: f32, out: &mut String) {
    push_hundredths(hundredths(v), out);
}

/// A share from 0 to 1, with three digits.
pub fn push_share(v: f32, out: &mut String) {
    let thousandths = (v.clamp(0.0, 1.0) * 1000.0).round();
    let _ = write!(out, "{}", thousandths / 1000.0);
}
