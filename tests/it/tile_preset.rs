//! The basemaps that come with the program.

use std::collections::BTreeSet;

use jintu::{
    geo::Datum,
    tile::{
        Access, CacheTerms, KeyKind, TileId, known, package, preset, presets, template::expand,
    },
};

#[test]
fn names_find_their_presets() {
    for (name, key) in [
        ("tianditu-vec", "tianditu-vec"),
        ("天地图矢量", "tianditu-vec"),
        ("天地图 影像", "tianditu-img"),
        ("天地图地形", "tianditu-ter"),
        ("Tianditu Terrain", "tianditu-ter"),
        (" 天地图 ", "tianditu-vec"),
        ("OSM", "osm"),
        ("openstreetmap", "osm"),
        ("OpenStreetMap", "osm"),
        ("amap", "amap"),
        ("高德", "amap"),
        ("高德影像", "amap-img"),
        ("offline", "offline"),
        ("离线底图", "offline"),
        ("none", "none"),
        ("无底图", "none"),
    ] {
        assert_eq!(preset(name).unwrap().key, key, "{name}");
    }
    for name in ["", "-", "tian", "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "osm.mbtiles"] {
        assert_eq!(preset(name), None, "{name}");
    }
}

#[test]
fn every_source_is_complete_and_has_an_address() {
    let mut ids = BTreeSet::new();
    let mut sources = 0;
    for preset in presets() {
        assert!(!preset.name.zh.is_empty() && !preset.name.en.is_empty());
        for source in &preset.layers {
            sources += 1;
            assert!(ids.insert(source.id.clone()), "{} twice", source.id);
            let fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(source.id.chars().all(fit), "{}", source.id);
            assert!(!source.credit.zh.is_empty() && !source.credit.en.is_empty());
            assert!(source.min_zoom < source.max_zoom);
            // No number is claimed that nobody has checked.
            assert_eq!(source.review_number, None);
            let tile = TileId { z: 10, x: 832, y: 395 };
            let key = (source.key != KeyKind::None).then_some("QZX");
            let url = expand(source, tile, key).unwrap();
            let secret = url.secret_url();
            assert!(
                secret.starts_with("https://") && !secret.contains(['{', '}', ' ']),
                "{secret}"
            );
            assert!(secret.contains("832") && secret.contains("395"), "{secret}");
            assert_eq!(secret.contains("QZX"), key.is_some());
            assert!(!url.to_string().contains("QZX"));
            // What is typed by hand gets the same terms.
            let service = known::service(secret).unwrap();
            assert_eq!((service.datum, service.cache), (source.datum, source.cache));
            assert!(package::allowed(source.cache).is_err(), "{} allows packages", source.id);
        }
    }
    assert_eq!(sources, 3 * 2 + 1 + 1 + 2);
}

#[test]
fn services_have_their_datum_and_terms() {
    for (name, layers, datum, cache, max_zoom) in [
        ("tianditu-vec", 2, Datum::Cgcs2000, CacheTerms::SeenOnly, 18),
        ("tianditu-img", 2, Datum::Cgcs2000, CacheTerms::SeenOnly, 18),
        ("tianditu-ter", 2, Datum::Cgcs2000, CacheTerms::SeenOnly, 14),
        ("osm", 1, Datum::Wgs84, CacheTerms::SeenOnly, 19),
        ("amap", 1, Datum::Gcj02, CacheTerms::Forbidden, 18),
        ("amap-img", 2, Datum::Gcj02, CacheTerms::Forbidden, 18),
    ] {
        let preset = preset(name).unwrap();
        assert_eq!(preset.layers.len(), layers);
        for source in preset.layers {
            assert_eq!(
                (source.datum, source.cache, source.max_zoom),
                (datum, cache, max_zoom),
                "{name}"
            );
        }
    }
    let vector = preset("天地图矢量").unwrap();
    let Access::Template { url, subdomains, .. } = &vector.layers[1].access else { panic!() };
    assert!(url.contains("/cva_w/wmts?") && url.contains("&tk={key}"));
    assert_eq!(subdomains.len(), 8);
}

#[test]
fn hosts_are_known_by_their_whole_names() {
    for (url, known) in [
        ("https://t3.tianditu.gov.cn/x", true),
        ("https://T3.TIANDITU.GOV.CN:443/x", true),
        ("https://me:pw@tile.openstreetmap.org/x", true),
        ("https://tile.openstreetmap.org.evil.example/x", false),
        ("https://nottianditu.gov.cn/x", false),
        ("https://h/?u=tianditu.gov.cn", false),
        ("", false),
    ] {
        assert_eq!(jintu::tile::known::service(url).is_some(), known, "{url}");
    }
}
