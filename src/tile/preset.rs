//! Basemaps that come with the program, as data.

use std::ops::Range;

use super::{
    Access, Content, Scheme, TileSource,
    known::{AMAP, OPENSTREETMAP, Service, TIANDITU},
};
use crate::language::Bilingual;

/// One or several sources that are shown together.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    pub key: String,
    pub name: Bilingual,
    /// From the ground up; empty for what needs no tiles.
    pub layers: Vec<TileSource>,
}

/// All of them, in the order of the list. No 审图号 is claimed for any: what is known of a
/// service's number changes with its editions, and the services draw it themselves.
pub fn presets() -> Vec<Preset> {
    let vector = amap("amap-vec", "高德 矢量", "Amap vector", "webrd0", 8);
    let picture = amap("amap-img", "高德 影像", "Amap imagery", "webst0", 6);
    let labels = amap("amap-label", "高德 影像注记", "Amap imagery labels", "webst0", 8);
    vec![
        preset_of("offline", Bilingual::new("离线底图", "Offline basemap"), Vec::new()),
        tianditu("vec", "cva", "矢量", "vector", 18),
        tianditu("img", "cia", "影像", "imagery", 18),
        tianditu("ter", "cta", "地形", "terrain", 14),
        preset_of("osm", Bilingual::same("OpenStreetMap"), vec![openstreetmap()]),
        preset_of("amap", vector.name.clone(), vec![vector]),
        preset_of("amap-img", picture.name.clone(), vec![picture, labels]),
        preset_of("none", Bilingual::new("无底图", "No basemap"), Vec::new()),
    ]
}

/// The preset that a name means: its key, either of its names or what people call it, in any case,
/// with or without spaces and hyphens.
pub fn preset(name: &str) -> Option<Preset> {
    const CALLED: [(&str, &str); 8] = [
        ("天地图", "tianditu-vec"),
        ("tianditu", "tianditu-vec"),
        ("openstreetmap", "osm"),
        ("高德", "amap"),
        ("高德地图", "amap"),
        ("gaode", "amap"),
        ("高德卫星", "amap-img"),
        ("graticule", "none"),
    ];
    let plain = |text: &str| -> String {
        let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_' | '·');
        text.chars().filter(kept).flat_map(char::to_lowercase).collect()
    };
    let name = plain(name);
    let called = CALLED.iter().find(|(called, _)| *called == name);
    let wanted = called.map_or(name.clone(), |(_, key)| plain(key));
    presets().into_iter().find(|preset| {
        [&preset.key, &preset.name.zh, &preset.name.en].iter().any(|own| plain(own) == wanted)
    })
}

/// A ground and its labels, in Web Mercator (`_w`), by WMTS, as 天地图's own pages and
/// <https://blog.csdn.net/XinShun/article/details/93488732> give it.
fn tianditu(ground: &str, labels: &str, zh: &str, en: &str, max_zoom: u8) -> Preset {
    let layer = |layer: &str, name: Bilingual| {
        let url = format!(
            "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile\
             &VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles\
             &TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
        );
        let zooms = (1, max_zoom);
        source(&format!("tianditu-{layer}"), name, url, 0..8, zooms, TIANDITU)
    };
    let name = Bilingual::new(format!("天地图 {zh}"), format!("Tianditu {en}"));
    let of_labels = Bilingual::new(format!("{}注记", name.zh), format!("{} labels", name.en));
    let layers = vec![layer(ground, name.clone()), layer(labels, of_labels)];
    preset_of(&format!("tianditu-{ground}"), name, layers)
}

fn openstreetmap() -> TileSource {
    let url = "https://tile.openstreetmap.org/{z}/{x}/{y}.png".to_owned();
    source("osm", Bilingual::same("OpenStreetMap"), url, 0..0, (0, 19), OPENSTREETMAP)
}

/// `webrd` has the map with its labels (8), `webst` pictures from above (6) and labels for them (8).
fn amap(id: &str, zh: &str, en: &str, host: &str, style: u8) -> TileSource {
    let url = format!(
        "https://{host}{{s}}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style={style}\
         &x={{x}}&y={{y}}&z={{z}}"
    );
    source(id, Bilingual::new(zh, en), url, 1..5, (3, 18), AMAP)
}

fn source(
    id: &str,
    name: Bilingual,
    url: String,
    servers: Range<u8>,
    (min_zoom, max_zoom): (u8, u8),
    service: Service,
) -> TileSource {
    let subdomains = servers.map(|i| i.to_string()).collect();
    TileSource {
        id: id.to_owned(),
        name,
        access: Access::Template { url, subdomains, scheme: Scheme::Xyz },
        content: Content::Raster,
        datum: service.datum,
        min_zoom,
        max_zoom,
        tile_px: 256,
        extent: None,
        credit: service.credit(),
        review_number: None,
        cache: service.cache,
        key: service.key,
        style: None,
    }
}

fn preset_of(key: &str, name: Bilingual, layers: Vec<TileSource>) -> Preset {
    Preset { key: key.to_owned(), name, layers }
}
