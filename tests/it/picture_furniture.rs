//! What stands over a picture: nothing on anything else, nothing outside, and what it says.

use jintu::{
    app::{Language, Moment, export::MapPart},
    basemap::Basemap,
    catalogue::{Facet, Filter},
    geo::Datum,
    paper::{BoxPt, Drawing, Item},
    report::{
        map_content::{MapContent, MapExtras, Outside},
        picture::PictureRequest,
    },
    store,
    style::Mode,
    units::Extent,
};

use crate::real::catalogue;

/// Makes a picture's furniture and says where its pieces stand and what they say.
fn furniture(
    size_pt: [f32; 2],
    language: Language,
    filter: &Filter,
    around: Option<Extent>,
) -> (Vec<(&'static str, BoxPt)>, Vec<String>) {
    over(size_pt, language, filter, around, None)
}

fn over(
    size_pt: [f32; 2],
    language: Language,
    filter: &Filter,
    around: Option<Extent>,
    outside: Option<&Outside>,
) -> (Vec<(&'static str, BoxPt)>, Vec<String>) {
    let catalogue = catalogue();
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let fonts = store::fonts().unwrap();
    let shown = filter.apply(&catalogue);
    let content = MapContent {
        catalogue: &catalogue,
        basemap: &basemap,
        fonts: &fonts,
        shown: &shown,
        selected: &[],
        filter,
        language,
        mode: Mode::Light,
        outside,
        drawn_on: Some(Moment { year: 2026, month: 3, day: 9, hour: 1, minute: 2, second: 3 }),
    };
    let part = MapPart::Extent(around.unwrap_or(catalogue.city_extent().unwrap()));
    // A place is shown from near by.
    let denominator = around.map(|_| 10_000.0);
    let request = PictureRequest { content, size_pt, part, denominator, title: None };
    let over = request.furniture(MapExtras::default());
    let places = over.places().to_vec();
    let mut words = Vec::new();
    texts(&over.into_items(), &mut words);
    (places, words)
}

fn texts(items: &[Item], into: &mut Vec<String>) {
    for item in items {
        match &item.drawing {
            Drawing::Text(text) => into.push(text.text.clone()),
            Drawing::Group(items) | Drawing::Clip { items, .. } => texts(items, into),
            _ => {}
        }
    }
}

#[test]
fn nothing_lies_on_anything_else_in_pictures_of_every_size() {
    let mut narrowed = Filter::default();
    narrowed.toggle(Facet::County, "140121");
    let sizes = [
        [800.0, 450.0],
        [600.0, 900.0],
        [1920.0, 1080.0],
        [960.0, 540.0],
        [480.0, 360.0],
        [400.0, 800.0],
        [360.0, 360.0],
    ];
    for size_pt in sizes {
        for language in Language::ALL {
            for filter in [&Filter::default(), &narrowed] {
                let (places, _) = furniture(size_pt, language, filter, None);
                let told = format!("{size_pt:?} {language:?} {places:#?}");
                let whole = BoxPt::new(0.0, 0.0, size_pt[0], size_pt[1]);
                for (i, (name, place)) in places.iter().enumerate() {
                    assert!(whole.holds(place, 0.01), "{name} leaves {told}");
                    for (other, at) in &places[i + 1..] {
                        assert!(!place.inset(0.1).overlaps(at), "{name} and {other} in {told}");
                    }
                }
                for needed in ["title", "credits", "scale-bar"] {
                    assert!(places.iter().any(|(name, _)| *name == needed), "{needed}: {told}");
                }
                let legend = places.iter().any(|(name, _)| *name == "legend");
                assert!(legend || size_pt[0].min(size_pt[1]) < 450.0, "no legend: {told}");
            }
        }
    }
}

#[test]
fn the_title_names_the_filter_and_the_credits_the_day() {
    let mut filter = Filter { text: "铁路".into(), ..Filter::default() };
    filter.toggle(Facet::County, "140121");
    let (_, words) = furniture([1920.0, 1080.0], Language::Chinese, &filter, None);
    let all = words.join("");
    for said in ["筛选：", "清徐县", "“铁路”", "制图 2026-03-09", "太原市“十四五”"]
    {
        assert!(all.contains(said), "{said}: {all}");
    }
    let (_, words) = furniture([1920.0, 1080.0], Language::English, &filter, None);
    let title = words.first().unwrap();
    assert!(title.is_ascii() || !title.chars().any(|c| ('一'..='龥').contains(&c)), "{title}");
}

/// The legend explains what lies in the frame, nothing else.
#[test]
fn the_legend_keeps_to_the_frame() {
    let catalogue = catalogue();
    let airport = catalogue.project("B1-03").unwrap();
    let around = catalogue.extent_of([airport]).unwrap();
    let (_, all) = furniture([1920.0, 1080.0], Language::Chinese, &Filter::default(), None);
    let (_, near) =
        furniture([1920.0, 1080.0], Language::Chinese, &Filter::default(), Some(around));
    assert!(near.len() < all.len(), "{near:?}");
    assert!(near.iter().any(|words| words.contains("跑道")), "{near:?}");
    let rivers = |words: &[String]| words.iter().any(|words| words.starts_with("河道治理"));
    assert!(rivers(&all) && !rivers(&near), "{near:?}");
}

/// Under a basemap from outside the embedded one shows wherever a tile is missing: with its credits.
#[test]
fn the_embedded_basemap_is_credited_under_another() {
    let outside =
        Outside { credit: "某服务 · 审图号 GS(2026)1号".into(), datum: Datum::Wgs84 };
    let size = [1920.0, 1080.0];
    let (_, words) = over(size, Language::Chinese, &Filter::default(), None, Some(&outside));
    let all = words.join("");
    for said in ["某服务", "GS(2026)1号", "天地图", "GSHHG", "GeoNames"] {
        assert!(all.contains(said), "{said}: {all}");
    }
}
