//! Addresses of tiles.

use jintu::{
    geo::Datum,
    language::Bilingual,
    tile::{
        Access, CacheTerms, Content, KeyKind, Scheme, TemplateError, TileId, TileSource,
        template::{Template, expand, flipped, normalized, split_key, with_key},
    },
};
use proptest::prelude::*;

pub fn source(url: &str, scheme: Scheme, subdomains: &[&str]) -> TileSource {
    TileSource {
        id: "test".to_owned(),
        name: Bilingual::new("试", "test"),
        access: Access::Template {
            url: url.to_owned(),
            subdomains: subdomains.iter().map(|s| (*s).to_owned()).collect(),
            scheme,
        },
        content: Content::Raster,
        datum: Datum::Wgs84,
        min_zoom: 0,
        max_zoom: 18,
        tile_px: 256,
        extent: None,
        credit: Bilingual::default(),
        review_number: None,
        cache: CacheTerms::Packages,
        key: KeyKind::None,
        style: None,
    }
}

fn address(url: &str, scheme: Scheme, tile: TileId) -> String {
    expand(&source(url, scheme, &[]), tile, Some("K")).unwrap().secret_url().to_owned()
}

const TILE: TileId = TileId { z: 3, x: 3, y: 5 };

#[test]
fn placeholders_are_filled_in() {
    for (template, wanted) in [
        ("https://h/{z}/{x}/{y}.png", "https://h/3/3/5.png"),
        ("https://h/{z}/{x}/{-y}.png", "https://h/3/3/2.png"),
        // The quadkey of this tile is the example of Microsoft's "Bing Maps Tile System".
        ("https://h/{q}.png", "https://h/213.png"),
        ("https://h/{quadkey}.png", "https://h/213.png"),
        ("HTTP://h/${z}/${x}/${y}?tk={tk}", "HTTP://h/3/3/5?tk=K"),
        ("https://h/{Z}/{X}/{Y}{r}.png", "https://h/3/3/5.png"),
        ("https://h/%7Bz%7D/%7bx%7d/%7By%7D.png", "https://h/3/3/5.png"),
        ("https://h/%257Bz%257D/%257BX%257D/{y}?k=%7Bkey%7D", "https://h/3/3/5?k=K"),
        // Other braces mean themselves.
        ("https://h/{z}/{x}/{y}?f=%7B%22a%22%3A1%7D%7B", "https://h/3/3/5?f=%7B%22a%22%3A1%7D%7B"),
        (
            "https://h/wmts/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png",
            "https://h/wmts/default/GoogleMapsCompatible/3/5/3.png",
        ),
        (
            "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIXSET={TileMatrixSet}&TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}&tk={token}",
            "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIXSET=w&TILEMATRIX=3&TILEROW=5&TILECOL=3&tk=K",
        ),
    ] {
        assert_eq!(address(template, Scheme::Xyz, TILE), wanted);
    }
    assert_eq!(address("https://h/{z}/{x}/{y}", Scheme::Tms, TILE), "https://h/3/3/2");
    assert_eq!(address("https://h/{z}/{x}/{-y}", Scheme::Tms, TILE), "https://h/3/3/2");
}

#[test]
fn lists_of_servers_in_the_template_are_used() {
    for (template, servers) in [
        ("https://{a-c}.h/{z}/{x}/{y}", vec!["a", "b", "c"]),
        ("https://t{0-7}.h/{z}/{x}/{y}", vec!["0", "1", "2", "3", "4", "5", "6", "7"]),
        ("https://w{01-04}.h/{z}/{x}/{y}", vec!["01", "02", "03", "04"]),
        ("https://{switch:mt0,mt1}.h/{z}/{x}/{y}", vec!["mt0", "mt1"]),
    ] {
        let read = Template::read(template).unwrap();
        assert_eq!(read.subdomains, servers);
        assert!(read.url.contains("{s}"), "{}", read.url);
        let host = address(template, Scheme::Xyz, TILE);
        let turn = (TILE.x + TILE.y) as usize % servers.len();
        assert!(host.contains(servers[turn]), "{host}");
    }
}

