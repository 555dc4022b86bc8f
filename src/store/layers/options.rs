//! What the user says about a file that the file itself may not say.

use crate::{geo::Crs, layer::ChosenColumns, units::Extent};

/// How a file is to be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOptions {
    /// What its coordinates refer to, over what the file says.
    pub crs: Option<Crs>,
    /// Whether north stands before east.
    pub swapped: bool,
    /// Only the layer of this name.
    pub layer: Option<String>,
    /// Which columns of a table hold its coordinates.
    pub columns: Columns,
    /// Where the user's plan lies: of several places that figures may mean, the one near it is
    /// likely.
    pub near: Extent,
}

/// Which columns of a table hold its coordinates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Columns {
    /// Found by their names and figures.
    #[default]
    Found,
    /// As the user says.
    Chosen(ChosenColumns),
    /// Nobody has said: the first rows come back in [`super::LayerError::NoCoordinates`].
    Shown,
}

/// China, as far as nobody says more.
const CHINA: Extent = Extent { west_deg: 73.0, south_deg: 18.0, east_deg: 135.5, north_deg: 54.0 };

impl Default for OpenOptions {
    fn default() -> Self {
        Self { crs: None, swapped: false, layer: None, columns: Columns::Found, near: CHINA }
    }
}
