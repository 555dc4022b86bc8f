//! What a drawn line or area measures on the ellipsoid, and in the user's words.

use super::{
    Language, State,
    sketch::{Sketch, Stage},
    text,
};
use crate::{
    catalogue::{Catalogue, OnLine, Project},
    geo::{CoordinateForm, coordinate_words, geodesic, mercator, polygon::segments_meet},
    tr,
    units::LonLat,
};

/// A step of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    pub length_m: f64,
    /// Direction at its start, clockwise from true north, `[0, 360)`.
    pub azimuth_deg: f64,
}

/// What lies inside a ring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Enclosed {
    pub perimeter_m: f64,
    /// In square metres; `None` where the ring touches itself, so that no area is meant.
    pub area_m2: Option<f64>,
}

/// What a path measures: each step along the geodesic between its ends, the area inside geodesics.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measured {
    pub segments: Vec<Segment>,
    /// Of all segments.
    pub length_m: f64,
    /// From three vertices on, as if it were closed.
    pub enclosed: Option<Enclosed>,
}

impl Measured {
    /// Measures a path on WGS-84.
    pub fn of(path: &[LonLat]) -> Self {
        let segments: Vec<Segment> = pairs(path).map(|(a, b)| segment(a, b)).collect();
        let length_m = segments.iter().map(|own| own.length_m).sum();
        let enclosed = match path {
            [first, _, .., last] if path.len() >= 3 => Some(Enclosed {
                perimeter_m: length_m + geodesic::distance_m(*last, *first),
                area_m2: (!touches_itself(path)).then(|| area_m2(path)),
            }),
            _ => None,
        };
        Self { segments, length_m, enclosed }
    }

    pub fn last(&self) -> Option<Segment> {
        self.segments.last().copied()
    }
}

/// The steps of a path.
pub(super) fn pairs(path: &[LonLat]) -> impl Iterator<Item = (LonLat, LonLat)> + '_ {
    path.windows(2).filter_map(|pair| if let [a, b] = pair { Some((*a, *b)) } else { None })
}

/// One step: the geodesic between its ends.
pub(super) fn segment(a: LonLat, b: LonLat) -> Segment {
    let azimuth_deg = geodesic::azimuth_deg(a, b).rem_euclid(360.0);
    Segment { length_m: geodesic::distance_m(a, b), azimuth_deg }
}

fn area_m2(ring: &[LonLat]) -> f64 {
    let coords = ring.iter().map(|p| geo::Coord::from(*p)).collect();
    geodesic::area_m2(&geo::Polygon::new(geo::LineString::new(coords), Vec::new()))
}

/// Whether edges of the closed ring meet that do not follow each other.
fn touches_itself(ring: &[LonLat]) -> bool {
    let corner = |i: usize| ring.get(i % ring.len()).map(|p| geo::Coord::from(*p));
    let edge = |i: usize| Some((corner(i)?, corner(i + 1)?));
    let n = ring.len();
    (0..n).any(|i| {
        (i + 2..n)
            .filter(|j| (j + 1) % n != i)
            .any(|j| edge(i).zip(edge(j)).is_some_and(|((a, b), (c, d))| segments_meet(a, b, c, d)))
    })
}

/// A place on a line of the plan, and whose it is.
#[derive(Debug, Clone, Copy)]
pub struct NearLine<'a> {
    pub project: &'a Project,
    pub on_line: OnLine<'a>,
}

/// Of some projects the one with a line nearest to a position.
fn nearest_line<'a>(
    catalogue: &'a Catalogue,
    projects: impl IntoIterator<Item = &'a Project>,
    p: LonLat,
) -> Option<NearLine<'a>> {
    projects
        .into_iter()
        .filter_map(|project| {
            catalogue.on_line(project, p).map(|on_line| NearLine { project, on_line })
        })
        .min_by(|a, b| a.on_line.located.offset_m.total_cmp(&b.on_line.located.offset_m))
}

/// The place on the line in the card nearest to a position; where there is none, on what is shown
/// close to it on the map.
pub fn near_line(state: &State, p: LonLat) -> Option<NearLine<'_>> {
    /// So far on the map is close.
    const CLOSE_PT: f64 = 40.0;
    let catalogue = &state.catalogue;
    let in_card = nearest_line(catalogue, state.focused(), p);
    in_card.or_else(|| {
        let reach_m = CLOSE_PT / state.viewport?.scale() * mercator::metres_per_unit(p.lat_deg);
        let close = catalogue.projects_of_features(&catalogue.index.within_m_of_point(p, reach_m));
        let shown = close.into_iter().filter(|i| state.is_shown(*i));
        nearest_line(catalogue, shown.filter_map(|i| catalogue.project_at(i)), p)
    })
}

