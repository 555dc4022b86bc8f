//! The ground of what floats over the map.

use egui::{Frame, Margin, Stroke};

use crate::theme::{Theme, size};

/// A panel that lies on the map.
pub fn panel(theme: Theme) -> Frame {
    Frame::new()
        .fill(theme.floating())
        .stroke(Stroke::new(1.0, theme.hairline()))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(14, 10))
}
