//! How the map is framed by what lies around and over it.

use crate::scene::Padding;

/// What the window does with the map.
#[derive(Debug, Clone, Copy, Default)]
pub struct MapFrame {
    /// What panels cover.
    pub padding: Padding,
    /// A slide: no furniture but the credits, larger labels.
    pub presenting: bool,
}