/// A length with its unit: whole metres below a kilometre, else ten metres, from 100 km on a hundred.
///
/// ```
/// use jintu::{app::{Language, measure::length_words}};
///
/// assert_eq!(length_words(823.4, Language::Chinese), "823 米");
/// assert_eq!(length_words(12_345.6, Language::English), "12.35 km");
/// assert_eq!(length_words(1_234_567.0, Language::Chinese), "1,234.6 公里");
/// ```
pub fn length_words(m: f64, language: Language) -> String {
    if m.round() < 1000.0 {
        return tr!(language, "measure.metres", value = format!("{m:.0}"));
    }
    let km = m / 1000.0;
    let value = if km < 100.0 { format!("{km:.2}") } else { format!("{km:.1}") };
    tr!(language, "unit.km", value = text::grouped(&value))
}

/// An area with its unit: square metres below a hectare, below a square kilometre hectares
/// and 亩, of which a hectare has 15.
///
/// ```
/// use jintu::{app::{Language, measure::area_words}};
///
/// assert_eq!(area_words(8_432.0, Language::Chinese), "8,432 平方米");
/// assert_eq!(area_words(123_400.0, Language::Chinese), "12.34 公顷（185.1 亩）");
/// assert_eq!(area_words(123_400.0, Language::English), "12.34 ha (185.1 mu)");
/// assert_eq!(area_words(6_988_000_000.0, Language::English), "6,988 km²");
/// ```
pub fn area_words(m2: f64, language: Language) -> String {
    if m2.round() < 10_000.0 {
        let value = text::grouped(&format!("{m2:.0}"));
        return tr!(language, "measure.square_metres", value = value);
    }
    if m2 < 1e6 {
        let (ha, mu) = (format!("{:.2}", m2 / 1e4), format!("{:.1}", m2 / 1e4 * 15.0));
        return tr!(language, "measure.hectares", value = ha, mu = text::grouped(&mu));
    }
    let value = text::number(m2 / 1e6);
    tr!(language, "measure.square_km", value = value)
}

/// A direction in degrees to a tenth; what would round to 360 is 0.
pub fn azimuth_words(azimuth_deg: f64) -> String {
    let tenths = (azimuth_deg * 10.0).round().rem_euclid(3600.0);
    format!("{:.1}°", tenths / 10.0)
}

/// `1.23 公里 · K45+200 · 清徐县`.
pub fn near_words(near: &NearLine<'_>, language: Language) -> String {
    let off = length_words(near.on_line.located.offset_m, language);
    format!("{off} · {}", text::stake(&near.on_line, language))
}

/// What is told of a path: each value with its name.
pub fn rows(measured: &Measured, stage: Stage, language: Language) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |key: &str, value: String| rows.push((tr!(language, key), value));
    if let Some(last) = measured.last() {
        row("measure.segment", length_words(last.length_m, language));
        row("measure.azimuth", azimuth_words(last.azimuth_deg));
        if stage != Stage::Ring {
            row("measure.length", length_words(measured.length_m, language));
        }
    }
    if let Some(Enclosed { perimeter_m, area_m2 }) =
        measured.enclosed.filter(|_| stage != Stage::Line)
    {
        let area =
            area_m2.map_or_else(|| tr!(language, "measure.touches"), |m2| area_words(m2, language));
        row("measure.area", area);
        row("measure.perimeter", length_words(perimeter_m, language));
    }
    rows
}

/// What is copied of what was drawn: its values, how they were measured, and its vertices.
pub fn report(sketch: &Sketch, near: Option<&NearLine<'_>>, language: Language) -> String {
    let measured = Measured::of(sketch.vertices());
    let colon = language.pick("：", ": ");
    let mut lines = vec![tr!(language, "measure.note")];
    let told = rows(&measured, sketch.stage, language).into_iter();
    lines.extend(told.map(|(name, value)| format!("{name}{colon}{value}")));
    if let Some(near) = near {
        let name = near.project.short_name.get(language);
        let name = tr!(language, "measure.to_line", name = name);
        lines.push(format!("{name}{colon}{}", near_words(near, language)));
    }
    lines.push(format!("{}{colon}", tr!(language, "measure.vertices")));
    let at = |p: &LonLat| coordinate_words(CoordinateForm::Decimal, *p, None);
    lines.extend(sketch.vertices().iter().map(at));
    lines.join("\n")
}
