//! In which counties the features of a chunk lie.

use super::Bits;

/// The counties of a chunk's features.
#[derive(Debug, Clone, PartialEq)]
pub enum Codes {
    /// One per row: points.
    One(Vec<u16>),
    /// Several per row: from `starts[row]` to `starts[row + 1]`.
    Several { starts: Vec<u32>, codes: Vec<u16> },
}

impl Codes {
    /// The rows that lie in any of the counties; one flag per county number.
    pub fn rows_in(&self, wanted: &[bool]) -> Bits {
        let is_wanted = |code: &u16| wanted.get(usize::from(*code)).copied().unwrap_or(false);
        match self {
            Self::One(codes) => {
                let mut words = vec![0_u64; codes.len().div_ceil(64)];
                // Word by word: a row is one look-up.
                for (word, codes) in words.iter_mut().zip(codes.chunks(64)) {
                    for (bit, code) in codes.iter().enumerate() {
                        *word |= u64::from(is_wanted(code)) << bit;
                    }
                }
                Bits::from_words(words)
            }
            Self::Several { starts, codes } => {
                let mut rows = Bits::none(starts.len().saturating_sub(1));
                for (row, ends) in starts.windows(2).enumerate() {
                    let [from, to] = ends else { continue };
                    let own = codes.get(*from as usize..*to as usize).unwrap_or_default();
                    if own.iter().any(is_wanted) {
                        rows.insert(row);
                    }
                }
                rows
            }
        }
    }
}
