//! What is wrong with a file that cannot be read, in kinds that can be told in every language.

use std::{fmt, io};

use zip::result::ZipError;

/// What is wrong with a file. Each kind has its words under `fault.KEY` in the locale files: why it
/// cannot be read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It ends before it should.
    Truncated,
    /// It is not what the ending of its name says.
    OtherContent,
    /// It is protected by a password.
    Encrypted,
    /// It would take more memory or time than is given to a file.
    TooLarge,
    /// What it begins with makes no sense.
    BadHead,
    /// It is of a version of the format that is not read.
    Version(String),
    /// It makes no sense from this byte on.
    AtByte(u64),
    /// It was changed while it was read.
    Changed,
    /// Something in it, in the words of a library, in English.
    Inside(String),
}

impl Fault {
    /// Where its words stand, below `fault.`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::OtherContent => "other_content",
            Self::Encrypted => "encrypted",
            Self::TooLarge => "too_large",
            Self::BadHead => "bad_head",
            Self::Version(_) => "version",
            Self::AtByte(_) => "at_byte",
            Self::Changed => "changed",
            Self::Inside(_) => "inside",
        }
    }

    /// What the file itself gives for the words.
    pub fn detail(&self) -> String {
        match self {
            Self::Version(detail) | Self::Inside(detail) => detail.clone(),
            Self::AtByte(byte) => byte.to_string(),
            _ => String::new(),
        }
    }

    /// In a library's own words.
    pub fn inside(reason: impl fmt::Display) -> Self {
        Self::Inside(reason.to_string())
    }
}

/// In English, for the log.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("it ends before it should"),
            Self::OtherContent => f.write_str("it is not what the ending of its name says"),
            Self::Encrypted => f.write_str("it is protected by a password"),
            Self::TooLarge => f.write_str("it unpacks to more than can be read"),
            Self::BadHead => f.write_str("what it begins with makes no sense"),
            Self::Version(version) => write!(f, "version {version} is not read"),
            Self::AtByte(byte) => write!(f, "it makes no sense from byte {byte} on"),
            Self::Changed => f.write_str("it was changed while it was read"),
            Self::Inside(reason) => f.write_str(reason),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(reason: io::Error) -> Self {
        match reason.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated,
            _ => Self::inside(reason),
        }
    }
}

impl From<ZipError> for Fault {
    fn from(reason: ZipError) -> Self {
        match reason {
            ZipError::Io(reason) => reason.into(),
            // What a ZIP file holds is told at its end: one without it was cut.
            ZipError::InvalidArchive(_) => Self::Truncated,
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
            | ZipError::InvalidPassword => Self::Encrypted,
            other => Self::inside(other),
        }
    }
}

/// What is not closed was cut.
impl From<quick_xml::Error> for Fault {
    fn from(reason: quick_xml::Error) -> Self {
        use quick_xml::errors::SyntaxError;
        match reason {
            quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup) => Self::inside(reason),
            quick_xml::Error::Syntax(_) => Self::Truncated,
            other => Self::inside(other),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(reason: serde_json::Error) -> Self {
        if reason.is_eof() { Self::Truncated } else { Self::inside(reason) }
    }
}
