//! Why a plan's file cannot be read as one.

use crate::store::layers::Fault;

/// Why a file gives no plan. Each kind has its words under `paper.KEY` in the locale files: why,
/// and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperFault {
    /// It is protected by a password.
    Encrypted,
    /// A form that is not read, by its usual name, such as `DOC`.
    OtherForm(&'static str),
    /// It would take more memory or time than is given to a file.
    TooLarge,
    /// It holds no words.
    NoWords,
    /// Its pages are pictures: it was scanned and not read.
    NoTextLayer { pages: usize },
    /// Its fonts do not say which characters their signs are.
    NoCharacters { fonts: String },
    /// It is damaged, and how.
    Damaged { form: &'static str, fault: Fault },
    /// Reading was stopped.
    Stopped,
}

impl PaperFault {
    /// Where its words stand, below `paper.`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::OtherForm(_) => "other_form",
            Self::TooLarge => "too_large",
            Self::NoWords => "no_words",
            Self::NoTextLayer { .. } => "no_text_layer",
            Self::NoCharacters { .. } => "no_characters",
            Self::Damaged { .. } => "damaged",
            Self::Stopped => "stopped",
        }
    }

    /// Damage of a form, told by its kind; what has words of its own keeps them.
    pub fn of(form: &'static str, fault: Fault) -> Self {
        match fault {
            Fault::Encrypted => Self::Encrypted,
            Fault::TooLarge => Self::TooLarge,
            fault => Self::Damaged { form, fault },
        }
    }
}

/// In English, for the log.
impl std::fmt::Display for PaperFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encrypted => f.write_str("it is protected by a password"),
            Self::OtherForm(form) => write!(f, "files of {form} are not read"),
            Self::TooLarge => f.write_str("it unpacks to more than can be read"),
            Self::NoWords => f.write_str("it holds no words"),
            Self::NoTextLayer { pages } => write!(f, "no text layer on {pages} pages"),
            Self::NoCharacters { fonts } => write!(f, "no characters known of {fonts}"),
            Self::Damaged { form, fault } => write!(f, "damaged {form}: {fault}"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}
