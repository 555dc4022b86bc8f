//! Presenting.

use super::{decks, filter, notices};
use crate::{
    app::{
        fit_target::FitTarget,
        message::News,
        notice::NoticeLevel,
        state::{Overlay, State},
        tour::Tour,
    },
    catalogue::SlideView,
    units::Extent,
};

/// Begins to present.
pub fn start(state: &mut State, slide: usize) {
    // What was typed into a plan that is only read asks for a copy first.
    if state.overlay == Overlay::KeepCopy {
        return;
    }
    let Some(last) = state.decks.shown.len().checked_sub(1) else {
        notices::notify(state, NoticeLevel::Problem, News::NoSlides.into());
        return;
    };
    state.overlay = Overlay::None;
    // Far in the past: the first click after the start counts.
    state.tour =
        Some(Tour { slide: slide.min(last), changed_at_s: f64::NEG_INFINITY, ..Tour::default() });
    show_slide(state);
}

/// Goes on, or back.
pub fn step(state: &mut State, step: isize, now_s: f64) {
    let count = state.decks.shown.len();
    if state.tour.as_mut().is_some_and(|tour| tour.step(step, count, now_s)) {
        show_slide(state);
    }
}

/// Jumps to a slide.
pub fn go_to(state: &mut State, slide: usize) {
    let count = state.decks.shown.len();
    if let Some(tour) = state.tour.as_mut().filter(|_| slide < count) {
        tour.slide = slide;
        tour.blank = None;
        show_slide(state);
    }
}

/// Takes a digit of a slide's number. A zero that begins none leads back to the slide.
pub fn digit(state: &mut State, digit: u8, now_s: f64) {
    let Some(tour) = state.tour.as_mut() else { return };
    if digit == 0 && tour.typed(now_s).is_none() {
        if tour.detached {
            show_slide(state);
        }
        return;
    }
    tour.digit(digit, now_s);
}

/// Goes to the slide whose number was typed; without one it goes on.
pub fn enter(state: &mut State, now_s: f64) {
    let Some(tour) = state.tour.as_mut() else { return };
    match tour.typed(now_s) {
        Some(number) => {
            tour.typed = None;
            // Counted from one, as on the wall.
            go_to(state, number.wrapping_sub(1));
        }
        None => step(state, 1, now_s),
    }
}

/// Shows the slide as it is meant.
pub fn show_slide(state: &mut State) {
    let Some(tour) = state.tour.as_mut() else { return };
    tour.detached = false;
    tour.leave_until_s = None;
    tour.typed = None;
    decks::pass(state);
    let Some(slide) = state.slide_on_wall() else { return };
    let target = match &slide.view {
        SlideView::Projects(ids) => FitTarget::Projects(ids.clone()),
        SlideView::Bbox([w, s, e, n]) => {
            FitTarget::Extent(Extent { west_deg: *w, south_deg: *s, east_deg: *e, north_deg: *n })
        }
    };
    state.revision += 1;
    state.request_camera(target, state.settings.reduce_motion);
}

/// Asks whether to leave; the second time leaves.
pub fn leave(state: &mut State, now_s: f64) {
    if state.tour.as_mut().is_some_and(|tour| tour.leave(now_s)) {
        state.tour = None;
        state.decks.passing = state.all.clone();
        state.revision += 1;
        filter::fit(state);
    }
}

/// Blanks the screen, or shows it again.
pub fn blank(state: &mut State, white: bool) {
    if let Some(tour) = &mut state.tour {
        tour.blank = if tour.blank.is_some() { None } else { Some(white) };
    }
}

/// The presenter moved the map by hand.
pub fn detach(state: &mut State) {
    if let Some(tour) = &mut state.tour {
        tour.detached = true;
    }
}
