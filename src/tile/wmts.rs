//! WMTS 1.0.0 capabilities (OGC 07-057r7) to sources.

use roxmltree::{Document, Node, ParsingOptions};

use super::{
    Access, CacheTerms, Content, KeyKind, Scheme, TileSource, known,
    template::{Template, split_key},
    tilejson::{absolute, extent},
    wmts_matrix::{MatrixSet, matrix_sets},
    xml::{child, children, nests_within, text},
};
use crate::{geo::Datum, language::Bilingual, units::Extent};

/// The largest national services describe themselves in some megabytes.
const LARGEST_BYTES: usize = 16 << 20;
const MOST_NODES: u32 = 1_000_000;
/// Capabilities need nine levels.
const DEEPEST_NESTING: usize = 64;

/// What is wrong with capabilities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WmtsError {
    #[error("it is too large ({0} bytes)")]
    TooLarge(usize),
    #[error("its elements nest deeper than any service's")]
    TooDeep,
    #[error("it is no sound XML: {0}")]
    Xml(String),
    #[error("it is XML, but no WMTS capabilities")]
    NotWmts,
    #[error("no layer of it comes in Web Mercator tiles of a format this program knows")]
    NoLayer,
    #[error("{0}")]
    Address(#[from] super::TemplateError),
}

/// A layer that can be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct WmtsLayer {
    /// Its name in the service.
    pub identifier: String,
    pub source: TileSource,
    /// A key that stood in the layer's own address.
    pub key: Option<String>,
}

/// The layers that come in the grid of Web Mercator, in the service's order. `base` is where the
/// capabilities were found: addresses may be relative to it, and a key in it is asked for each tile
/// too. `id` begins the sources' ids.
///
/// # Errors
/// Nothing that can be shown.
pub fn read(bytes: &[u8], id: &str, base: &str) -> Result<Vec<WmtsLayer>, WmtsError> {
    if bytes.len() > LARGEST_BYTES {
        return Err(WmtsError::TooLarge(bytes.len()));
    }
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if !nests_within(text, DEEPEST_NESTING) {
        return Err(WmtsError::TooDeep);
    }
    // Without document types there are no entities to grow.
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|reason| WmtsError::Xml(reason.to_string()))?;
    let root = document.root_element();
    let contents = child(root, "Contents").filter(|_| root.tag_name().name() == "Capabilities");
    let contents = contents.ok_or(WmtsError::NotWmts)?;
    let service = Service { id, base, sets: matrix_sets(contents), kvp: kvp_address(root), root };
    let mut layers = Vec::new();
    let mut why = WmtsError::NoLayer;
    for layer in children(contents, "Layer") {
        // One layer with a strange address must not cost the others.
        match service.layer(layer) {
            Ok(layer) => layers.extend(layer),
            Err(reason) => why = reason,
        }
    }
    if layers.is_empty() { Err(why) } else { Ok(layers) }
}

struct Service<'a> {
    id: &'a str,
    base: &'a str,
    sets: Vec<MatrixSet>,
    kvp: Option<String>,
    root: Node<'a, 'a>,
}

