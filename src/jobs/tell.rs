//! Errors of the outside in the user's language: what failed, why, what to do, the path last.

use std::{
    fmt,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use crate::{
    app::{Language, Message, Tell, text},
    areas::AreasError,
    basemap::BasemapError,
    font::FontError,
    mvt::StyleError,
    pdf::PdfError,
    raster::PictureError,
    report::{TableError, drawing::DrawingError},
    sheet::{Page, SheetError},
    store::{
        StoreError,
        attachments::MOST_BYTES,
        papers::PaperFault,
        tiles::{BasemapOpenError, package::PackageError},
    },
    svg::SvgError,
    tile::{
        Failure, Refusal, TemplateError, pmtiles::PmtilesError, tilejson::TileJsonError,
        wmts::WmtsError,
    },
    tr,
};

/// An export that was not written, and why.
#[derive(Debug)]
pub struct NotSaved(pub Message);

impl Tell for NotSaved {
    fn tell(&self, language: Language) -> String {
        tr!(language, "export.failed", reason = self.0.tell(language))
    }
}

/// Settings that were not saved, and why. They hold until the program ends.
#[derive(Debug)]
pub struct SettingsNotSaved(pub StoreError);

impl Tell for AreasError {
    fn tell(&self, language: Language) -> String {
        tr!(language, "search.country_broken", reason = self)
    }
}

impl Tell for SettingsNotSaved {
    fn tell(&self, language: Language) -> String {
        let folder = match &self.0 {
            StoreError::Write { path, .. } => path.parent().map(at),
            _ => None,
        };
        match folder {
            Some(folder) => tr!(language, "problem.settings_not_saved", path = folder),
            None => self.0.tell(language),
        }
    }
}

/// A key that its service does not take.
#[derive(Debug)]
pub struct KeyRefused(pub Failure);

impl Tell for KeyRefused {
    fn tell(&self, language: Language) -> String {
        tr!(language, "key.bad", reason = failure(&self.0, language))
    }
}

/// A package that could not be written.
#[derive(Debug)]
pub struct PackageFailed {
    pub error: PackageError,
    pub path: PathBuf,
}

impl Tell for StoreError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Read { path, reason } => {
                tr!(language, "problem.read", reason = system(reason, language), path = at(path))
            }
            Self::Directory { path } => tr!(language, "problem.plan_folder", path = at(path)),
            Self::NoRegularFile { path } => {
                tr!(language, "problem.no_regular_file", path = at(path))
            }
            Self::TooLargeToAttach { path, bytes } => {
                let mb = |bytes: u64| text::number((bytes as f64 / 1e6).ceil());
                let most = mb(MOST_BYTES);
                tr!(language, "attachment.too_large", mb = mb(*bytes), most = most, path = at(path))
            }
            Self::NotOpened { path } => tr!(language, "attachment.not_opened", path = at(path)),
            Self::NoOpener { path, reason: _ } => {
                tr!(language, "attachment.no_opener", path = at(path))
            }
            Self::Paper { path, fault } => {
                tr!(language, "problem.paper", reason = paper(fault, language), path = at(path))
            }
            Self::TooLarge { path, bytes } => {
                tr!(language, "problem.plan_large", bytes = bytes, path = at(path))
            }
            Self::NotAFile { path } => tr!(language, "problem.not_a_file", path = at(path)),
            Self::DeviceName { path } => tr!(language, "problem.device_name", path = at(path)),
            Self::Write { path, reason } => not_written(path, reason, language),
            Self::Keys { path, line } => {
                tr!(language, "problem.keys", line = line, path = at(path))
            }
            Self::Settings { path, reason } => {
                tr!(language, "problem.settings", line = reason.line(), path = at(path))
            }
            Self::Keyring { reason } => {
                tr!(language, "problem.keyring", reason = foreign(reason, language))
            }
        }
    }
}

/// Why a file gives no plan, and what to do.
pub(super) fn paper(fault: &PaperFault, language: Language) -> String {
    match fault {
        PaperFault::Damaged { form, fault } => {
            let reason = tr!(language, format!("fault.{}", fault.key()), detail = fault.detail());
            tr!(language, "paper.damaged", form = form, reason = reason)
        }
        PaperFault::NoTextLayer { pages } => {
            tr!(language, format!("paper.{}", fault.key()), n = pages)
        }
        PaperFault::NoCharacters { fonts } => {
            tr!(language, format!("paper.{}", fault.key()), fonts = fonts)
        }
        PaperFault::OtherForm(form) => {
            tr!(language, format!("paper.{}", fault.key()), form = form)
        }
        _ => tr!(language, format!("paper.{}", fault.key())),
    }
}

