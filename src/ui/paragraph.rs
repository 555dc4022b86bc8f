//! How paragraphs of the plan are set.

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    Chapter,
    Heading,
    Body,
    /// Inside a box, on a tinted ground.
    Box,
}

/// Size and line height in points.
pub const fn measure(set: Set) -> (f32, f32) {
    match set {
        Set::Chapter => (18.0, 30.0),
        Set::Heading => (15.0, 26.0),
        Set::Body => (14.0, 24.0),
        Set::Box => (13.5, 22.0),
    }
}

/// Air below a paragraph.
pub const fn gap(set: Set) -> f32 {
    match set {
        Set::Chapter => 26.0,
        Set::Body => 10.0,
        Set::Heading | Set::Box => 8.0,
    }
}
