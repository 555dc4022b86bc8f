//! What lies on paper: one list, in points, painted by every output.

use std::sync::Arc;

use super::{BoxPt, DotsDrawing, PathDrawing, RectDrawing, TextDrawing};

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
    /// A layer of the basemap, by a stable name such as `water`.
    Basemap(&'static str),
    /// Tiles of a basemap from outside.
    Tiles,
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
    Dots(DotsDrawing),
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pixels {
    pub width_px: u32,
    pub height_px: u32,
    pub rgba: Vec<u8>,
}

/// What a subject is called where people read it; `None` for no name.
pub type NameOf<'a> = dyn Fn(&Subject) -> Option<String> + 'a;

impl Item {
    /// A drawing that stands for something.
    pub fn of(subject: Subject, drawing: impl Into<Drawing>) -> Self {
        Self { drawing: drawing.into(), subject: Some(subject) }
    }

    /// Items inside a box, without a subject of their own.
    pub fn clip(to: BoxPt, items: Vec<Self>) -> Self {
        Self { drawing: Drawing::Clip { to, items }, subject: None }
    }
}

impl<D: Into<Drawing>> From<D> for Item {
    /// Decoration.
    fn from(drawing: D) -> Self {
        Self { drawing: drawing.into(), subject: None }
    }
}

impl From<PathDrawing> for Drawing {
    fn from(path: PathDrawing) -> Self {
        Self::Path(path)
    }
}

impl From<RectDrawing> for Drawing {
    fn from(rect: RectDrawing) -> Self {
        Self::Rect(rect)
    }
}

impl From<DotsDrawing> for Drawing {
    fn from(dots: DotsDrawing) -> Self {
        Self::Dots(dots)
    }
}

impl From<TextDrawing> for Drawing {
    fn from(text: TextDrawing) -> Self {
        Self::Text(text)
    }
}

impl From<ImageDrawing> for Drawing {
    fn from(image: ImageDrawing) -> Self {
        Self::Image(image)
    }
}

impl From<Vec<Item>> for Drawing {
    fn from(items: Vec<Item>) -> Self {
        Self::Group(items)
    }
}

impl ImageDrawing {
    /// Where the whole of the pixels would lie, were all of them shown.
    pub fn whole_place(&self) -> BoxPt {
        let [left, top, width, height] = self.part;
        let (whole_width, whole_height) = (self.place.width / width, self.place.height / height);
        BoxPt {
            left: self.place.left - left * whole_width,
            top: self.place.top - top * whole_height,
            width: whole_width,
            height: whole_height,
        }
    }
}

impl Pixels {
    /// Whether there are as many bytes as the size says, and at least one pixel.
    pub fn is_whole(&self) -> bool {
        let pixels = u64::from(self.width_px) * u64::from(self.height_px);
        pixels > 0 && pixels.checked_mul(4) == u64::try_from(self.rgba.len()).ok()
    }
}
