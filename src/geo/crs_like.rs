//! Which numbers of EPSG a mistyped one may have meant.

use super::Crs;

/// A mistyped number has no more digits.
const MOST_DIGITS: usize = 7;

impl Crs {
    /// Known systems whose number is a slip of the finger away: two digits swapped, one wrong, missing
    /// or too many. Swapped digits come first, then what is nearest in value.
    ///
    /// ```
    /// use jintu::geo::Crs;
    ///
    /// let like = |code| Crs::of_epsg_like(code).into_iter().map(|(n, _)| n).collect::<Vec<_>>();
    /// assert_eq!(like("4574").first(), Some(&4547));
    /// assert!(like("45470").contains(&4547) && like("457").contains(&4547));
    /// assert!(like("99999").is_empty() && like("x").is_empty());
    /// ```
    pub fn of_epsg_like(code: &str) -> Vec<(u32, Self)> {
        let digits = code.trim().as_bytes();
        if digits.len() > MOST_DIGITS || !digits.iter().all(u8::is_ascii_digit) {
            return Vec::new();
        }
        let Ok(own) = code.trim().parse::<u32>() else { return Vec::new() };
        let mut found: Vec<(bool, u32, u32, Self)> = Vec::new();
        let mut take = |text: &[u8], is_swap: bool| {
            let number = std::str::from_utf8(text).ok().and_then(|text| text.parse::<u32>().ok());
            let Some(number) = number else { return };
            let is_known = found.iter().any(|(_, _, known, _)| *known == number);
            if let Some(crs) = Self::from_epsg(i64::from(number)).filter(|_| number > 999)
                && !is_known
            {
                found.push((!is_swap, number.abs_diff(own), number, crs));
            }
        };
        for at in 1..digits.len() {
            let mut text = digits.to_vec();
            text.swap(at - 1, at);
            take(&text, true);
        }
        for at in 0..=digits.len() {
            for digit in b'0'..=b'9' {
                let mut text = digits.to_vec();
                text.insert(at, digit);
                take(&text, false);
                if let Some(place) = text.get(at + 1).map(|_| at + 1) {
                    text.remove(place);
                    take(&text, false);
                }
            }
            if at < digits.len() {
                let mut text = digits.to_vec();
                text.remove(at);
                take(&text, false);
            }
        }
        found.sort_by_key(|(is_other, far, number, _)| (*is_other, *far, *number));
        found.into_iter().map(|(_, _, number, crs)| (number, crs)).collect()
    }
}