impl Tell for BasemapError {
    fn tell(&self, language: Language) -> String {
        tr!(language, "problem.embedded", reason = foreign(self, language))
    }
}

impl Tell for PictureError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Size { width_px, height_px } => {
                tr!(language, "problem.picture_size", width = width_px, height = height_px)
            }
            Self::Basemap(reason) => reason.tell(language),
            Self::Png(reason) => tr!(language, "problem.png", reason = foreign(reason, language)),
        }
    }
}

impl Tell for DrawingError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Sheet(SheetError::NoRoom { page }) => {
                let Page { width_mm, height_mm } = page;
                tr!(language, "problem.sheet_room", width = width_mm, height = height_mm)
            }
            Self::Sheet(SheetError::Scale { denominator }) => {
                tr!(language, "problem.sheet_scale", n = denominator)
            }
            Self::Picture(reason) => reason.tell(language),
            Self::Basemap(reason) => reason.tell(language),
            Self::Svg(SvgError::Size { width_pt: width, height_pt: height }) => {
                tr!(language, "problem.drawing_size", width = width, height = height)
            }
            Self::Pdf(PdfError::PageSize { width_mm: width, height_mm: height }) => {
                tr!(language, "problem.page_size", width = width, height = height)
            }
            Self::Svg(reason) => {
                tr!(language, "problem.drawing", reason = foreign(reason, language))
            }
            Self::Pdf(reason) => {
                tr!(language, "problem.drawing", reason = foreign(reason, language))
            }
            Self::Format(format) => {
                tr!(language, "problem.no_drawing", format = format.extension())
            }
        }
    }
}

impl Tell for TableError {
    fn tell(&self, language: Language) -> String {
        tr!(language, "problem.table", reason = foreign(self, language))
    }
}

impl Tell for FontError {
    fn tell(&self, language: Language) -> String {
        tr!(language, "problem.font", reason = foreign(self, language))
    }
}

impl Tell for Refusal {
    fn tell(&self, language: Language) -> String {
        tr!(language, format!("refusal.{}", self.key()))
    }
}

