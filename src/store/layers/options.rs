//! What the user says about a file that the file itself may not say.

use crate::geo::Crs;

/// How a file is to be opened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenOptions {
    /// What its coordinates refer to, over what the file says.
    pub crs: Option<Crs>,
    /// Whether north stands before east.
    pub swapped: bool,
    /// Only the layer of this name.
    pub layer: Option<String>,
}
