//! What the camera is asked to show.

use crate::{
    scene::Viewport,
    units::{Extent, LonLat},
};

/// What the camera should show.
#[derive(Debug, Clone, PartialEq)]
pub enum FitTarget {
    City,
    /// Everything that the filter lets pass.
    Shown,
    Selection,
    Projects(Vec<String>),
    County(String),
    Extent(Extent),
    /// The same as it was left: with nothing more around it than the window's shape asks for.
    Exact(Extent),
    /// A place, left of the sheet that asks about it, and the other one where both have room.
    Preview {
        lands: Extent,
        with: Option<Extent>,
    },
    /// The same of features, as close as they are small.
    Close(Extent),
    /// A view that was left, with the window's size of now.
    View(Viewport),
    /// This position in the middle, at the zoom there is.
    Center(LonLat),
}
