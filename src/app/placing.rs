//! Where a project is: the sheet that asks it, with every way to say so. What is said is one change of
//! the workbook, with how exact it is and what it rests on.

use std::sync::Arc;

use geo::{CoordsIter as _, Geometry};

use super::{
    Language, State,
    open_layers::FeatureRef,
    sketch::{Sketch, Stage},
};
use crate::{
    book::Table,
    catalogue::{Accuracy, PlaceCandidate, Role, Shape},
    geo::Crs,
    search::{Position, position_in, positions},
    tr,
    units::{Extent, LonLat},
};

/// Features of a file that are listed to choose from.
pub const MOST_FEATURES: usize = 200;

/// The question that is open. A figure drawn by hand is the [`Sketch`] of the state.
#[derive(Debug, Clone, PartialEq)]
pub struct Placing {
    pub id: String,
    /// What its words name.
    pub candidates: Arc<[PlaceCandidate]>,
    /// The candidate that is looked at.
    pub row: Option<usize>,
    /// Coordinates that are typed.
    pub typed: String,
    /// The system that they are given in, where the user says so.
    pub system: Option<Crs>,
    /// A geometry that is not changed by hand: of many parts, with holes or very many vertices.
    pub given: Option<Geometry<f64>>,
    pub accuracy: Accuracy,
    /// What the place rests on.
    pub source: String,
    /// What of it was written by the program.
    pub(super) told: String,
    /// The file that was opened for it, whose features are listed.
    pub file: Option<u64>,
    /// That file is being read.
    pub(super) awaits_file: bool,
}

/// What is done in the sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceStep {
    /// Asks where a project is.
    Ask(String),
    /// Draws it by clicks.
    Draw,
    /// Changes what is there by hand: its vertices, or the point.
    Adjust(String),
    /// Looks at a candidate, or at none.
    Look(Option<usize>),
    /// Makes a candidate the place.
    Take(usize),
    Type(String),
    SetSystem(Option<Crs>),
    /// Puts what is typed on the map: the picked vertex, else a point.
    TakeTyped,
    /// Takes the geometry of a feature of a layer.
    Feature(FeatureRef),
    /// Asks which file holds it.
    AskFile,
    SetAccuracy(Accuracy),
    SetSource(String),
    /// Makes it the project's place.
    Set,
    Leave,
}

impl Placing {
    /// The question about a project, nothing said yet.
    pub fn new(id: String, candidates: Vec<PlaceCandidate>, source: String) -> Self {
        Self {
            id,
            candidates: candidates.into(),
            row: None,
            typed: String::new(),
            system: None,
            given: None,
            accuracy: Accuracy::Block,
            source,
            told: String::new(),
            file: None,
            awaits_file: false,
        }
    }

    /// What is typed, as positions: the likeliest first, in the system that was chosen, else in that of
    /// the text or those that it may mean.
    pub fn read(&self, near: LonLat) -> Vec<Position> {
        match self.system {
            Some(crs) => position_in(&self.typed, crs).into_iter().collect(),
            None => positions(&self.typed, near),
        }
    }
}

/// The geometry that would be set now.
pub fn geometry(placing: &Placing, sketch: Option<&Sketch>) -> Option<Geometry<f64>> {
    match sketch.filter(|own| own.is_changed()) {
        Some(sketch) => of_figure(sketch.stage, sketch.vertices()),
        None => placing.given.clone(),
    }
}

/// What a figure that was drawn is: a point, a line or an area.
pub fn of_figure(stage: Stage, vertices: &[LonLat]) -> Option<Geometry<f64>> {
    let line: geo::LineString<f64> = vertices.iter().map(|p| geo::Coord::from(*p)).collect();
    match (stage, vertices) {
        (_, []) => None,
        (Stage::Ring, _) => Some(geo::Polygon::new(line, Vec::new()).into()),
        (_, [only]) => Some(geo::Point(geo::Coord::from(*only)).into()),
        _ => Some(line.into()),
    }
}

/// A geometry as a figure whose vertices can be changed; `None` where it has parts or holes, or more
/// vertices than a hand changes.
pub fn to_sketch(geometry: &Geometry<f64>) -> Option<Sketch> {
    let (vertices, is_ring): (Vec<LonLat>, bool) = match geometry {
        Geometry::Point(point) => (vec![point.0.into()], false),
        Geometry::LineString(line) => (line.0.iter().map(|c| (*c).into()).collect(), false),
        Geometry::Polygon(area) if area.interiors().is_empty() => {
            let ring = &area.exterior().0;
            let open = ring.len().saturating_sub(usize::from(area.exterior().is_closed()));
            (ring.iter().take(open).map(|c| (*c).into()).collect(), true)
        }
        _ => return None,
    };
    let fits = !vertices.is_empty() && vertices.len() <= super::sketch::MOST_VERTICES;
    fits.then(|| Sketch::of_place(vertices, is_ring))
}