/// What to do differs from cause to cause.
pub(super) fn not_written(path: &Path, reason: &io::Error, language: Language) -> String {
    let key = match reason.kind() {
        ErrorKind::NotFound => {
            let folder = path.parent().map(at).unwrap_or_default();
            return tr!(language, "problem.write_no_folder", path = folder);
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "problem.write_denied",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "problem.write_full",
        ErrorKind::FileTooLarge => "problem.write_large",
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => "problem.write_name",
        ErrorKind::NotADirectory => "problem.write_not_folder",
        _ => {
            let reason = system(reason, language);
            return tr!(language, "problem.write", reason = reason, path = at(path));
        }
    };
    tr!(language, key, path = at(path))
}

pub(super) fn at(path: &Path) -> String {
    path.display().to_string()
}

/// The system's number for links that lead back to themselves; the standard library has no stable
/// name for it.
const LOOP: i32 = if cfg!(windows) {
    1921
} else if cfg!(target_os = "linux") {
    40
} else {
    62
};

/// What the system says, in the user's language where it is a common case.
pub fn system(reason: &io::Error, language: Language) -> String {
    match reason.kind() {
        ErrorKind::NotFound => tr!(language, "system.not_found"),
        ErrorKind::PermissionDenied => tr!(language, "system.permission"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => tr!(language, "system.full"),
        ErrorKind::ReadOnlyFilesystem => tr!(language, "system.read_only"),
        ErrorKind::IsADirectory => tr!(language, "system.folder"),
        ErrorKind::NotADirectory => tr!(language, "system.no_folder"),
        ErrorKind::InvalidFilename => tr!(language, "system.name"),
        ErrorKind::FileTooLarge => tr!(language, "system.too_large"),
        ErrorKind::TimedOut => tr!(language, "failure.timeout"),
        _ if reason.raw_os_error() == Some(LOOP) => tr!(language, "system.loop"),
        _ => match (language, reason.raw_os_error()) {
            (Language::Chinese, Some(code)) => tr!(language, "system.code", code = code),
            (Language::Chinese, None) => tr!(language, "system.other"),
            (Language::English, _) => reason.to_string(),
        },
    }
}

/// What a library says: it knows no Chinese, and what to do stands in our own words.
pub(super) fn foreign(reason: impl fmt::Display, language: Language) -> String {
    match language {
        Language::Chinese => tr!(language, "system.content"),
        Language::English => reason.to_string(),
    }
}

impl Tell for BasemapOpenError {
    fn tell(&self, language: Language) -> String {
        basemap(self, language)
    }
}

fn basemap(error: &BasemapOpenError, language: Language) -> String {
    use BasemapOpenError as E;
    let cannot = |place: &str, reason: String| {
        tr!(language, "problem.basemap", reason = reason, place = place)
    };
    match error {
        E::Unknown(text) => tr!(language, "problem.basemap_unknown", place = text),
        E::Address { url, reason } => {
            let reason = template(reason, language);
            tr!(language, "problem.basemap_address", reason = reason, place = url)
        }
        E::Fetch { url, reason } => cannot(url, failure(reason, language)),
        E::TileJson { place, reason } => cannot(place, tilejson(reason, language)),
        E::Wmts { place, reason } => cannot(place, wmts(reason, language)),
        E::Style { place, reason } => cannot(place, style(reason, language)),
        E::StyleWithoutTiles(place) => cannot(place, tr!(language, "problem.style_tiles")),
        E::NoLayer { place, layer, known } => {
            let reason = tr!(language, "problem.no_layer", layer = layer, known = known);
            cannot(place, reason)
        }
        E::Strange(place) => cannot(place, tr!(language, "problem.strange")),
        E::Archive { place, reason } => cannot(place, archive(*reason, language)),
        E::Read { path, reason } => {
            tr!(language, "problem.read", reason = system(reason, language), path = at(path))
        }
        E::File(path) => cannot(&path.display().to_string(), tr!(language, "problem.damaged")),
        E::Empty(path) => cannot(&path.display().to_string(), tr!(language, "problem.no_tiles")),
        E::Folder(path) => cannot(&path.display().to_string(), tr!(language, "problem.folder")),
    }
}

impl Tell for PackageFailed {
    fn tell(&self, language: Language) -> String {
        match &self.error {
            PackageError::Write { reason, .. } => {
                tr!(
                    language,
                    "problem.package_write",
                    reason = foreign(reason, language),
                    path = at(&self.path)
                )
            }
            PackageError::Rename { reason, .. } => {
                let reason = system(reason, language);
                tr!(language, "problem.package_rename", reason = reason, path = at(&self.path))
            }
            PackageError::OtherSource { path } => {
                tr!(language, "problem.package_other", path = at(path))
            }
            PackageError::Folder { path } => {
                tr!(language, "problem.package_folder", path = at(path))
            }
        }
    }
}

fn failure(failure: &Failure, language: Language) -> String {
    tr!(language, format!("failure.{}", failure.key()))
}

fn template(error: &TemplateError, language: Language) -> String {
    match error {
        TemplateError::NotHttp => tr!(language, "problem.not_http"),
        TemplateError::NoPlace => tr!(language, "problem.no_place"),
        TemplateError::NoKey => tr!(language, "failure.key_missing"),
        TemplateError::ManyKeys => tr!(language, "problem.many_keys"),
        TemplateError::Unknown(word) => tr!(language, "problem.placeholder", word = word),
    }
}

fn tilejson(error: &TileJsonError, language: Language) -> String {
    match error {
        TileJsonError::Json(reason) => {
            tr!(language, "problem.no_json", reason = foreign(reason, language))
        }
        TileJsonError::NoTiles => tr!(language, "problem.no_address"),
        TileJsonError::Zooms => tr!(language, "problem.zooms"),
        TileJsonError::Address(reason) => template(reason, language),
    }
}

fn wmts(error: &WmtsError, language: Language) -> String {
    match error {
        WmtsError::TooLarge(_) | WmtsError::TooDeep => tr!(language, "failure.too_large"),
        WmtsError::Xml(reason) => {
            tr!(language, "problem.no_xml", reason = foreign(reason, language))
        }
        WmtsError::NotWmts => tr!(language, "problem.not_wmts"),
        WmtsError::NoLayer => tr!(language, "problem.no_mercator"),
        WmtsError::Address(reason) => template(reason, language),
    }
}

fn style(error: &StyleError, language: Language) -> String {
    match error {
        StyleError::Json(reason) => {
            tr!(language, "problem.no_json", reason = foreign(reason, language))
        }
        StyleError::NoStyle(_) => tr!(language, "problem.no_style"),
    }
}

fn archive(error: PmtilesError, language: Language) -> String {
    match error {
        PmtilesError::NotPmtiles | PmtilesError::Damaged => tr!(language, "problem.damaged"),
        PmtilesError::Version(version) => tr!(language, "problem.version", version = version),
        PmtilesError::Compression => tr!(language, "problem.compression"),
        PmtilesError::Tiles => tr!(language, "problem.tile_format"),
    }
}