#[test]
fn what_is_no_address_of_tiles_is_told() {
    for (template, wanted) in [
        ("", TemplateError::NotHttp),
        ("ftp://h/{z}/{x}/{y}", TemplateError::NotHttp),
        ("file:///etc/{z}/{x}/{y}", TemplateError::NotHttp),
        ("https://", TemplateError::NotHttp),
        ("https:///{z}/{x}/{y}", TemplateError::NotHttp),
        ("https://h/{x}/{y}", TemplateError::NoPlace),
        ("https://h/{z}/{y}", TemplateError::NoPlace),
        ("https://h/{z}/{x}", TemplateError::NoPlace),
        ("https://h/{z}/{x}/{y}/{bbox}", TemplateError::Unknown("bbox".to_owned())),
        ("https://h/{z}/{x}/{y}/{9-1}", TemplateError::Unknown("9-1".to_owned())),
        ("https://h/{z}/{x}/{y}/{0-4000000000}", TemplateError::Unknown("0-4000000000".to_owned())),
    ] {
        assert_eq!(normalized(template), Err(wanted.clone()), "{template}");
        assert!(wanted.to_string().len() > 20, "a sentence");
    }
    let source = source("https://h/{z}/{x}/{y}?k={key}", Scheme::Xyz, &[]);
    assert_eq!(expand(&source, TILE, None), Err(TemplateError::NoKey));
    assert_eq!(expand(&source, TILE, Some("")), Err(TemplateError::NoKey));
}

#[test]
fn a_key_is_taken_out_of_an_address_and_put_back() {
    let url = "https://h/{z}/{x}/{y}?tk=a%2Fb&v=1";
    let (template, key) = split_key(url).unwrap();
    assert_eq!(template, "https://h/{z}/{x}/{y}?tk={key}&v=1");
    assert_eq!(key.as_deref(), Some("a/b"));
    let filled = expand(&source(&template, Scheme::Xyz, &[]), TILE, key.as_deref()).unwrap();
    assert_eq!(filled.secret_url(), "https://h/3/3/5?tk=a%2Fb&v=1");

    // A parameter of a path ends with its step.
    for (url, wanted) in [
        ("https://h/;key=QZX/tiles/{z}/{x}/{y}.png", "https://h/;key={key}/tiles/{z}/{x}/{y}.png"),
        ("https://h/a;tk=QZX;v=1/{z}/{x}/{y}", "https://h/a;tk={key};v=1/{z}/{x}/{y}"),
        ("https://h/key=QZX/{z}/{x}/{y}?a=b", "https://h/key={key}/{z}/{x}/{y}?a=b"),
    ] {
        let (template, key) = split_key(url).unwrap();
        assert_eq!((template.as_str(), key.as_deref()), (wanted, Some("QZX")));
    }
    // In a query a stroke may be part of a key.
    let (template, key) = split_key("https://h/{z}/{x}/{y}?a=1;key=Q/Z/X").unwrap();
    assert_eq!(
        (template.as_str(), key.as_deref()),
        ("https://h/{z}/{x}/{y}?a=1;key={key}", Some("Q/Z/X"))
    );
    let (template, key) = split_key("https://me:pw@h/{z}/{x}/{y}").unwrap();
    assert_eq!((template.as_str(), key.as_deref()), ("https://{key}@h/{z}/{x}/{y}", Some("me:pw")));
    let filled = with_key(&template.replace("{z}/{x}/{y}", "a.pmtiles"), key.as_deref()).unwrap();
    assert_eq!(filled.secret_url(), "https://me:pw@h/a.pmtiles");
    assert!(!format!("{filled} {filled:?}").contains("pw"));

    assert_eq!(split_key("https://h/{z}?tk={tk}").unwrap().1, None);
    assert_eq!(split_key("https://h/?ak=1&sk=2"), Err(TemplateError::ManyKeys));
}

