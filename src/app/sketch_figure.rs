//! What was measured or outlined, as a figure on the map.

use super::{
    Language, State,
    measure::{Measured, Segment, area_words, length_words, pairs, segment},
    sketch::{Purpose, Sketch, Stage},
};
use crate::{
    geo::{geodesic, mercator},
    scene::figure::{Figure, FigureLabel, Firm, LabelAt},
    style::{MapPalette, Mode},
    tr,
    units::{LonLat, Mercator},
};

/// What is drawn on the map of a sketch; while it is being drawn `pointer` is where the next vertex
/// would be, and `near` leads from a position to the place on a line of the plan that is told.
pub fn figure(
    sketch: &Sketch,
    pointer: Option<LonLat>,
    near: Option<(LonLat, LonLat)>,
    language: Language,
    mode: Mode,
) -> Figure {
    let palette = MapPalette::of(mode);
    let set = sketch.vertices();
    let pointer = pointer.filter(|_| sketch.is_drawing() && !sketch.is_full());
    let path: Vec<LonLat> = set.iter().copied().chain(pointer).collect();
    let measures = sketch.purpose == Purpose::Measure;
    let between = if measures { drawn_between } else { straight_between };
    let mut lines: Vec<(Vec<Mercator>, Firm)> = pairs(&path)
        .enumerate()
        .map(|(i, (a, b))| (between(a, b), if i + 1 < set.len() { Firm::Set } else { Firm::Loose }))
        .collect();
    let mut figure = Figure::default();
    let has_area = path.len() >= 3 && sketch.stage != Stage::Line;
    if let Some((first, last)) = path.first().zip(path.last()).filter(|_| has_area) {
        let is_ring = sketch.stage == Stage::Ring;
        lines.push((between(*last, *first), if is_ring { Firm::Set } else { Firm::Loose }));
        let starts = |(path, _): &(Vec<Mercator>, Firm)| {
            let but_last = path.len().saturating_sub(1);
            path.iter().take(but_last).copied().collect::<Vec<_>>()
        };
        figure.add_area(lines.iter().flat_map(starts).collect(), palette);
    }
    if let Some((from, to)) = near.filter(|_| measures) {
        figure.add_line(drawn_between(from, to), Firm::Off, palette);
    }
    for (path, firm) in lines {
        figure.add_line(path, firm, palette);
    }
    for p in set {
        figure.add_vertex(mercator::from_lon_lat(*p), palette);
    }
    if measures {
        label(&mut figure, &path, sketch.stage, language);
    }
    figure
}

/// A geometry that is taken as it is, without its vertices.
pub fn of_geometry(geometry: &geo::Geometry<f64>, mode: Mode) -> Figure {
    let palette = MapPalette::of(mode);
    let mut figure = Figure::default();
    let path = |line: &geo::LineString<f64>| -> Vec<Mercator> {
        line.0.iter().map(|c| mercator::from_lon_lat((*c).into())).collect()
    };
    let mut left = vec![geometry.clone()];
    while let Some(own) = left.pop() {
        match own {
            geo::Geometry::Point(p) => {
                figure.add_vertex(mercator::from_lon_lat(p.0.into()), palette);
            }
            geo::Geometry::LineString(line) => figure.add_line(path(&line), Firm::Set, palette),
            geo::Geometry::Polygon(area) => {
                for ring in std::iter::once(area.exterior()).chain(area.interiors()) {
                    figure.add_line(path(ring), Firm::Set, palette);
                }
            }
            geo::Geometry::GeometryCollection(parts) => left.extend(parts.0),
            geo::Geometry::MultiPoint(all) => left.extend(all.0.into_iter().map(Into::into)),
            geo::Geometry::MultiLineString(all) => left.extend(all.0.into_iter().map(Into::into)),
            geo::Geometry::MultiPolygon(all) => left.extend(all.0.into_iter().map(Into::into)),
            _ => {}
        }
    }
    figure
}

/// What a picture shows of what was measured, without the pointer; `None` where nothing was.
pub fn kept(state: &State) -> Option<Figure> {
    let sketch = state.sketch.as_ref()?;
    let is_some = sketch.purpose == Purpose::Measure && sketch.vertices().len() >= 2;
    let settings = &state.settings;
    is_some.then(|| figure(sketch, None, None, settings.language, settings.mode))
}

fn label(figure: &mut Figure, path: &[LonLat], stage: Stage, language: Language) {
    let measured = Measured::of(path);
    for ((a, b), own) in pairs(path).zip(&measured.segments) {
        let at = LabelAt::Between(mercator::from_lon_lat(a), mercator::from_lon_lat(b));
        figure.labels.push(FigureLabel { words: length_words(own.length_m, language), at });
    }
    let enclosed = measured.enclosed.filter(|_| stage != Stage::Line);
    if let Some(m2) = enclosed.and_then(|own| own.area_m2) {
        figure.labels.push(FigureLabel { words: area_words(m2, language), at: LabelAt::Inside });
    }
    let has_sum = measured.segments.len() > 1 && stage != Stage::Ring;
    if let Some(last) = path.last().filter(|_| has_sum) {
        let sum = length_words(measured.length_m, language);
        let at = LabelAt::Beside(mercator::from_lon_lat(*last));
        figure.labels.push(FigureLabel { words: tr!(language, "measure.sum", value = sum), at });
    }
    figure.note = tr!(language, "measure.note");
}

/// The geodesic between two vertices, in steps short enough to look curved where it is.
fn drawn_between(a: LonLat, b: LonLat) -> Vec<Mercator> {
    /// Over 20 km a geodesic leaves the straight line on the map by 6 m.
    const STEP_M: f64 = 20_000.0;
    const MOST_STEPS: f64 = 200.0;
    let Segment { length_m, azimuth_deg } = segment(a, b);
    let steps = (length_m / STEP_M).ceil().clamp(1.0, MOST_STEPS);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 200")]
    let count = steps as u32;
    let between = (1..count)
        .map(|i| geodesic::destination(a, azimuth_deg, length_m * f64::from(i) / f64::from(count)));
    let path = std::iter::once(a).chain(between).chain([b]);
    path.map(mercator::from_lon_lat).collect()
}

/// An outline's edges are straight on the map.
fn straight_between(a: LonLat, b: LonLat) -> Vec<Mercator> {
    [a, b].map(mercator::from_lon_lat).to_vec()
}
