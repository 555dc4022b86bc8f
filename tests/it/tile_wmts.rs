//! WMTS capabilities.

use std::fmt::Write;

use jintu::{
    geo::Datum,
    tile::{
        Access, CacheTerms, Content, KeyKind, TileId,
        template::expand,
        wmts::{WmtsError, WmtsLayer, read},
    },
};
use proptest::prelude::*;

/// Scale of zoom 0 with 256-pixel tiles (OGC 07-057r7, Annex E.4).
const TOP_SCALE: f64 = 559_082_264.028_717_8;

fn set(name: &str, crs: &str, prefix: &str, zooms: std::ops::Range<u32>, px: u32) -> String {
    let mut out = format!(
        "<TileMatrixSet><ows:Identifier>{name}</ows:Identifier>\
         <ows:SupportedCRS>{crs}</ows:SupportedCRS>"
    );
    for z in zooms {
        let scale = TOP_SCALE / f64::from(1_u32 << z) * 256.0 / f64::from(px);
        write!(
            out,
            "<TileMatrix><ows:Identifier>{prefix}{z}</ows:Identifier>\
             <ScaleDenominator>{scale}</ScaleDenominator>\
             <TopLeftCorner>-20037508.342789 20037508.342789</TopLeftCorner>\
             <TileWidth>{px}</TileWidth><TileHeight>{px}</TileHeight>\
             <MatrixWidth>{0}</MatrixWidth><MatrixHeight>{0}</MatrixHeight></TileMatrix>",
            1_u32 << z
        )
        .unwrap();
    }
    out + "</TileMatrixSet>"
}

fn capabilities(layers: &str, sets: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Capabilities version=\"1.0.0\" xmlns=\"http://www.opengis.net/wmts/1.0\" \
         xmlns:ows=\"http://www.opengis.net/ows/1.1\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
         <ows:ServiceProvider><ows:ProviderName>某局</ows:ProviderName></ows:ServiceProvider>\
         <ows:OperationsMetadata><ows:Operation name=\"GetTile\"><ows:DCP><ows:HTTP>\
         <ows:Get xlink:href=\"https://h/rest/\"><ows:Constraint name=\"GetEncoding\">\
         <ows:AllowedValues><ows:Value>RESTful</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get>\
         <ows:Get xlink:href=\"https://h/wmts?\"><ows:Constraint name=\"GetEncoding\">\
         <ows:AllowedValues><ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get>\
         </ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>\
         <Contents>{layers}{sets}</Contents></Capabilities>"
    )
}

fn layer(name: &str, set: &str, format: &str, more: &str) -> String {
    format!(
        "<Layer><ows:Title>{name} 图</ows:Title><ows:Identifier>{name}</ows:Identifier>\
         <ows:WGS84BoundingBox><ows:LowerCorner>111 37</ows:LowerCorner>\
         <ows:UpperCorner>113.5 38.5</ows:UpperCorner></ows:WGS84BoundingBox>\
         <Style><ows:Identifier>night</ows:Identifier></Style>\
         <Style isDefault=\"true\"><ows:Identifier>day</ows:Identifier></Style>\
         <Format>{format}</Format>\
         <TileMatrixSetLink><TileMatrixSet>{set}</TileMatrixSet></TileMatrixSetLink>{more}</Layer>"
    )
}

fn only(text: &str, base: &str) -> WmtsLayer {
    let layers = read(text.as_bytes(), "own-1", base).unwrap();
    assert_eq!(layers.len(), 1);
    layers.into_iter().next().unwrap()
}

fn address(layer: &WmtsLayer, key: Option<&str>) -> String {
    let tile = TileId { z: 5, x: 26, y: 12 };
    expand(&layer.source, tile, key).unwrap().secret_url().to_owned()
}

const GOOGLE: &str = "urn:ogc:def:crs:EPSG::3857";

