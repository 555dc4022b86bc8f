//! Text off-screen: which glyphs a text is made of, where they stand, how wide it is.
//!
//! Every output measures and sets its text by this, so that a line is as long in pixels as in an
//! SVG or a PDF. It shapes and kerns as the window does (both by the rules of `HarfBuzz`). It must not
//! know files: fonts come as bytes.

mod face;
mod fonts;
mod layout;
mod outline;
mod runs;
mod subset;
mod web_font;

pub use face::{Font, FontError};
pub use fonts::{Fonts, Glyph, PlacedGlyph};
pub use layout::TextLine;
pub use outline::Outline;
pub use subset::{Subset, SubsetError, SubsetFont};
