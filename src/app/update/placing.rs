//! Where a project is: every way of saying it ends in one change of the workbook.

use std::path::PathBuf;

use super::{browse, layers, sketch, workbook};
use crate::{
    app::{
        browse::FileQuestion,
        fit_target::FitTarget,
        job::Order,
        open_layers::{FeatureRef, Reading},
        placing::{self, PlaceStep, Placing},
        sketch::{Purpose, SketchStep, Stage},
        state::{Overlay, State},
        workbook::BookEdit,
    },
    catalogue::PlaceCandidate,
    geo::{geodesic, mercator},
    layer::feature_geometry,
    tr,
    units::{Extent, LonLat},
};

/// Applies a step.
pub fn step(state: &mut State, step: PlaceStep) -> Vec<Order> {
    match step {
        PlaceStep::Ask(id) => ask(state, id),
        PlaceStep::Draw => {
            if let Some(placing) = &mut state.placing {
                placing.given = None;
                placing.row = None;
                state.pin = None;
                sketch::step(state, SketchStep::Begin(Purpose::Place));
            }
        }
        PlaceStep::Adjust(id) => adjust(state, &id),
        PlaceStep::Look(row) => look(state, row),
        PlaceStep::Take(row) => return take(state, row),
        PlaceStep::Type(text) => {
            if let Some(placing) = &mut state.placing {
                placing.typed = text;
            }
        }
        PlaceStep::SetSystem(system) => {
            if let Some(placing) = &mut state.placing {
                placing.system = system;
            }
        }
        PlaceStep::TakeTyped => take_typed(state),
        PlaceStep::Feature(feature) => take_feature(state, feature),
        PlaceStep::AskFile => {
            let recent = state.settings.recent_files.first();
            let folder = recent.and_then(|path| path.parent()).map(PathBuf::from);
            let question = FileQuestion::place(folder.unwrap_or_default(), state.settings.language);
            return browse::ask(state, question);
        }
        PlaceStep::SetAccuracy(accuracy) => {
            if let Some(placing) = &mut state.placing {
                placing.accuracy = accuracy;
            }
        }
        PlaceStep::SetSource(source) => {
            if let Some(placing) = &mut state.placing {
                placing.source = source;
            }
        }
        PlaceStep::Set => return set(state),
        PlaceStep::Leave => leave(state),
    }
    Vec::new()
}

fn ask(state: &mut State, id: String) {
    if state.workbook.path.is_none() {
        state.overlay = Overlay::KeepCopy;
        return;
    }
    let Some(project) = state.catalogue.project(&id) else { return };
    let candidates = state.catalogue.place_candidates(project);
    state.overlay = Overlay::None;
    drop_figure(state);
    let source = state.workbook.source.clone();
    state.placing = Some(Box::new(Placing::new(id, candidates, source)));
}

/// Takes what was drawn by clicks.
pub fn drawn(state: &mut State) {
    let Some(sketch) = &state.sketch else { return };
    let drawn = placing::of_figure(sketch.stage, sketch.vertices());
    let words = tr!(state.settings.language, "placing.by_hand");
    if let (Some(placing), Some(geometry)) = (&mut state.placing, drawn) {
        placing.accuracy = placing::usual_accuracy(&geometry);
        rest_on(placing, words, false);
    }
}

/// The grounds of a place. What the user has typed stays; where the geometry is somebody's, that stands
/// behind it.
fn rest_on(placing: &mut Placing, words: String, is_somebodys: bool) {
    let own = placing.source.trim();
    if own.is_empty() || own == placing.told {
        placing.source.clone_from(&words);
    } else if is_somebodys {
        let own = own.strip_suffix(&placing.told).map_or(own, |own| own.trim_end_matches('；'));
        placing.source = format!("{own}；{words}");
    }
    placing.told = words;
}