#[test]
fn a_layer_by_key_and_value() {
    let text = capabilities(
        &layer("路", "g", "image/png", ""),
        &set("g", GOOGLE, "EPSG:3857:", 0..19, 256),
    );
    let layer = only(&text, "https://h/wmts?request=GetCapabilities");
    let source = &layer.source;
    assert_eq!(
        address(&layer, None),
        "https://h/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=路&STYLE=day\
         &TILEMATRIXSET=g&FORMAT=image/png&TILEMATRIX=EPSG:3857:5&TILEROW=12&TILECOL=26"
    );
    assert_eq!((source.min_zoom, source.max_zoom, source.tile_px), (0, 18, 256));
    assert_eq!((source.name.zh.as_str(), source.credit.zh.as_str()), ("路 图", "某局"));
    assert_eq!((source.datum, source.cache), (Datum::Wgs84, CacheTerms::SeenOnly));
    let extent = source.extent.unwrap();
    assert_eq!(
        (extent.west_deg, extent.south_deg, extent.east_deg, extent.north_deg),
        (111.0, 37.0, 113.5, 38.5)
    );
}

#[test]
fn addresses_of_resources_come_first() {
    let resource = "<ResourceURL format=\"image/jpeg\" resourceType=\"tile\" \
         template=\"tiles/{Style}/{Time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.jpg\"/>\
         <ResourceURL format=\"text/xml\" resourceType=\"FeatureInfo\" template=\"https://h/info\"/>\
         <Dimension><ows:Identifier>Time</ows:Identifier><Default>2024</Default><Value>2023</Value></Dimension>";
    let text =
        capabilities(&layer("a", "g", "image/png", resource), &set("g", GOOGLE, "", 3..15, 512));
    let layer = only(&text, "https://h/geo/caps.xml");
    assert_eq!(address(&layer, None), "https://h/geo/tiles/day/2024/g/5/12/26.jpg");
    assert_eq!(layer.source.content, Content::Raster);
    assert_eq!((layer.source.min_zoom, layer.source.max_zoom, layer.source.tile_px), (3, 14, 512));
}

/// As 天地图 writes it: levels from 1, the corner with its axes exchanged, `tiles` for a format.
#[test]
fn tianditu_is_known_and_its_key_is_kept_apart() {
    let set = set("w", "urn:ogc:def:crs:EPSG::900913", "", 1..19, 256)
        .replace("-20037508.342789 20037508.342789", "20037508.3427892 -20037508.3427892");
    let text = capabilities(&layer("vec", "w", "tiles", ""), &set)
        .replace("https://h/wmts?", "http://t0.tianditu.gov.cn/vec_w/wmts?");
    let base = "http://t0.tianditu.gov.cn/vec_w/wmts?request=GetCapabilities&service=wmts";
    for base in [base.to_owned(), format!("{base}&tk={{key}}")] {
        let layer = only(&text, &base);
        assert_eq!(
            (layer.source.datum, layer.source.key, layer.source.cache),
            (Datum::Cgcs2000, KeyKind::Tianditu, CacheTerms::SeenOnly)
        );
        assert!(address(&layer, Some("abc")).ends_with("&TILEROW=12&TILECOL=26&tk=abc"));
        assert_eq!((layer.source.min_zoom, layer.source.max_zoom), (1, 18));
    }
    // A key in the service's own answer is taken out.
    let with_key = text.replace("/vec_w/wmts?", "/vec_w/wmts?tk=QZX&amp;");
    let layer = only(&with_key, base);
    assert_eq!(layer.key.as_deref(), Some("QZX"));
    assert!(!format!("{:?}", layer.source).contains("QZX"));
    assert!(address(&layer, Some("QZX")).contains("tk=QZX&"));
}