/// How exact a geometry is taken to be before somebody says: what was drawn through points is 示意.
pub const fn usual_accuracy(geometry: &Geometry<f64>) -> Accuracy {
    match geometry {
        Geometry::LineString(_) | Geometry::MultiLineString(_) | Geometry::Line(_) => {
            Accuracy::Schematic
        }
        _ => Accuracy::Block,
    }
}

/// The one shape by which a project is drawn, with how exact it is; `None` where it has several, or
/// none.
pub fn only_shape(state: &State, id: &str) -> Option<(Geometry<f64>, Accuracy)> {
    let project = state.catalogue.project(id)?;
    let mut own = state.catalogue.features_of(project, Role::Main);
    let (_, feature) = own.next()?;
    if own.next().is_some() {
        return None;
    }
    let geometry = match &feature.shape {
        Shape::Point(at) => geo::Point(geo::Coord::from(*at)).into(),
        Shape::Line(line) => line.clone().into(),
        Shape::Area(area) => area.clone().into(),
    };
    Some((geometry, feature.accuracy))
}

/// Features of the file that was opened for the question, at most [`MOST_FEATURES`], and how many it
/// has.
pub fn features(state: &State, placing: &Placing) -> (Vec<FeatureRef>, usize) {
    let own = placing.file.and_then(|id| state.files.iter().find(|file| file.id == id));
    let Some(own) = own else { return (Vec::new(), 0) };
    let mut found = Vec::new();
    let mut count = 0;
    for (layer, open) in own.layers.iter().enumerate() {
        for (chunk, data) in open.data.0.chunks.iter().enumerate() {
            let rows = data.shapes.len();
            count += rows;
            let left = MOST_FEATURES.saturating_sub(found.len());
            let row = |row| FeatureRef { file: own.id, layer, chunk, row };
            found.extend((0..rows).take(left).map(row));
        }
    }
    (found, count)
}

/// What of the map shows a geometry.
pub fn extent(geometry: &Geometry<f64>) -> Option<Extent> {
    Extent::around(geometry.coords_iter().map(LonLat::from))
}

/// What a place that is taken from a candidate rests on.
pub fn grounds(own: &PlaceCandidate, language: Language) -> String {
    let (name, words, source) = (&own.name, &own.words, own.source.get(language));
    if source.is_empty() {
        tr!(language, "placing.of_county", name = name, words = words)
    } else {
        tr!(language, "placing.of_name", name = name, source = source, words = words)
    }
}

/// The name of a candidate with what it is.
pub fn candidate_words(state: &State, own: &PlaceCandidate, language: Language) -> String {
    let kind = tr!(language, format!("place.{}", own.kind.key()));
    let county = own.county.as_deref().and_then(|code| state.catalogue.county(code));
    match county.map(|county| county.name.get(language)).filter(|name| *name != own.name) {
        Some(county) => format!("{} · {kind} · {county}", own.name),
        None => format!("{} · {kind}", own.name),
    }
}

/// Where coordinates without a zone are looked for.
pub fn middle(state: &State) -> LonLat {
    let extent = state.catalogue.city_extent();
    extent.map_or(LonLat::new(0.0, 0.0), |e| {
        let half = |a: f64, b: f64| f64::midpoint(a, b);
        LonLat::new(half(e.west_deg, e.east_deg), half(e.south_deg, e.north_deg))
    })
}

/// Whether a geometry begins in none of the counties around the plan: perhaps its numbers are another
/// system's, or stand in another order.
pub fn is_elsewhere(state: &State, geometry: &Geometry<f64>) -> bool {
    let first = geometry.coords_iter().next().map(LonLat::from);
    first.is_some_and(|at| super::search_box::county_at(&state.catalogue, at).is_none())
}

/// The next project of the list, after this one, that has no place and was given none.
pub fn next_unplaced(state: &State, id: &str) -> Option<String> {
    let is_open = |i: &usize| {
        let project = state.catalogue.projects.get(*i)?;
        let by_hand =
            state.workbook.shown.records.text(Table::Places, &format!("H-{}", project.id));
        let open = project.id != id && !project.is_located() && by_hand.is_none();
        open.then(|| project.id.clone())
    };
    let at = state.catalogue.position(id).unwrap_or_default();
    let (before, after): (Vec<usize>, Vec<usize>) = state.shown.iter().partition(|i| **i <= at);
    after.iter().chain(&before).find_map(is_open)
}
