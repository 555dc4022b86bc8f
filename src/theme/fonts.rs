//! The bundled font, first in every family, so that no machine shows boxes for Hanzi.

use std::sync::{Arc, OnceLock};

use egui::{Context, FontData, FontDefinitions, FontFamily};

use super::BOLD;
use crate::{font::Fonts, store};

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

/// The same fonts as paper measures with them, read once. `None` only if the program was built with
/// a broken font.
pub fn paper_fonts() -> Option<&'static Fonts> {
    static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
    FONTS.get_or_init(|| store::fonts().ok()).as_ref()
}