/// Changes by hand what the project is drawn by, or what was taken.
fn adjust(state: &mut State, id: &str) {
    let is_asked = state.placing.as_ref().is_some_and(|own| own.id == id);
    if !is_asked {
        ask(state, id.to_owned());
    }
    let there = placing::only_shape(state, id);
    let Some(placing) = &mut state.placing else { return };
    let Some((geometry, accuracy)) = there else { return };
    placing.accuracy = accuracy;
    placing.row = None;
    state.pin = None;
    let words = tr!(state.settings.language, "placing.moved");
    rest_on(placing, words, false);
    show(state, geometry);
}

/// Puts a geometry on the map, as a figure that can be changed where that can be.
fn show(state: &mut State, geometry: geo::Geometry<f64>) {
    let Some(placing) = &mut state.placing else { return };
    state.sketch = placing::to_sketch(&geometry);
    placing.given = state.sketch.is_none().then_some(geometry);
    state.revision += 1;
}

fn drop_figure(state: &mut State) {
    if state.sketch.as_ref().is_some_and(|own| own.purpose == Purpose::Place) {
        state.sketch = None;
    }
}

/// The map shows a candidate.
fn look(state: &mut State, row: Option<usize>) {
    let Some(placing) = &mut state.placing else { return };
    if placing.row == row {
        return;
    }
    placing.row = row.filter(|row| *row < placing.candidates.len());
    let candidate = placing.row.and_then(|row| placing.candidates.get(row)).cloned();
    state.pin = candidate.as_ref().map(|own| own.at);
    let seen = state.clear_view();
    let is_seen = |at: LonLat| {
        seen.is_some_and(|view| {
            let [x, y] = view.to_pt(mercator::from_lon_lat(at));
            x >= 0.0 && y >= 0.0 && x <= view.width_pt && y <= view.height_pt
        })
    };
    // What is in sight is only marked: the map does not run after the pointer.
    let hidden = candidate.as_ref().filter(|own| !is_seen(own.at));
    if let Some(lands) = hidden.and_then(around) {
        let with = state.catalogue.city_extent();
        let target = FitTarget::Preview { lands, with };
        state.request_camera(target, state.settings.reduce_motion);
    }
}

/// A candidate with as much around it as it may be off.
fn around(own: &PlaceCandidate) -> Option<Extent> {
    const LEAST_M: f64 = 3000.0;
    const OF_A_COUNTY_M: f64 = 20_000.0;
    let m = own.error_m.unwrap_or(OF_A_COUNTY_M).max(LEAST_M);
    let corners = [45.0, 135.0, 225.0, 315.0];
    Extent::around(corners.map(|azimuth| geodesic::destination(own.at, azimuth, m)))
}

/// A candidate becomes the place: what names it and where its position comes from are the grounds.
fn take(state: &mut State, row: usize) -> Vec<Order> {
    let Some(placing) = &state.placing else { return Vec::new() };
    let Some(own) = placing.candidates.get(row) else { return Vec::new() };
    let geometry = Box::new(geo::Point(geo::Coord::from(own.at)).into());
    let grounds = placing::grounds(own, state.settings.language);
    let (id, accuracy) = (placing.id.clone(), own.accuracy);
    leave(state);
    workbook::change_by(state, BookEdit::Place { id, geometry, accuracy }, grounds)
}

fn take_typed(state: &mut State) {
    let near = placing::middle(state);
    let language = state.settings.language;
    let Some(placing) = &mut state.placing else { return };
    let Some(position) = placing.read(near).into_iter().next() else { return };
    let crs = position.crs.label(language);
    let words = tr!(language, "placing.typed", text = placing.typed.trim(), crs = crs);
    rest_on(placing, words, false);
    let at = position.at;
    match &mut state.sketch {
        Some(sketch) if sketch.is_changed() && sketch.picked.is_some() => {
            let picked = sketch.picked.unwrap_or_default();
            sketch.change(SketchStep::Move(picked, at));
        }
        _ => {
            placing.row = None;
            show(state, geo::Point(geo::Coord::from(at)).into());
        }
    }
    state.pin = None;
    state.request_camera(FitTarget::Center(at), state.settings.reduce_motion);
}

