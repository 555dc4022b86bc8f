//! The map as a picture, off-screen, with title, legend, scale and credits.

use crate::{
    app::{Language, text},
    basemap::Basemap,
    catalogue::{Catalogue, Filter},
    geo::Datum,
    raster::{
        Corner, FeatureLayer, Fonts, Furniture, Legend, LegendEntry, Picture, PictureError, Piece,
        Sample, ScaleBar, Title, encode_png, feature_layer, measure,
    },
    scene::{
        self, DrawList, Padding, Prepared, Stroke, View, Viewport,
        base_labels::base_labels,
        labels::place,
        legend::{self, What},
        network_labels::network_labels,
        project_labels::{county_labels, occupied_by_marks, project_labels},
    },
    style::{MapPalette, Mode},
    tr,
    units::Extent,
};

/// What the picture shows.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub shown: &'a [usize],
    pub selected: &'a [String],
    pub filter: &'a Filter,
    pub language: Language,
    pub mode: Mode,
    pub size_px: [u32; 2],
    pub pixels_per_point: f32,
    pub view: Frame,
    /// Chosen for [`Wanted::viewport`].
    pub layers: &'a [FeatureLayer],
}

/// Which part of the world.
#[derive(Debug, Clone, Copy)]
pub enum Frame {
    Extent(Extent),
    /// As the window shows it, fitted to the picture.
    Viewport(Viewport),
}

impl Wanted<'_> {
    /// The part of the world that the picture shows.
    pub fn viewport(&self) -> Viewport {
        let points = self.size_px.map(|px| px as f32 / self.pixels_per_point);
        match self.view {
            Frame::Extent(extent) => scene::fit(extent, points, Padding::even(36.0)),
            Frame::Viewport(seen) => {
                let ratio = f64::from((points[0] / seen.width_pt).min(points[1] / seen.height_pt));
                let zoom = seen.zoom + ratio.max(f64::MIN_POSITIVE).log2();
                // The picture rests on the embedded basemap, whatever the window shows.
                Viewport {
                    zoom,
                    width_pt: points[0],
                    height_pt: points[1],
                    datum: Datum::Wgs84,
                    ..seen
                }
            }
        }
    }
}

/// Paints the picture and encodes it as PNG.
///
/// # Errors
/// A size that cannot be painted, or a damaged basemap.
pub fn png(
    catalogue: &Catalogue,
    basemap: &Basemap,
    fonts: &Fonts,
    wanted: Wanted<'_>,
) -> Result<Vec<u8>, PictureError> {
    let points = wanted.size_px.map(|px| px as f32 / wanted.pixels_per_point);
    let viewport = wanted.viewport();
    let view = View {
        shown: wanted.shown,
        selected: wanted.selected,
        hover: None,
        counties: &wanted.filter.counties,
        mode: wanted.mode,
        zoom: viewport.zoom,
        language: wanted.language,
        with_anchors: true,
        subject_only: false,
    };
    let prepared = Prepared::new(catalogue);
    let shapes = scene::compose(catalogue, &prepared, view);
    let mut requests = project_labels(catalogue, &prepared, view, &viewport, 1.0);
    requests.extend(county_labels(catalogue, view, &viewport, 1.0));
    let named = basemap.names(&viewport);
    requests.extend(network_labels(&named.lines, view, &viewport, 1.0));
    requests.extend(base_labels(&named.places, &catalogue.counties, view, &viewport, 1.0));
    let mut occupied = occupied_by_marks(&shapes, &viewport);
    occupied.extend(furniture_boxes(points));
    let labels = place(requests, occupied, points, &|line, style| {
        measure(fonts, line, style.size_pt, style.bold, style.tracking_em)[0]
    });
    let furniture = furniture(catalogue, basemap, view, wanted);
    let picture = Picture {
        viewport,
        pixels_per_point: wanted.pixels_per_point,
        palette: MapPalette::of(wanted.mode),
        fonts,
        basemap: Some(basemap),
        layers: wanted.layers,
        draw_list: &DrawList { shapes, labels },
        furniture: &furniture,
    };
    encode_png(&picture.render()?, Some(96.0 * wanted.pixels_per_point))
}

/// Labels keep clear of where title and credits stand.
fn furniture_boxes([width, height]: [f32; 2]) -> Vec<[f32; 4]> {
    vec![[0.0, 0.0, (width * 0.4).min(520.0), 90.0], [0.0, height - 60.0, width * 0.55, height]]
}

fn furniture(
    catalogue: &Catalogue,
    basemap: &Basemap,
    view: View<'_>,
    wanted: Wanted<'_>,
) -> Vec<Furniture> {
    let language = wanted.language;
    let totals = catalogue.totals(wanted.shown.iter().copied());
    let title =
        Title { title: catalogue.plan.title.clone(), subtitle: text::totals(&totals, language) };
    let entries = legend::entries(catalogue, view)
        .into_iter()
        .map(|entry| LegendEntry {
            label: legend_label(&entry.what, language),
            sample: match entry.sample {
                legend::Sample::Line(strokes) => Sample::Line(strokes),
                legend::Sample::Pin { glyph, color } => {
                    let ink = view.palette().panel;
                    Sample::Pin { glyph, fill: color, ink }
                }
                legend::Sample::Anchor { color } => {
                    Sample::Anchor { count: 1, color, ground: view.palette().panel }
                }
            },
        })
        .chain(wanted.layers.iter().map(layer_entry))
        .collect();
    let legend = Legend { title: tr!(language, "legend.title"), entries };
    let bar = ScaleBar {
        prefix: tr!(language, "scale.about"),
        kilometre: " km".to_owned(),
        metre: " m".to_owned(),
    };
    let own = tr!(language, "credits.embedded");
    // The archive credits its sources in Chinese.
    let sources = if language.is_english() { own.as_str() } else { basemap.attribution() };
    let credits =
        vec![tr!(language, "credits.source"), tr!(language, "credits.basemap", text = sources)];
    let at = |corner, piece| Furniture { corner, piece };
    vec![
        at(Corner::TopLeft, Piece::Title(title)),
        at(Corner::BottomRight, Piece::Legend(legend)),
        at(Corner::BottomLeft, Piece::Credits(credits)),
        at(Corner::BottomLeft, Piece::ScaleBar(bar)),
        at(Corner::TopRight, Piece::NorthArrow(tr!(language, "north"))),
    ]
}

fn layer_entry(layer: &FeatureLayer) -> LegendEntry {
    let line = Stroke::solid(layer.line_width_pt.max(1.0), layer.color);
    let sample = if !layer.triangles.is_empty() {
        let fill = layer.color.faded(feature_layer::AREA_TINT);
        Sample::Area { fill, outline: Some(line) }
    } else if !layer.segments.is_empty() {
        Sample::Line(vec![line])
    } else {
        Sample::Dot { color: layer.color, ring: layer.casing }
    };
    LegendEntry { label: layer.name.clone(), sample }
}

/// The words of a legend entry.
pub fn legend_label(what: &What, language: Language) -> String {
    match what {
        What::Line { class, planned } => {
            let name = tr!(language, format!("class.{class}"));
            let key = if *planned { "legend.planned" } else { "legend.plain" };
            tr!(language, key, name = name)
        }
        What::Kind(name) => name.get(language).to_owned(),
        What::Unlocated => tr!(language, "legend.unlocated"),
    }
}
