//! What lies on paper: one list, in points, painted by every output.

use std::sync::Arc;

use crate::style::Rgba;

/// One thing on the paper, and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub drawing: Drawing,
    /// `None` for decoration.
    pub subject: Option<Subject>,
}

/// What an item stands for: what a click on it means, and its name in an SVG or a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The basemap; layers of it by name.
    Basemap(String),
    /// A layer of the user's, by name.
    Layer(String),
    /// Projects, by id: one, or several that share a mark.
    Projects(Vec<String>),
    Labels,
    /// A part of the sheet's furniture, by a stable name such as `legend`.
    Furniture(&'static str),
}

/// How an item looks. Positions are points from the paper's top left corner, x to the right and y
/// down.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    Path(PathDrawing),
    Rect(RectDrawing),
    Text(TextDrawing),
    Image(ImageDrawing),
    /// Items of which only what lies inside a box is seen.
    Clip {
        to: BoxPt,
        items: Vec<Item>,
    },
    /// Items that belong together, from the bottom up.
    Group(Vec<Item>),
}

/// A box: left, top, width and height in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoxPt {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// One or more outlines, filled (non-zero winding), then drawn along.
#[derive(Debug, Clone, PartialEq)]
pub struct PathDrawing {
    pub steps: Vec<Step>,
    pub fill: Option<Rgba>,
    pub pen: Option<Pen>,
}

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    Move([f32; 2]),
    Line([f32; 2]),
    /// A cubic Bézier: two handles and its end.
    Curve([f32; 2], [f32; 2], [f32; 2]),
    Close,
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Pen {
    pub width_pt: f32,
    pub color: Rgba,
    /// Lengths of dashes and gaps in points; empty for a line without gaps.
    pub dash_pt: Vec<f32>,
    /// How far into the pattern the line begins.
    pub dash_from_pt: f32,
    /// Whether ends and corners are round; else ends are cut off and corners pointed.
    pub round: bool,
}

/// A rectangle with round corners.
#[derive(Debug, Clone, PartialEq)]
pub struct RectDrawing {
    pub place: BoxPt,
    pub corner_pt: f32,
    pub fill: Option<Rgba>,
    pub pen: Option<Pen>,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextDrawing {
    pub text: String,
    /// The line's left end, centre or right end; its y is the middle of the capital letters.
    pub at_pt: [f32; 2],
    pub align: Align,
    pub style: TextStyle,
}

/// Which part of a line its anchor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    pub size_pt: f32,
    pub bold: bool,
    /// Extra space between characters, in ems.
    pub tracking_em: f32,
    pub color: Rgba,
    /// Colour and reach in points of a rim around the letters.
    pub halo: Option<(Rgba, f32)>,
}

/// Pixels in a box.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageDrawing {
    pub place: BoxPt,
    pub pixels: Arc<Pixels>,
    /// The part of the pixels that is shown, in shares of their edges: left, top, width, height.
    pub part: [f32; 4],
    /// 0..=1.
    pub opacity: f32,
}

/// Rows from the top, four bytes each: red, green, blue, alpha, not premultiplied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pixels {
    pub width_px: u32,
    pub height_px: u32,
    pub rgba: Vec<u8>,
}
