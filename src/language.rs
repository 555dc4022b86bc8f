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

/// The text of a key in the language.
#[macro_export]
macro_rules! tr {
    ($language:expr, $key:expr) => {
        rust_i18n::t!($key, locale = $language.tag()).into_owned()
    };
    ($language:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        rust_i18n::t!($key, locale = $language.tag(), $($name = $value),+).into_owned()
    };
}
