//! Presenting: what a clicker's keys do to the tour.

use jintu::app::{Action, FitTarget, State, update};
use jintu::catalogue::Facet;

use crate::real::{catalogue, state};

fn started() -> State {
    let mut state = state();
    update(&mut state, Action::StartTour { slide: 0 });
    state
}

fn act(state: &mut State, action: Action) {
    assert!(update(state, action).is_empty(), "presenting needs no work outside");
}

fn slide(state: &State) -> usize {
    state.tour.unwrap().slide
}

const BLANK: Action = Action::TourBlank { white: false };

/// Page down twice, black and back, the start button twice (it alternates between Esc and F5
/// blindly), page up.
#[test]
fn the_clicker_sequence_with_its_buttons_apart() {
    let mut state = started();
    act(&mut state, Action::TourNext { now_s: 10.0 });
    assert_eq!(slide(&state), 1);
    act(&mut state, Action::TourNext { now_s: 11.0 });
    assert_eq!(slide(&state), 2);
    act(&mut state, BLANK);
    assert_eq!(state.tour.unwrap().blank, Some(false));
    act(&mut state, BLANK);
    assert_eq!((state.tour.unwrap().blank, slide(&state)), (None, 2));
    act(&mut state, Action::TourLeave { now_s: 14.0 });
    assert!(state.tour.is_some(), "the first press only asks");
    // More than two seconds later it asks again.
    act(&mut state, Action::TourLeave { now_s: 16.5 });
    assert!(state.tour.is_some());
    act(&mut state, Action::TourPrevious { now_s: 17.0 });
    assert_eq!(slide(&state), 1);
    assert_eq!(state.tour.unwrap().leave_until_s, None, "stepping on takes the question back");
    act(&mut state, Action::TourLeave { now_s: 18.0 });
    assert!(state.tour.is_some(), "and it has to be asked anew");
}

#[test]
fn the_clicker_sequence_pressed_fast_leaves_and_stays_out() {
    let mut state = started();
    act(&mut state, Action::TourNext { now_s: 10.0 });
    act(&mut state, Action::TourNext { now_s: 10.5 });
    act(&mut state, BLANK);
    act(&mut state, BLANK);
    act(&mut state, Action::TourLeave { now_s: 11.5 });
    act(&mut state, Action::TourLeave { now_s: 12.0 });
    assert!(state.tour.is_none());
    assert_eq!(state.camera.as_ref().unwrap().target, FitTarget::City);
    act(&mut state, Action::TourPrevious { now_s: 12.5 });
    act(&mut state, BLANK);
    assert!(state.tour.is_none());
}

#[test]
fn leaving_takes_two_presses_within_two_seconds() {
    for (gap_s, leaves) in [(0.0, true), (1.0, true), (2.0, true), (2.1, false), (60.0, false)] {
        let mut state = started();
        act(&mut state, Action::TourLeave { now_s: 5.0 });
        assert!(state.tour.is_some());
        act(&mut state, Action::TourLeave { now_s: 5.0 + gap_s });
        assert_eq!(state.tour.is_none(), leaves, "{gap_s}");
    }
}

#[test]
fn a_double_contact_counts_once() {
    let mut state = started();
    act(&mut state, Action::TourNext { now_s: 0.01 });
    assert_eq!(slide(&state), 1, "the first press after the start counts");
    for now_s in [0.02, 0.1, 0.2, 0.25] {
        act(&mut state, Action::TourNext { now_s });
        assert_eq!(slide(&state), 1, "{now_s}");
    }
    act(&mut state, Action::TourNext { now_s: 0.27 });
    assert_eq!(slide(&state), 2);
}

#[test]
fn a_step_on_a_black_screen_only_brings_the_picture_back() {
    let mut state = started();
    act(&mut state, Action::TourNext { now_s: 1.0 });
    act(&mut state, Action::TourBlank { white: true });
    assert_eq!(state.tour.unwrap().blank, Some(true));
    act(&mut state, Action::TourNext { now_s: 2.0 });
    assert_eq!((slide(&state), state.tour.unwrap().blank), (1, None));
    act(&mut state, Action::TourNext { now_s: 3.0 });
    assert_eq!(slide(&state), 2);
}