impl Service<'_> {
    /// `None` for a layer in other grids or formats.
    fn layer(&self, layer: Node) -> Result<Option<WmtsLayer>, WmtsError> {
        let identifier = text(layer, "Identifier");
        let linked: Vec<String> =
            children(layer, "TileMatrixSetLink").map(|link| text(link, "TileMatrixSet")).collect();
        let set = self.sets.iter().find(|set| linked.contains(&set.identifier));
        let (Some(set), false) = (set, identifier.is_empty()) else { return Ok(None) };
        let Some((address, content)) = self.address(layer, &identifier, set) else {
            return Ok(None);
        };
        let (url, key) = split_key(&self.with_key(absolute(self.base, &address)))?;
        let template = Template::read(&url)?;
        let title = Some(text(layer, "Title")).filter(|t| !t.is_empty());
        let title = title.unwrap_or_else(|| identifier.clone());
        let provider = child(self.root, "ServiceProvider");
        let credit = provider.map(|p| text(p, "ProviderName")).unwrap_or_default();
        let key_kind = if template.needs_key { KeyKind::Custom } else { KeyKind::None };
        let mut source = TileSource {
            id: format!("{}-{}", self.id, plain(&identifier)),
            name: Bilingual::same(title),
            access: Access::Template {
                url: template.url,
                subdomains: template.subdomains,
                scheme: Scheme::Xyz,
            },
            content,
            datum: Datum::Wgs84,
            min_zoom: set.min_zoom,
            max_zoom: set.max_zoom,
            tile_px: set.tile_px,
            extent: bounds(layer),
            credit: Bilingual::same(credit),
            review_number: None,
            cache: CacheTerms::SeenOnly,
            key: key_kind,
            style: None,
        };
        known::settle(&mut source);
        Ok(Some(WmtsLayer { identifier, source, key }))
    }

    /// The address of a tile, by REST where the service offers it, with this program's
    /// placeholders, and what comes from it.
    fn address(&self, layer: Node, identifier: &str, set: &MatrixSet) -> Option<(String, Content)> {
        let styles = || children(layer, "Style");
        let style = styles().find(|s| s.attribute("isDefault") == Some("true"));
        let style = style.or_else(|| styles().next()).map(|s| text(s, "Identifier"));
        let style = style.unwrap_or_default();
        let zoom = format!("{}{{z}}", set.prefix);
        let rest = children(layer, "ResourceURL")
            .filter(|r| r.attribute("resourceType") == Some("tile"))
            .filter_map(|r| Some((r.attribute("template")?, content(r.attribute("format")?)?)))
            .min_by_key(|(_, (rank, _))| *rank);
        if let Some((template, (_, content))) = rest {
            let mut url = replaced(template, "{TileMatrixSet}", &set.identifier);
            url = replaced(&url, "{TileMatrix}", &zoom);
            url = replaced(&url, "{Style}", &style);
            for dimension in children(layer, "Dimension") {
                let name = format!("{{{}}}", text(dimension, "Identifier"));
                url = replaced(&url, &name, &text(dimension, "Default"));
            }
            url = replaced(&replaced(&url, "{TileRow}", "{y}"), "{TileCol}", "{x}");
            return Some((url, content));
        }
        let formats = children(layer, "Format").filter_map(|f| f.text()).map(str::trim);
        let (format, (_, content)) =
            formats.filter_map(|f| Some((f, content(f)?))).min_by_key(|(_, (rank, _))| *rank)?;
        let own = self.base.split(['?', '#']).next().unwrap_or_default();
        let address = self.kvp.as_deref().unwrap_or(own);
        let joint = match address.chars().last() {
            Some('?' | '&') => "",
            _ if address.contains('?') => "&",
            _ => "?",
        };
        let coded = |text: &str| text.replace('&', "%26").replace(' ', "%20").replace('+', "%2B");
        let mut url = format!(
            "{address}{joint}SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={}&STYLE={}\
             &TILEMATRIXSET={}&FORMAT={}&TILEMATRIX={zoom}&TILEROW={{y}}&TILECOL={{x}}",
            coded(identifier),
            coded(&style),
            coded(&set.identifier),
            coded(format),
        );
        for dimension in children(layer, "Dimension") {
            let (name, value) = (text(dimension, "Identifier"), text(dimension, "Default"));
            url.extend(["&", &coded(&name), "=", &coded(&value)]);
        }
        Some((url, content))
    }

    /// The address with the key that the capabilities were asked with, if it has none: services
    /// do not repeat it. 天地图 asks for one in any case.
    fn with_key(&self, mut url: String) -> String {
        if split_key(&url).is_ok_and(|(url, _)| url.contains("{key}")) {
            return url;
        }
        let query = self.base.split('#').next().and_then(|base| base.split_once('?'));
        let asked = query.map(|(_, query)| query).unwrap_or_default();
        let own = asked
            .split('&')
            .find(|pair| split_key(pair).is_ok_and(|(pair, _)| pair.contains("{key}")));
        let same_host = known::host(&url) == known::host(self.base);
        let is_tianditu = known::service(&url) == Some(known::TIANDITU);
        let parameter = match own {
            Some(pair) if same_host || is_tianditu => pair,
            _ if is_tianditu => "tk={key}",
            _ => return url,
        };
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(parameter);
        url
    }
}

/// What a media type brings, and how welcome it is. 天地图 calls its pictures `tiles`.
fn content(format: &str) -> Option<(u8, Content)> {
    Some(match format.trim().to_ascii_lowercase().split(';').next().unwrap_or_default().trim() {
        "image/png" | "image/png8" | "image/vnd.jpeg-png" | "image/vnd.jpeg-png8" => {
            (0, Content::Raster)
        }
        "image/jpeg" | "image/jpg" => (1, Content::Raster),
        "image/webp" | "tiles" => (2, Content::Raster),
        "application/vnd.mapbox-vector-tile" | "application/x-protobuf" => (3, Content::Vector),
        _ => return None,
    })
}

/// Where tiles are asked for by key and value.
fn kvp_address(root: Node) -> Option<String> {
    let operations = child(root, "OperationsMetadata")?;
    let tile =
        children(operations, "Operation").find(|o| o.attribute("name") == Some("GetTile"))?;
    let gets: Vec<Node> = tile.descendants().filter(|n| n.tag_name().name() == "Get").collect();
    let is_kvp = |get: &&Node| {
        let mut values = get.descendants().filter(|n| n.tag_name().name() == "Value");
        values.any(|value| value.text().is_some_and(|t| t.trim().eq_ignore_ascii_case("KVP")))
    };
    let get = gets.iter().find(is_kvp).or_else(|| gets.first())?;
    get.attributes().find(|a| a.name() == "href").map(|a| a.value().trim().to_owned())
}

fn bounds(layer: Node) -> Option<Extent> {
    let bounds = child(layer, "WGS84BoundingBox")?;
    let corners = format!("{} {}", text(bounds, "LowerCorner"), text(bounds, "UpperCorner"));
    let sides: Vec<f64> = corners.split_whitespace().filter_map(|v| v.parse().ok()).collect();
    extent(&sides)
}

/// All places of a placeholder, in any case: servers differ.
fn replaced(url: &str, placeholder: &str, value: &str) -> String {
    let (lower, wanted) = (url.to_ascii_lowercase(), placeholder.to_ascii_lowercase());
    let mut out = String::with_capacity(url.len() + value.len());
    let mut from = 0;
    for (at, _) in lower.match_indices(&wanted) {
        out.push_str(url.get(from..at).unwrap_or_default());
        out.push_str(value);
        from = at + wanted.len();
    }
    out.push_str(url.get(from..).unwrap_or_default());
    out
}

/// Fit for a file's name.
fn plain(identifier: &str) -> String {
    let fit = |c: char| if c.is_alphanumeric() || "-_".contains(c) { c } else { '_' };
    identifier.chars().take(60).map(fit).collect()
}
