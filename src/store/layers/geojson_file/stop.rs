//! Why reading ends before the end.

use crate::store::layers::LayerError;

/// Why a document is not read to its end.
pub enum Stop {
    /// The file ends before it.
    Cut,
    Io(std::io::Error),
    Cancelled(LayerError),
    /// It is text in another encoding.
    OtherEncoding,
}

impl From<std::io::Error> for Stop {
    fn from(reason: std::io::Error) -> Self {
        Self::Io(reason)
    }
}
