//! The bundled font, first in every family, so that no machine shows boxes for Hanzi.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

use super::BOLD;
use crate::store;

/// Registers both weights. The system's fonts are not asked: they differ from machine to machine
/// and looking for them delays the first picture.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("regular", store::FONT_REGULAR), (BOLD, store::FONT_BOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, name) in [
        (FontFamily::Proportional, "regular"),
        (FontFamily::Monospace, "regular"),
        (FontFamily::Name(BOLD.into()), BOLD),
    ] {
        fonts.families.insert(family, vec![name.to_owned()]);
    }
    ctx.set_fonts(fonts);
}
