//! The languages of the interface, and texts that exist in both.

use serde::{Deserialize, Serialize};

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    #[serde(rename = "en")]
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The name of its locale file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    pub const fn is_english(self) -> bool {
        matches!(self, Self::English)
    }

    /// The one of the two strings that is in this language.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::English if !en.is_empty() => en,
            _ => zh,
        }
    }
}

/// A text in both languages: a name, a sentence of the seeds, a finding.
///
/// Chinese comes first: English falls back to it where it is empty. It has no saved form of its
/// own; each file that keeps such a pair has its own keys.
///
/// ```
/// use jintu::language::{Bilingual, Language};
///
/// let river = Bilingual::new("汾河", "Fen River");
/// assert_eq!(river.get(Language::English), "Fen River");
///
/// let village = Bilingual::new("晋源", "");
/// assert_eq!(village.get(Language::English), "晋源");
/// assert_eq!(village.only(Language::English), "");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bilingual {
    pub zh: String,
    /// Empty where there is none.
    pub en: String,
}

impl Bilingual {
    /// A text that says the same twice.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// A text that is the same in both languages, such as a name that a file gives itself.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// The text as a reader of this language gets it; never empty where there is any Chinese.
    pub const fn get(&self, language: Language) -> &str {
        language.pick(self.zh.as_str(), self.en.as_str())
    }

    /// The text of this language alone, for what has none in the other on purpose.
    pub const fn only(&self, language: Language) -> &str {
        match language {
            Language::Chinese => self.zh.as_str(),
            Language::English => self.en.as_str(),
        }
    }

    /// Whether it says nothing in either language.
    pub const fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// Chooses between the forms of words that follow a number: `1 tile{|s}` becomes `1 tile`, and
/// `2 entr{y|ies}` `2 entries`. A form is of letters and blanks; anything else in braces is left as it
/// is.
///
/// ```
/// use jintu::language::plural;
///
/// assert_eq!(plural("1 project{|s}, 1,021 entr{y|ies}".to_owned()), "1 project, 1,021 entries");
/// assert_eq!(plural("3 {page is|pages are} blank".to_owned()), "3 pages are blank");
/// assert_eq!(plural("https://host/{z}/{x|}/{y}".to_owned()), "https://host/{z}/{x|}/{y}");
/// ```
pub fn plural(text: String) -> String {
    if !text.contains('{') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let forms = after.split_once('}').and_then(|(inside, _)| inside.split_once('|'));
        let letters = |form: &str| form.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
        match forms.zip(last_number(&out)) {
            Some(((one, many), number)) if letters(one) && letters(many) => {
                out.push_str(if number == "1" { one } else { many });
                rest = after.split_once('}').map_or("", |(_, rest)| rest);
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The number that a text names last.
fn last_number(text: &str) -> Option<&str> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let head = text.get(..end)?;
    let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let start = head.rfind(|c| !is_part(c)).map_or(0, |at| at + 1);
    head.get(start..).map(|number| number.trim_start_matches(['.', ',']))
}

/// The text of a key in the language.
#[macro_export]
macro_rules! tr {
    ($language:expr, $key:expr) => {
        rust_i18n::t!($key, locale = $language.tag()).into_owned()
    };
    ($language:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::language::plural(
            rust_i18n::t!($key, locale = $language.tag(), $($name = $value),+).into_owned(),
        )
    };
}