proptest! {
    #[test]
    fn a_key_is_in_the_request_and_never_shown(
        key in "QZX[ -~]{0,20}QZX",
        place in 0_usize..4,
        z in 0_u8..20,
        x in any::<u32>(),
        y in any::<u32>(),
    ) {
        let template = [
            "https://h/{z}/{x}/{y}?tk={key}",
            "https://h/{key}/{z}/{x}/{y}",
            "https://h/{z}/{x}/{y};v={key}/a",
            "https://{key}@h/{z}/{x}/{y}",
        ][place];
        let rows = 1_u32 << z;
        let tile = TileId { z, x: x % rows, y: y % rows };
        let url = expand(&source(template, Scheme::Xyz, &[]), tile, Some(&key)).unwrap();
        prop_assert!(url.secret_url().contains("QZX"));
        let shown = format!("{url} {url:?}");
        prop_assert!(!shown.contains("QZX"), "{}", shown);
        let coordinates = format!("/{z}/{}/{}", tile.x, tile.y);
        prop_assert!(shown.contains(&coordinates));
        prop_assert!(!url.secret_url().contains(' '));
    }

    /// The same address each time, and all servers share the work.
    #[test]
    fn a_tile_has_one_server(z in 4_u8..18, x in 0_u32..16, y in 0_u32..16, n in 1_usize..8) {
        let names: Vec<String> = (0..n).map(|i| format!("srv{i}x")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let source = source("https://{s}.h/{z}/{x}/{y}", Scheme::Xyz, &names);
        let server = |x, y| {
            let url = expand(&source, TileId { z, x, y }, None).unwrap();
            url.secret_url().split('.').next().unwrap().trim_start_matches("https://").to_owned()
        };
        prop_assert_eq!(server(x, y), server(x, y));
        let used: std::collections::BTreeSet<String> =
            (0..u32::try_from(n).unwrap()).map(|i| server(x + i, y)).collect();
        prop_assert_eq!(used.len(), n);
    }

    /// The quadkey's digits lead down from the world, each to a quarter of the tile before.
    #[test]
    fn a_quadkey_leads_to_its_tile(z in 1_u8..=30, x in any::<u32>(), y in any::<u32>()) {
        let rows = 1_u32 << z;
        let tile = TileId { z, x: x % rows, y: y % rows };
        let url = address("https://h/{q}", Scheme::Xyz, tile);
        let (mut west, mut north, mut size) = (0.0_f64, 0.0_f64, 1.0_f64);
        for digit in url.trim_start_matches("https://h/").bytes() {
            size /= 2.0;
            west += f64::from((digit - b'0') % 2) * size;
            north += f64::from((digit - b'0') / 2) * size;
        }
        prop_assert_eq!((west / size, north / size), (f64::from(tile.x), f64::from(tile.y)));
        prop_assert!((1.0 / size - f64::from(rows)).abs() < 0.5);
    }

    #[test]
    fn rows_from_the_south_are_their_own_inverse(z in 0_u8..=31, y in any::<u32>()) {
        let tile = TileId { z, x: 0, y: u32::try_from(u64::from(y) % (1_u64 << z)).unwrap() };
        let there = TileId { y: flipped(tile), ..tile };
        prop_assert_eq!(flipped(there), tile.y);
        prop_assert_eq!(u64::from(there.y) + u64::from(tile.y) + 1, 1_u64 << z);
    }

    #[test]
    fn nothing_breaks_it(text in "(\\PC|[{}$]|\\{[a-z-]{0,3}\\}|https://){0,30}", z in any::<u8>(), x in any::<u32>()) {
        let _ = expand(&source(&text, Scheme::Tms, &["a"]), TileId { z, x, y: x }, Some("k"));
        if let Ok((template, Some(key))) = split_key(&text) {
            let replaced = template.contains("{key}") && !key.is_empty();
            prop_assert!(replaced, "{}", template);
        }
        let full = format!("https://h/{{z}}/{{x}}/{{y}}/{{q}}/{{-y}}?{}", text.replace(['{', '}'], ""));
        let tile = TileId { z, x, y: x };
        let url = expand(&source(&full, Scheme::Tms, &[]), tile, None);
        prop_assert!(url.is_ok(), "{:?}", url);
    }
}