/// Takes the geometry of a feature, with its name, its layer and its file as grounds. Where no
/// question is open it is about the project in the card.
fn take_feature(state: &mut State, feature: FeatureRef) {
    if state.placing.is_none() {
        let Some(id) = state.focus.clone() else { return };
        ask(state, id);
    }
    let data = state.layer((feature.file, feature.layer)).map(|layer| layer.data.0.clone());
    let shapes = data.as_ref().and_then(|layer| layer.chunks.get(feature.chunk));
    let shapes = shapes.map(|chunk| feature_geometry::shapes_of(&chunk.shapes, feature.row));
    let Some(geometry) = shapes.and_then(feature_geometry::joined) else { return };
    let file = state.files.iter().find(|own| own.id == feature.file);
    let file = file.and_then(|own| own.path.file_name()).unwrap_or_default();
    let file = file.to_string_lossy().into_owned();
    let (name, layer) = state.feature_name(feature).unwrap_or_default();
    let words =
        tr!(state.settings.language, "placing.of_feature", name = name, layer = layer, file = file);
    let extent = placing::extent(&geometry);
    let Some(placing) = &mut state.placing else { return };
    placing.row = None;
    placing.accuracy = placing::usual_accuracy(&geometry);
    rest_on(placing, words, true);
    state.overlay = Overlay::None;
    state.pin = None;
    show(state, geometry);
    if let Some(extent) = extent {
        state.request_camera(FitTarget::Close(extent), state.settings.reduce_motion);
    }
}

/// Opens the file that was chosen; its only feature is taken, of several the sheet lists them.
pub fn file_chosen(state: &mut State, path: PathBuf) -> Vec<Order> {
    let orders = layers::open_files(state, vec![path]);
    let opened = orders.iter().find_map(|order| match order {
        Order::OpenFile { file, .. } => Some(*file),
        _ => None,
    });
    if let Some(placing) = &mut state.placing {
        placing.file = opened;
        placing.awaits_file = opened.is_some();
    }
    orders
}

/// What follows from what else has changed: a file that was waited for has been read, a project is
/// there no longer.
pub fn follow(state: &mut State) {
    let Some(placing) = &state.placing else { return };
    if state.catalogue.project(&placing.id).is_none() || !state.workbook.is_writable() {
        leave(state);
        return;
    }
    let is_read = |id: u64| {
        let own = state.files.iter().find(|file| file.id == id);
        own.is_some_and(|file| file.reading == Reading::Done)
    };
    if placing.awaits_file && placing.file.is_some_and(is_read) {
        let (found, count) = placing::features(state, placing);
        if let Some(placing) = &mut state.placing {
            placing.awaits_file = false;
        }
        if let (Some(only), 1) = (found.first(), count) {
            take_feature(state, *only);
        }
    }
}

/// Makes what is on the map the project's place.
pub fn set(state: &mut State) -> Vec<Order> {
    let Some(placing) = &state.placing else { return Vec::new() };
    let Some(geometry) = placing::geometry(placing, state.sketch.as_ref()) else {
        return Vec::new();
    };
    let (id, accuracy) = (placing.id.clone(), placing.accuracy);
    let source = placing.source.trim().to_owned();
    leave(state);
    let geometry = Box::new(geometry);
    workbook::change_by(state, BookEdit::Place { id, geometry, accuracy }, source)
}

/// Asks no longer; what was drawn for it goes.
pub fn leave(state: &mut State) {
    if state.placing.take().is_some_and(|own| own.row.is_some()) {
        state.pin = None;
    }
    drop_figure(state);
    state.revision += 1;
}

/// One step back: a figure that has ended goes, then the question. Says whether there was any.
pub fn escape(state: &mut State) -> bool {
    if state.placing.is_none() {
        return false;
    }
    match &state.sketch {
        Some(sketch) if sketch.purpose == Purpose::Place && sketch.stage != Stage::Drawing => {
            state.sketch = None;
        }
        Some(_) => return false,
        None => leave(state),
    }
    true
}