#[test]
fn it_stops_at_both_ends_and_starts_where_asked() {
    let last = catalogue().slides.len() - 1;
    let mut state = started();
    act(&mut state, Action::TourPrevious { now_s: 1.0 });
    assert_eq!(slide(&state), 0);
    for i in 0..30 {
        act(&mut state, Action::TourNext { now_s: 2.0 + f64::from(i) });
    }
    assert_eq!(slide(&state), last);
    act(&mut state, Action::TourGo(1));
    assert_eq!(slide(&state), 1);
    act(&mut state, Action::TourGo(last + 7));
    assert_eq!(slide(&state), 1);
    update(&mut state, Action::StartTour { slide: usize::MAX });
    assert_eq!(slide(&state), last);
}

#[test]
fn each_slide_moves_the_camera_and_a_hand_can_take_it_back() {
    let mut state = started();
    let first = state.camera.clone().unwrap();
    act(&mut state, Action::TourNext { now_s: 1.0 });
    let second = state.camera.clone().unwrap();
    assert!(second.number > first.number);
    assert_ne!(second.target, first.target);
    act(&mut state, Action::TourDetach);
    assert!(state.tour.unwrap().detached);
    act(&mut state, Action::TourReturn);
    let back = state.camera.clone().unwrap();
    assert!(!state.tour.unwrap().detached && back.number > second.number);
    assert_eq!(back.target, second.target);
}

#[test]
fn the_filter_and_the_selection_wait_for_the_end_of_the_tour() {
    let mut state = state();
    update(&mut state, Action::Toggle(Facet::Kind, "highway".to_owned()));
    update(&mut state, Action::Select(vec!["B1-01".to_owned()]));
    let (filter, selected) = (state.filter.clone(), state.selected.clone());
    update(&mut state, Action::StartTour { slide: 0 });
    act(&mut state, Action::TourNext { now_s: 1.0 });
    act(&mut state, Action::TourLeave { now_s: 2.0 });
    act(&mut state, Action::TourLeave { now_s: 3.0 });
    assert_eq!((state.filter.clone(), state.selected.clone()), (filter, selected));
    assert_eq!(state.camera.unwrap().target, FitTarget::Shown);
}

#[test]
fn digits_and_enter_jump_to_a_slide() {
    let mut state = started();
    for digit in [1, 2] {
        act(&mut state, Action::TourDigit { digit, now_s: 5.0 });
    }
    assert_eq!(state.tour.unwrap().typed(5.0), Some(12));
    act(&mut state, Action::TourEnter { now_s: 6.0 });
    assert_eq!((slide(&state), state.tour.unwrap().typed), (11, None));
    // Without a number it goes on; so does one that was forgotten.
    act(&mut state, Action::TourEnter { now_s: 7.0 });
    assert_eq!(slide(&state), 12);
    act(&mut state, Action::TourDigit { digit: 3, now_s: 8.0 });
    act(&mut state, Action::TourEnter { now_s: 12.0 });
    assert_eq!(slide(&state), 13);
    // A slide that is not there, and more digits than a number can have.
    for digit in [9; 40] {
        act(&mut state, Action::TourDigit { digit, now_s: 13.0 });
    }
    act(&mut state, Action::TourEnter { now_s: 13.5 });
    assert_eq!(slide(&state), 13);
    act(&mut state, Action::TourDigit { digit: 0, now_s: 14.0 });
    act(&mut state, Action::TourEnter { now_s: 14.5 });
    assert_eq!(slide(&state), 14, "no slide has the number 0");
}

#[test]
fn a_zero_alone_leads_back_and_a_step_forgets_what_was_typed() {
    let mut state = started();
    act(&mut state, Action::TourDetach);
    act(&mut state, Action::TourDigit { digit: 0, now_s: 1.0 });
    assert!(!state.tour.unwrap().detached);
    act(&mut state, Action::TourDigit { digit: 7, now_s: 2.0 });
    act(&mut state, Action::TourNext { now_s: 2.5 });
    assert_eq!((slide(&state), state.tour.unwrap().typed), (1, None));
}

#[test]
fn a_jump_from_a_black_screen_shows_the_slide() {
    let mut state = started();
    act(&mut state, BLANK);
    act(&mut state, Action::TourDigit { digit: 5, now_s: 1.0 });
    act(&mut state, Action::TourEnter { now_s: 1.5 });
    assert_eq!((slide(&state), state.tour.unwrap().blank), (4, None));
}
