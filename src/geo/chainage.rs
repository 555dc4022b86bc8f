//! Chainage (里程桩号): a distance along a line, written `K12+345`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Chainages from this on are taken for a slip of the pen.
const LIMIT_M: f64 = 1.0e8;

/// A distance from the start of a line. Written with whole kilometres before the plus sign and
/// metres behind it; a precision such as `{:.1}` adds decimals of a metre.
///
/// ```
/// use jintu::geo::Chainage;
///
/// assert_eq!(Chainage::from_m(12_345.0).to_string(), "K12+345");
/// assert_eq!(format!("{:.2}", Chainage::from_km(12.345_678)), "K12+345.68");
/// // Rounded as a whole: no thousand metres come up behind the plus sign.
/// assert_eq!(Chainage::from_m(12_999.5).to_string(), "K13+000");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chainage {
    /// In metres.
    pub m: f64,
}

/// Why a text is no chainage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainageError {
    #[error("a chainage is missing")]
    Empty,
    #[error("\"{0}\" is no chainage; write it as K12+345, 12345 (metres) or 12.345 (kilometres)")]
    NotAChainage(String),
    #[error("\"{0}\" has a thousand metres or more behind the plus sign")]
    TooManyMetres(String),
    #[error("\"{0}\" is longer than any line")]
    TooLong(String),
}

impl Chainage {
    pub const fn from_m(m: f64) -> Self {
        Self { m }
    }

    pub const fn from_km(km: f64) -> Self {
        Self { m: km * 1000.0 }
    }

    /// In kilometres.
    pub const fn km(self) -> f64 {
        self.m / 1000.0
    }
}

impl fmt::Display for Chainage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.m.is_finite() {
            return f.write_str("K?");
        }
        let decimals = f.precision().unwrap_or(0).min(6);
        let digits = format!("{:.decimals$}", self.m.abs());
        let (metres, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let padded = format!("{metres:0>4}");
        let (km, rest) = padded.split_at(padded.len().saturating_sub(3));
        let is_zero = digits.bytes().all(|b| matches!(b, b'0' | b'.'));
        let sign = if self.m < 0.0 && !is_zero { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}K{km}+{rest}{point}{fraction}")
    }
}

impl FromStr for Chainage {
    type Err = ChainageError;

    /// Reads `K12+345`, `k12+345.6`, `12+345`, `K12` and `K12.345` (kilometres), `12345` (metres) and
    /// `12.345` (kilometres: a plain number with a decimal point), full-width characters and a
    /// leading minus sign included.
    ///
    /// ```
    /// use jintu::geo::{Chainage, ChainageError};
    ///
    /// for text in ["K12+345", "Ｋ１２＋３４５", "12345", "12.345"] {
    ///     assert!((text.parse::<Chainage>()?.m - 12_345.0).abs() < 1e-9, "{text}");
    /// }
    /// let slip = "K12+1345".parse::<Chainage>();
    /// assert_eq!(slip, Err(ChainageError::TooManyMetres("K12+1345".to_owned())));
    /// # Ok::<(), ChainageError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, ChainageError> {
        let shown = text.trim();
        let plain: String = shown.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
        if plain.is_empty() {
            return Err(ChainageError::Empty);
        }
        let wrong = || ChainageError::NotAChainage(shown.to_owned());
        let (sign, unsigned) = plain.strip_prefix('-').map_or((1.0, plain.as_str()), |r| (-1.0, r));
        let after_k = unsigned.strip_prefix(['K', 'k']);
        let body = after_k.unwrap_or(unsigned);
        let m = if let Some((km, metres)) = body.split_once('+') {
            if km.contains('.') {
                return Err(wrong());
            }
            let metres = number(metres).ok_or_else(wrong)?;
            if metres >= 1000.0 {
                return Err(ChainageError::TooManyMetres(shown.to_owned()));
            }
            number(km).ok_or_else(wrong)? * 1000.0 + metres
        } else if after_k.is_some() || body.contains('.') {
            number(body).ok_or_else(wrong)? * 1000.0
        } else {
            number(body).ok_or_else(wrong)?
        };
        if m >= LIMIT_M {
            return Err(ChainageError::TooLong(shown.to_owned()));
        }
        Ok(Self { m: sign * m })
    }
}

/// Digits with at most one point between them, nothing else.
fn number(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (digits(whole) && digits(fraction)).then(|| text.parse().ok()).flatten()
}

/// Full-width forms (U+FF01–U+FF5E) to ASCII.
fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
