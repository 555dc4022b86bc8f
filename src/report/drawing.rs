//! A drawing as a file: PNG, SVG or PDF.

use crate::{
    app::{ExportFormat, Language},
    basemap::BasemapError,
    font::Fonts,
    paper::{Item, PT_PER_MM, Subject},
    pdf::{Meta, Pdf, PdfError},
    raster::{PictureError, encode_png, render},
    sheet::SheetError,
    svg::{Svg, SvgError},
    tr,
};

/// Items on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub items: Vec<Item>,
    pub size_pt: [f32; 2],
    /// Whether it is a sheet of that size; else a picture, as large as its reader likes.
    pub is_sheet: bool,
    pub title: String,
    pub language: Language,
}

/// Why a drawing could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DrawingError {
    #[error(transparent)]
    Sheet(#[from] SheetError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Basemap(#[from] BasemapError),
    #[error(transparent)]
    Svg(#[from] SvgError),
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error("{} is no drawing", .0.extension())]
    Format(ExportFormat),
}

impl DrawingError {
    /// Whether another size, scale or format would do.
    pub const fn is_asked_wrong(&self) -> bool {
        matches!(
            self,
            Self::Sheet(_)
                | Self::Format(_)
                | Self::Picture(PictureError::Size { .. })
                | Self::Svg(SvgError::Size { .. })
                | Self::Pdf(PdfError::PageSize { .. })
        )
    }
}

impl Drawing {
    /// The file. `pixels_per_point` is for PNG alone.
    ///
    /// # Errors
    /// A size that the format cannot have, or a format that is no drawing.
    pub fn file(
        &self,
        format: ExportFormat,
        pixels_per_point: f32,
        fonts: &Fonts,
    ) -> Result<Vec<u8>, DrawingError> {
        match format {
            ExportFormat::Png => {
                let pixmap = render(&self.items, self.size_pt, pixels_per_point, fonts)?;
                Ok(encode_png(&pixmap, Some(96.0 * pixels_per_point))?)
            }
            ExportFormat::Svg => {
                let svg = Svg {
                    size_pt: self.size_pt,
                    physical: self.is_sheet,
                    title: &self.title,
                    language: self.language.tag(),
                    name_of: &|subject| self.name_of(subject),
                };
                Ok(svg.write(&self.items, fonts)?.into_bytes())
            }
            ExportFormat::Pdf => {
                let meta = Meta {
                    title: self.title.clone(),
                    creator: concat!("Jintu ", env!("CARGO_PKG_VERSION")).to_owned(),
                    language: self.language.tag().to_owned(),
                    ..Meta::default()
                };
                let layer_of = |subject: &Subject| self.name_of(subject);
                let mut pdf = Pdf::new(meta, fonts, &layer_of);
                pdf.add_page(self.size_pt.map(|side| side / PT_PER_MM), &self.items)?;
                Ok(pdf.finish()?)
            }
            _ => Err(DrawingError::Format(format)),
        }
    }

    /// The layer that a reader can switch off.
    fn name_of(&self, subject: &Subject) -> Option<String> {
        let language = self.language;
        match subject {
            // The ground is under everything.
            Subject::Basemap("ground") => None,
            Subject::Basemap(name) => Some(tr!(language, format!("base.{name}"))),
            Subject::Tiles => Some(tr!(language, "legend.basemap")),
            Subject::Layer(name) => Some(name.clone()),
            Subject::Projects(_) => Some(tr!(language, "drawing.projects")),
            Subject::Labels => Some(tr!(language, "drawing.labels")),
            Subject::Furniture(_) => Some(tr!(language, "drawing.furniture")),
        }
    }
}
