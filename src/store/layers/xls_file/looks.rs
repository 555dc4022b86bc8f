//! Which numbers of a workbook are dates: their cells look so.

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Number,
    Date,
    /// A time that goes on beyond a day.
    Span,
}

impl Look {
    /// By a format that the program has built in ([MS-XLS] 2.4.126).
    pub const fn built_in(number: u16) -> Self {
        match number {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Span,
            _ => Self::Number,
        }
    }

    /// By the words of a format: `yyyy"年"m"月"`, `[h]:mm`, `0.00_ `.
    pub fn of_words(words: &str) -> Self {
        let mut signs = words.chars();
        while let Some(sign) = signs.next() {
            match sign {
                // The next is meant as it stands, or as wide as it stands.
                '\\' | '_' | '*' => drop(signs.next()),
                '"' => drop(signs.by_ref().find(|c| *c == '"')),
                '[' => {
                    let inner: String = signs.by_ref().take_while(|c| *c != ']').collect();
                    let inner = inner.to_ascii_lowercase();
                    let repeats =
                        |unit: char| !inner.is_empty() && inner.chars().all(|c| c == unit);
                    if ['h', 'm', 's'].into_iter().any(repeats) {
                        return Self::Span;
                    }
                }
                // Only how positive numbers look.
                ';' => break,
                'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return Self::Date,
                _ => {}
            }
        }
        Self::Number
    }
}
