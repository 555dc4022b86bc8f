//! The review of what was recognised.

use super::workbook;
use crate::{
    app::{
        fit_target::FitTarget,
        job::Order,
        notice::NoticeLevel,
        review::{Review, Showing, Stage},
        review_step::ReviewStep,
        state::{Overlay, State},
        workbook::{BookEdit, BookStep},
    },
    catalogue::Role,
    geo::mercator,
    units::{Extent, LonLat},
};

/// Applies a step of the user's.
pub fn step(state: &mut State, step: ReviewStep) -> Vec<Order> {
    match step {
        ReviewStep::Open => open(state),
        ReviewStep::Close => state.review = None,
        ReviewStep::Show(showing) => {
            if let Some(review) = &mut state.review {
                review.showing = showing;
            }
        }
        ReviewStep::Go(id) => go(state, id),
        ReviewStep::GoTo(byte) => {
            let id = state.review.as_ref().and_then(|review| review.row_at(byte));
            if let Some(id) = id.map(|row| row.id.clone()) {
                go(state, id);
            }
        }
        ReviewStep::Move(by) => {
            if let Some(id) = state.review.as_ref().and_then(|review| review.further(by)) {
                go(state, id);
            }
        }
        ReviewStep::Accept => {
            return decide(state, |id, stage| match stage {
                Stage::Accepted(_) | Stage::ByHand(_) => None,
                _ => Some(BookEdit::Accept { id }),
            });
        }
        ReviewStep::Skip => {
            return decide(state, |id, stage| match stage {
                Stage::Skipped(_) => None,
                _ => Some(BookEdit::Remove { id }),
            });
        }
        ReviewStep::AcceptAll => return edit(state, BookEdit::AcceptAll),
        ReviewStep::LookAt(range) => state.request_words(range),
        ReviewStep::Mark(range) => {
            let span = state.catalogue.plan.text.source_span(range);
            return edit(state, BookEdit::MarkWords { span });
        }
        ReviewStep::AddTo(id, range) => {
            let span = state.catalogue.plan.text.source_span(range);
            return edit(state, BookEdit::AddWords { id, span });
        }
    }
    Vec::new()
}

/// Decides about the one that is looked at, and goes on to the next.
fn decide(state: &mut State, wants: impl FnOnce(String, &Stage) -> Option<BookEdit>) -> Vec<Order> {
    let Some(review) = &state.review else { return Vec::new() };
    let Some(row) = review.row() else { return Vec::new() };
    let wanted = wants(row.id.clone(), &row.stage);
    if let Some(next) = review.next() {
        go(state, next);
    }
    wanted.map(|wanted| edit(state, wanted)).unwrap_or_default()
}

fn edit(state: &mut State, edit: BookEdit) -> Vec<Order> {
    workbook::step(state, BookStep::Edit(edit))
}

/// A workbook that can be written is reviewed; of the plan that comes with the program a copy is
/// offered first.
fn open(state: &mut State) {
    if state.workbook.path.is_none() {
        state.workbook.wants_review = true;
        state.overlay = Overlay::KeepCopy;
        return;
    }
    if let Some(why) = state.workbook.shown.read_only.clone() {
        super::notices::notify(state, NoticeLevel::Problem, why);
        return;
    }
    let mut review = Review::default();
    review.follow(&state.workbook, &state.catalogue, &state.diagnostics);
    state.notices.retain(|notice| notice.offers != Some("review"));
    state.workbook.editing = false;
    state.overlay = Overlay::None;
    let first = || review.rows.iter().find(|row| row.stage == Stage::Waiting);
    let own = state.focus.clone().filter(|id| review.rows.iter().any(|row| row.id == *id));
    let at = own.or_else(|| first().or(review.rows.first()).map(|row| row.id.clone()));
    state.review = Some(review);
    if let Some(at) = at {
        go(state, at);
    }
}

/// The rows again after the workbook has changed; what was added is looked at.
pub fn follow(state: &mut State, added: Option<&String>) {
    let Some(mut review) = state.review.take() else { return };
    review.follow(&state.workbook, &state.catalogue, &state.diagnostics);
    let at = added.cloned().or_else(|| review.at.clone());
    state.review = Some(review);
    if let Some(at) = at {
        go(state, at);
    }
}

/// Looks at one: its words are shown, and its pin stands out on the map.
fn go(state: &mut State, id: String) {
    let Some(review) = &mut state.review else { return };
    review.at = Some(id);
    let Some(row) = review.row() else { return };
    let (id, words) = (row.id.clone(), row.words);
    let is_shown = |i: &usize| review.rows.get(*i).is_some_and(|row| row.id == id);
    if !review.shown().iter().any(is_shown) && review.showing == Showing::NotUnderstood {
        review.showing = Showing::All;
    }
    let is_there = state.catalogue.project(&id).is_some();
    state.selected = if is_there { vec![id.clone()] } else { Vec::new() };
    state.focus = is_there.then(|| id.clone());
    state.part = None;
    state.sentence = None;
    if let Some(words) = words {
        state.request_words(words);
    }
    show_on_map(state, &id);
}

/// Moves the map where it does not show the project.
fn show_on_map(state: &mut State, id: &str) {
    let Some(project) = state.catalogue.project(id) else { return };
    let features = state.catalogue.features_of(project, Role::Main);
    let own = features.filter_map(|(_, feature)| feature.shape.extent()).reduce(Extent::union);
    let anchor = project.unlocated.as_ref().and_then(|why| why.anchor);
    let Some(own) = own.or_else(|| anchor.and_then(|at| Extent::around([at]))) else { return };
    let corners = [(own.west_deg, own.north_deg), (own.east_deg, own.south_deg)];
    let is_seen = state.clear_view().is_some_and(|view| {
        corners.into_iter().all(|(lon, lat)| {
            let [x, y] = view.to_pt(mercator::from_lon_lat(LonLat::new(lon, lat)));
            (0.0..=view.width_pt).contains(&x) && (0.0..=view.height_pt).contains(&y)
        })
    });
    if is_seen {
        return;
    }
    let is_point = own.west_deg >= own.east_deg && own.south_deg >= own.north_deg;
    let middle = LonLat::new(own.west_deg, own.south_deg);
    let target = if is_point { FitTarget::Center(middle) } else { FitTarget::Extent(own) };
    state.request_camera(target, state.settings.reduce_motion);
}
