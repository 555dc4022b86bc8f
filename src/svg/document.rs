//! The whole file.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{canvas::SvgCanvas, numbers, xml::escape};
use crate::{
    font::{Fonts, SubsetError},
    paper::{Item, NameOf, PT_PER_MM, paint},
};

/// Paper and what is told about it.
pub struct Svg<'a> {
    /// Width and height in points.
    pub size_pt: [f32; 2],
    /// Whether it is a sheet of that size, told in millimetres; else it is as large as its reader
    /// likes.
    pub physical: bool,
    pub title: &'a str,
    /// BCP 47, such as `zh-CN`.
    pub language: &'a str,
    pub name_of: &'a NameOf<'a>,
}

/// Why an SVG could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SvgError {
    #[error("{width_pt} × {height_pt} points is no size of a picture")]
    Size { width_pt: f32, height_pt: f32 },
    #[error("the font cannot be put into the SVG: {0}")]
    Font(#[from] SubsetError),
    #[error("an image cannot be put into the SVG: {0}")]
    Image(#[from] png::EncodingError),
}

/// The font's name in the file, and what stands in where the file's own is not read.
pub(super) const FAMILY: &str = "Jintu Sans";
const FAMILIES: &str = "'Jintu Sans','Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC',\
                        'Microsoft YaHei','PingFang SC',sans-serif";

impl Svg<'_> {
    /// The file for a list.
    ///
    /// # Errors
    /// When the size is none, or font or image cannot be written.
    pub fn write(&self, items: &[Item], fonts: &Fonts) -> Result<String, SvgError> {
        let [width_pt, height_pt] = self.size_pt;
        if !(width_pt.is_finite() && height_pt.is_finite() && width_pt > 0.0 && height_pt > 0.0) {
            return Err(SvgError::Size { width_pt, height_pt });
        }
        let mut canvas = SvgCanvas::new(fonts, self.name_of);
        paint(items, &mut canvas);
        let painted = canvas.finish()?;
        let mut file = String::with_capacity(painted.body.len() + painted.defs.len() + 4096);
        file.push_str(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"",
        );
        file.push_str(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        file.push_str(" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"");
        self.push_size(&mut file);
        file.push_str(" xml:lang=\"");
        escape(self.language, &mut file);
        // What most drawings share: an outline is not filled unless it says so.
        file.push_str("\" fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        for part in [" font-family=\"", FAMILIES, "\">\n<title>"] {
            file.push_str(part);
        }
        escape(self.title, &mut file);
        file.push_str("</title>\n");
        let faces = [(false, 400, &painted.characters[0]), (true, 700, &painted.characters[1])];
        if painted.characters.iter().any(|characters| !characters.is_empty()) {
            file.push_str("<style>\n");
            for (bold, weight, characters) in faces {
                push_face(fonts, bold, weight, characters, &mut file)?;
            }
            file.push_str("</style>\n");
        }
        if !painted.defs.is_empty() {
            file.push_str("<defs>\n");
            file.push_str(&painted.defs);
            file.push_str("</defs>\n");
        }
        file.push_str(&painted.body);
        file.push_str("</svg>\n");
        Ok(file)
    }

    fn push_size(&self, file: &mut String) {
        let [width, height] = self.size_pt;
        let (scale, unit) = if self.physical { (1.0 / PT_PER_MM, "mm") } else { (1.0, "") };
        for (name, size) in [("width", width), ("height", height)] {
            for part in [" ", name, "=\""] {
                file.push_str(part);
            }
            numbers::push(size * scale, file);
            file.push_str(unit);
            file.push('"');
        }
        file.push_str(" viewBox=\"0 0 ");
        numbers::push(width, file);
        file.push(' ');
        numbers::push(height, file);
        file.push('"');
    }
}

fn push_face(
    fonts: &Fonts,
    bold: bool,
    weight: u16,
    characters: &BTreeSet<char>,
    file: &mut String,
) -> Result<(), SvgError> {
    if characters.is_empty() {
        return Ok(());
    }
    let font = STANDARD.encode(fonts.face(bold).web_font(characters)?);
    let weight = weight.to_string();
    for part in [
        "@font-face{font-family:'",
        FAMILY,
        "';font-weight:",
        &weight,
        ";src:url(data:font/otf;base64,",
        &font,
        ")}\n",
    ] {
        file.push_str(part);
    }
    Ok(())
}