#[test]
fn other_grids_and_formats_are_left_out() {
    let good = set("g", GOOGLE, "", 0..10, 256);
    let broken = [
        set("g", "urn:ogc:def:crs:EPSG::4490", "", 0..10, 256),
        good.replace("20037508.342789 ", "20037000 "),
        good.replace(" 20037508.342789", " 0"),
        good.replace("559082264", "500000000").replace("<ScaleDenominator>", "<ScaleDenominator>1"),
        good.replace("<TileWidth>256", "<TileWidth>300"),
        good.replace("<TileHeight>256", "<TileHeight>512"),
        good.replace("<ScaleDenominator>", "<ScaleDenominator>-"),
        good.replace("<ScaleDenominator>", "<ScaleDenominator>NaN"),
        // Names that do not tell the zoom.
        good.replace("<TileMatrix><ows:Identifier>", "<TileMatrix><ows:Identifier>1"),
        set("other", GOOGLE, "", 0..10, 256),
        "<TileMatrixSet/>".to_owned(),
    ];
    for set in broken {
        let text = capabilities(&layer("a", "g", "image/png", ""), &set);
        assert_eq!(
            read(text.as_bytes(), "i", "https://h/w"),
            Err(WmtsError::NoLayer),
            "{set:.400}"
        );
    }
    let text = capabilities(&layer("a", "g", "image/tiff", ""), &good);
    assert_eq!(read(text.as_bytes(), "i", "https://h/w"), Err(WmtsError::NoLayer));
    // The good ones among them stay.
    let bad = layer("b", "x", "image/png", "");
    let text = capabilities(&(bad + &layer("a", "g", "image/webp", "")), &good);
    assert_eq!(only(&text, "https://h/w").identifier, "a");
    // Zooms whose names do not fit are left out, not the layer.
    let odd = good.replace("<ows:Identifier>9<", "<ows:Identifier>nine<");
    let text = capabilities(&layer("a", "g", "image/png", ""), &odd);
    assert_eq!(only(&text, "https://h/w").source.max_zoom, 8);
}

#[test]
fn broken_and_hostile_documents_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]>\
                <Capabilities><Contents>&c;</Contents></Capabilities>";
    let deep = format!("<Capabilities>{}", "<a>".repeat(200_000));
    let closed =
        format!("<Capabilities>{}{}</Capabilities>", "<a>".repeat(50_000), "</a>".repeat(50_000));
    for text in ["", "<", "<Capabilities>", "{\"a\":1}", bomb] {
        let refused = read(text.as_bytes(), "i", "https://h/w");
        assert!(matches!(refused, Err(WmtsError::Xml(_))), "{text:.60} {refused:?}");
    }
    let hidden = deep.replace("<a>", "<a b='>'><!-- </a></a> --><![CDATA[</a>]]><?x </a>?>");
    for text in [&deep, &closed, &hidden] {
        assert_eq!(read(text.as_bytes(), "i", ""), Err(WmtsError::TooDeep));
    }
    for text in [
        "<html><body/></html>",
        "<WMS_Capabilities><Contents/></WMS_Capabilities>",
        "<Capabilities/>",
    ] {
        assert_eq!(read(text.as_bytes(), "i", ""), Err(WmtsError::NotWmts));
    }
    let huge = vec![b' '; 17 << 20];
    assert_eq!(read(&huge, "i", ""), Err(WmtsError::TooLarge(17 << 20)));
    let many =
        format!("<Capabilities><Contents>{}</Contents></Capabilities>", "<a/>".repeat(1_100_000));
    assert!(matches!(read(many.as_bytes(), "i", ""), Err(WmtsError::Xml(_))));
}

proptest! {
    /// Pieces cut out and put elsewhere: whatever is read has an address.
    #[test]
    fn no_damage_breaks_it(from in 0_usize..4000, length in 0_usize..400, to in 0_usize..4000) {
        let text = capabilities(&layer("a", "g", "image/png", ""), &set("g", GOOGLE, "", 0..5, 256));
        let mut bytes = text.into_bytes();
        let from = from % bytes.len();
        let piece: Vec<u8> = bytes.drain(from..(from + length).min(bytes.len())).collect();
        let to = to % bytes.len();
        bytes.splice(to..to, piece);
        if let Ok(layers) = read(&bytes, "i", "https://h/w") {
            for layer in layers {
                let is_template = matches!(layer.source.access, Access::Template { .. });
                prop_assert!(is_template);
                prop_assert!(layer.source.min_zoom <= layer.source.max_zoom);
                let url = expand(&layer.source, TileId { z: 1, x: 0, y: 0 }, Some("k"));
                prop_assert!(url.is_ok());
            }
        }
    }
}
