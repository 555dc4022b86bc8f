//! Why a file, a basemap or a package could not be used, in the user's language: what failed, what
//! to do, the path last.

use crate::{
    app::{Language, package::PackageOrder},
    mvt::StyleError,
    store::{
        layers::LayerError,
        tiles::{BasemapOpenError, package::PackageError},
    },
    tile::{
        Failure, TemplateError, package::Refusal, pmtiles::PmtilesError, tilejson::TileJsonError,
        wmts::WmtsError,
    },
    tr,
};

/// Why a file did not become layers.
pub fn layer(error: &LayerError, language: Language) -> String {
    let at = |path: &std::path::Path| path.display().to_string();
    match error {
        LayerError::Read { path, reason } => {
            tr!(language, "problem.read", reason = reason, path = at(path))
        }
        LayerError::Unknown(path) => tr!(language, "problem.unknown_layer", path = at(path)),
        LayerError::GeoPackage { path, reason } => {
            tr!(language, "problem.geopackage", reason = reason, path = at(path))
        }
        LayerError::NoFeatures(path) => tr!(language, "problem.no_features", path = at(path)),
        LayerError::FlatGeobuf { path, reason } => {
            tr!(language, "problem.flatgeobuf", reason = reason, path = at(path))
        }
        LayerError::NoCoordinates(path) => tr!(language, "problem.no_coordinates", path = at(path)),
        LayerError::GeoJson { path, line } => {
            tr!(language, "problem.geojson", line = line, path = at(path))
        }
        LayerError::Cancelled => tr!(language, "problem.cancelled"),
    }
}

/// Why something did not become a basemap.
pub fn basemap(error: &BasemapOpenError, language: Language) -> String {
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
            let path = path.display().to_string();
            tr!(language, "problem.read", reason = reason, path = path)
        }
        E::File(path) => cannot(&path.display().to_string(), tr!(language, "problem.damaged")),
        E::Empty(path) => cannot(&path.display().to_string(), tr!(language, "problem.no_tiles")),
        E::Folder(path) => cannot(&path.display().to_string(), tr!(language, "problem.folder")),
    }
}

/// Why a package could not be written.
pub fn package(error: &PackageError, order: &PackageOrder, language: Language) -> String {
    let path = order.path.display().to_string();
    match error {
        PackageError::Write { reason, .. } => {
            tr!(language, "problem.package_write", reason = reason, path = path)
        }
        PackageError::Rename { reason, .. } => {
            tr!(language, "problem.package_rename", reason = reason, path = path)
        }
        PackageError::OtherSource { path } => {
            tr!(language, "problem.package_other", path = path.display())
        }
        PackageError::Folder { path } => {
            tr!(language, "problem.package_folder", path = path.display())
        }
    }
}

/// Why a package is refused.
pub fn refusal(refusal: Refusal, language: Language) -> String {
    tr!(language, format!("refusal.{}", refusal.key()))
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
        TileJsonError::Json(reason) => tr!(language, "problem.no_json", reason = reason),
        TileJsonError::NoTiles => tr!(language, "problem.no_address"),
        TileJsonError::Zooms => tr!(language, "problem.zooms"),
        TileJsonError::Address(reason) => template(reason, language),
    }
}

fn wmts(error: &WmtsError, language: Language) -> String {
    match error {
        WmtsError::TooLarge(_) | WmtsError::TooDeep => tr!(language, "failure.too_large"),
        WmtsError::Xml(reason) => tr!(language, "problem.no_xml", reason = reason),
        WmtsError::NotWmts => tr!(language, "problem.not_wmts"),
        WmtsError::NoLayer => tr!(language, "problem.no_mercator"),
        WmtsError::Address(reason) => template(reason, language),
    }
}

fn style(error: &StyleError, language: Language) -> String {
    match error {
        StyleError::Json(reason) => tr!(language, "problem.no_json", reason = reason),
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
