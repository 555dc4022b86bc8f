//! The whole document.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{Date, Finish as _, Name, Rect, Ref, TextStr};

use super::{canvas::PdfCanvas, resources::Resources};
use crate::{
    font::{Fonts, SubsetError},
    paper::{Item, NameOf, paint},
};

/// What a document tells of itself. Empty words are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    pub title: String,
    pub author: String,
    /// The program, with its version.
    pub creator: String,
    /// BCP 47, such as `zh-CN`.
    pub language: String,
    /// When it was made, in seconds since the beginning of 1970 (UTC).
    pub created_unix_s: Option<i64>,
}

/// Why a PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("{width_mm} × {height_mm} mm is no size of a page: each side may be up to 5080 mm")]
    PageSize { width_mm: f32, height_mm: f32 },
    #[error("the font cannot be put into the PDF: {0}")]
    Font(#[from] SubsetError),
    #[error("the PDF cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
    #[error("a PDF has at least one page")]
    NoPages,
}

/// A document in the making.
pub struct Pdf<'a> {
    meta: Meta,
    fonts: &'a Fonts,
    layer_of: &'a NameOf<'a>,
    resources: Resources,
    pages: Vec<Page>,
}

struct Page {
    /// In the points of PDF: 1/72 inch.
    size: [f32; 2],
    content: Vec<u8>,
}

/// Of PDF, in an inch.
const POINTS_PER_INCH: f32 = 72.0;
/// Ours, 1/96 inch, in its own.
const SCALE: f32 = POINTS_PER_INCH / 96.0;
/// The longest side of a page in its points: what readers take (ISO 32000-1, annex C).
const LONGEST_SIDE: f32 = 14_400.0;

impl<'a> Pdf<'a> {
    /// A document without pages. `layer_of` names the layer in which a subject lies; subjects of
    /// one name share a layer, those without a name lie in none.
    pub fn new(meta: Meta, fonts: &'a Fonts, layer_of: &'a NameOf<'a>) -> Self {
        Self { meta, fonts, layer_of, resources: Resources::default(), pages: Vec::new() }
    }

    /// Adds a page of a size in millimetres with a list on it, whose points count from the page's
    /// top left corner.
    ///
    /// # Errors
    /// When no page can have the size.
    pub fn add_page(&mut self, size_mm: [f32; 2], items: &[Item]) -> Result<(), PdfError> {
        const MM_PER_INCH: f32 = 25.4;
        let size = size_mm.map(|mm| mm / MM_PER_INCH * POINTS_PER_INCH);
        if !size.iter().all(|side| *side >= 1.0 && *side <= LONGEST_SIDE) {
            let [width_mm, height_mm] = size_mm;
            return Err(PdfError::PageSize { width_mm, height_mm });
        }
        let mut canvas = PdfCanvas::new(self.fonts, self.layer_of, &mut self.resources);
        canvas.begin(SCALE, size[1]);
        paint(items, &mut canvas);
        let content = packed(&canvas.finish())?;
        self.pages.push(Page { size, content });
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// When there is no page, or the font cannot be put into it.
    pub fn finish(self) -> Result<Vec<u8>, PdfError> {
        if self.pages.is_empty() {
            return Err(PdfError::NoPages);
        }
        let mut file = pdf_writer::Pdf::new();
        file.set_version(1, 7);
        let mut refs = Refs(Ref::new(1));
        let (catalog, tree, resources) = (refs.next(), refs.next(), refs.next());
        let layers = self.resources.write(&mut file, &mut refs, resources, self.fonts)?;
        let mut kids = Vec::new();
        for page in &self.pages {
            let (id, content) = (refs.next(), refs.next());
            let [width, height] = page.size;
            let mut writer = file.page(id);
            writer.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
            writer.pair(Name(b"Resources"), resources);
            // Colours mix as on a screen.
            writer.group().transparency().color_space().device_rgb();
            writer.finish();
            file.stream(content, &page.content).filter(pdf_writer::Filter::FlateDecode);
            kids.push(id);
        }
        let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
        file.pages(tree).kids(kids).count(count);
        self.write_info(&mut file, refs.next());
        self.write_catalog(&mut file, catalog, tree, &layers);
        Ok(file.finish())
    }

    fn write_catalog(&self, file: &mut pdf_writer::Pdf, id: Ref, tree: Ref, layers: &[Ref]) {
        let mut catalog = file.catalog(id);
        catalog.pages(tree);
        if !self.meta.language.is_empty() {
            catalog.lang(TextStr(&self.meta.language));
        }
        if !self.meta.title.is_empty() {
            catalog.viewer_preferences().display_doc_title(true);
        }
        if !layers.is_empty() {
            let mut properties = catalog.insert(Name(b"OCProperties")).dict();
            properties.insert(Name(b"OCGs")).array().items(layers.iter().copied());
            let mut usual = properties.insert(Name(b"D")).dict();
            // Readers list what lies on top first.
            usual.insert(Name(b"Order")).array().items(layers.iter().rev().copied());
        }
    }

    fn write_info(&self, file: &mut pdf_writer::Pdf, id: Ref) {
        let Meta { title, author, creator, created_unix_s, .. } = &self.meta;
        let mut info = file.document_info(id);
        if !title.is_empty() {
            info.title(TextStr(title));
        }
        if !author.is_empty() {
            info.author(TextStr(author));
        }
        if !creator.is_empty() {
            info.creator(TextStr(creator)).producer(TextStr(creator));
        }
        if let Some(date) = created_unix_s.and_then(date) {
            info.creation_date(date).modified_date(date);
        }
    }
}

/// Numbers of objects, one after the other.
pub(super) struct Refs(Ref);

impl Refs {
    pub fn next(&mut self) -> Ref {
        self.0.bump()
    }
}

/// A stream as a file has it.
pub(super) fn packed(bytes: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Of seconds since 1970; `None` before the year 0 and after 9999.
fn date(unix_s: i64) -> Option<Date> {
    const DAY_S: i64 = 86_400;
    let (days, second) = (unix_s.div_euclid(DAY_S), unix_s.rem_euclid(DAY_S));
    // Days since 1 March of the year 0, in eras of 400 years: Hinnant, "chrono-compatible low-level
    // date algorithms", 2014.
    let days = days.checked_add(719_468)?;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let part = |v: i64| u8::try_from(v).ok();
    let date = Date::new(u16::try_from(year).ok().filter(|year| *year <= 9999)?)
        .month(part(month)?)
        .day(part(day)?)
        .hour(part(second / 3600)?)
        .minute(part(second / 60 % 60)?)
        .second(part(second % 60)?);
    Some(date.utc_offset_hour(0))
}
