//! The deck editor: what is typed is meant once its field is left, and every change is ordered.

use super::{notices, workbook};
use crate::{
    app::{
        decks::{DeckStep, Decks, TextOf, Typed},
        first_deck::first_slides,
        fit_target::FitTarget,
        job::Order,
        message::News,
        notice::NoticeLevel,
        slide_figures::both,
        state::State,
        workbook::BookEdit,
    },
    book::SlideRecord,
    catalogue::{
        Filter,
        edit::{DeckEdit, SlideEdit},
    },
    language::Language,
    tr,
    units::Extent,
};

/// Does a step of the user's.
pub fn step(state: &mut State, step: DeckStep) -> Vec<Order> {
    let mut orders = match step {
        DeckStep::Type { of, text } => {
            state.decks.typed = Some(Typed { of, text, is_sent: false });
            return Vec::new();
        }
        DeckStep::TakeBack => {
            state.decks.typed = None;
            return Vec::new();
        }
        _ => settle(state),
    };
    match step {
        DeckStep::Type { .. } | DeckStep::TakeBack | DeckStep::Settle => {}
        DeckStep::OpenDeck(id) => {
            state.decks.open = Some(id);
            state.decks.slide = None;
        }
        DeckStep::Select(id) => select(state, &id),
        DeckStep::AddSlide => orders.extend(add_slide(state)),
        DeckStep::TakeView => {
            if let (Some(id), Some(view)) = (state.decks.slide.clone(), view(state)) {
                let edit = SlideEdit::View(Box::new(view));
                orders.extend(change(state, DeckEdit::Slide { id, edit }));
            }
        }
        DeckStep::MoveSlide(by) => orders.extend(move_slide(state, by)),
        DeckStep::AddDeck => {
            let name = both(Language::ALL.map(|language| tr!(language, "deck.new_name")));
            orders.extend(change(state, DeckEdit::Add { name, slides: Vec::new() }));
        }
        DeckStep::MakeDeck => {
            let name = both(Language::ALL.map(|language| tr!(language, "deck.first_name")));
            let slides = first_slides(&state.catalogue);
            orders.extend(change(state, DeckEdit::Add { name, slides }));
        }
        DeckStep::Edit(edit) => orders.extend(change(state, edit)),
    }
    orders
}

/// What was typed is meant: it is ordered, where it is another than what is kept.
pub fn settle(state: &mut State) -> Vec<Order> {
    let Some(typed) = state.decks.typed.clone().filter(|typed| !typed.is_sent) else {
        return Vec::new();
    };
    let language = state.settings.language;
    let kept = state.decks.kept(&typed.of, language);
    // What it was typed into may be gone meanwhile.
    if kept.is_none_or(|kept| kept.trim_end() == typed.text.trim_end()) {
        state.decks.typed = None;
        return Vec::new();
    }
    let edit = match typed.of.clone() {
        TextOf::Slide(id, part) => {
            let text = typed.text.clone();
            DeckEdit::Slide { id, edit: SlideEdit::Text { part, language, text } }
        }
        TextOf::Deck(deck) => DeckEdit::Rename { deck, language, name: typed.text.clone() },
    };
    // It shows as it was typed until it is on disk; of a plan that is only read a copy is made first.
    state.decks.typed = Some(Typed { is_sent: state.workbook.path.is_some(), ..typed });
    change(state, edit)
}

/// The order came to nothing: what was typed is still there.
pub fn failed(state: &mut State) {
    if let Some(typed) = &mut state.decks.typed {
        typed.is_sent = false;
    }
}

/// Takes the decks that there are now.
pub fn follow(state: &mut State, is_other: bool) {
    let book = state.workbook.path.is_some().then_some(&*state.workbook.shown.records);
    let now = Decks::read(&state.catalogue, book);
    state.decks.follow(now, is_other);
    if let Some(tour) = &mut state.tour {
        match state.decks.shown.len().checked_sub(1) {
            Some(last) => tour.slide = tour.slide.min(last),
            None => state.tour = None,
        }
    }
    pass(state);
}

/// Looks which projects the slide on the wall shows.
pub fn pass(state: &mut State) {
    let seen = state.slide_on_wall().and_then(|slide| slide.seen.as_ref());
    state.decks.passing = match seen {
        Some(seen) => seen.filter.apply(&state.catalogue).into(),
        None => state.all.clone(),
    };
}

fn change(state: &mut State, edit: DeckEdit) -> Vec<Order> {
    workbook::change(state, BookEdit::Deck(edit))
}

/// Opens a slide; the map shows what it shows.
fn select(state: &mut State, id: &str) {
    let Some(slide) = state.decks.slides.iter().find(|slide| slide.id == *id).cloned() else {
        return;
    };
    state.decks.open = Some(slide.deck.clone());
    state.decks.slide = Some(slide.id.clone());
    // One that this version cannot read lets everything pass, as when it is presented.
    state.filter = serde_json::from_value::<Filter>(slide.filter).unwrap_or_default();
    let there = |id: &String| state.catalogue.project(id).is_some();
    let selected: Vec<String> = slide.project_ids.iter().filter(|id| there(id)).cloned().collect();
    state.focus = slide.selection.filter(there).or_else(|| selected.first().cloned());
    state.selected = selected;
    state.part = None;
    state.sentence = None;
    let target = match slide.extent {
        Some([west_deg, south_deg, east_deg, north_deg]) => {
            FitTarget::Extent(Extent { west_deg, south_deg, east_deg, north_deg })
        }
        None if slide.fit.is_empty() => FitTarget::City,
        None => FitTarget::Projects(slide.fit),
    };
    state.request_camera(target, state.settings.reduce_motion);
}

/// The view there is; without one the user is told.
fn view(state: &mut State) -> Option<SlideRecord> {
    let view = state.slide_of_view();
    if view.is_none() {
        notices::notify(state, NoticeLevel::Problem, News::NoView.into());
    }
    view
}

fn add_slide(state: &mut State) -> Vec<Order> {
    let Some(slide) = view(state) else { return Vec::new() };
    if let Some(deck) = state.decks.open.clone() {
        let after = state.decks.slide.clone();
        return change(state, DeckEdit::AddSlide { deck, after, slide: Box::new(slide) });
    }
    let name = both(Language::ALL.map(|language| tr!(language, "deck.first_name")));
    change(state, DeckEdit::Add { name, slides: vec![slide] })
}

fn move_slide(state: &mut State, by: isize) -> Vec<Order> {
    let (Some(id), Some(place)) = (state.decks.slide.clone(), state.decks.place()) else {
        return Vec::new();
    };
    let last = state.decks.of_open().count().saturating_sub(1);
    let to = place.saturating_add_signed(by).min(last);
    if to == place {
        return Vec::new();
    }
    change(state, DeckEdit::Slide { id, edit: SlideEdit::MoveTo(to) })
}
