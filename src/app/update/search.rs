//! The search box: it looks, and changes nothing that is shown.

use std::sync::Arc;

use crate::{
    app::{
        Overlay, State,
        fit_target::FitTarget,
        job::Order,
        search_box::{self, MOST_HITS, SearchBox, SearchRow, SharedCountry},
        view_text::ViewText,
    },
    search::{Finder, Hit},
};

/// Lists what answers to the text; nothing typed lists nothing.
pub fn set_text(state: &mut State, text: String) -> Vec<Order> {
    let (home, previews) = match &state.overlay {
        Overlay::Search(own) => (own.home, own.previews),
        _ => (state.viewport, false),
    };
    if text.trim().is_empty() {
        go_home(state);
        state.overlay = Overlay::None;
        return Vec::new();
    }
    if let Some(view) = ViewText::find(&text) {
        let (found, row) = (Arc::default(), Some(0));
        let own = SearchBox { text, row, previews, home, found, view: Some(Arc::new(view)) };
        state.overlay = Overlay::Search(own);
        return Vec::new();
    }
    let finder = state.finder.get_or_init(|| Finder::new(&state.catalogue));
    let country = state.country.as_ref().map(|own| &*own.0);
    let found = finder.find(&state.catalogue, country, &text, &state.selected, MOST_HITS);
    let mut own = SearchBox { text, row: None, previews, home, found: Arc::new(found), view: None };
    own.row = search_box::first_row(state, &own);
    state.overlay = Overlay::Search(own);
    // Whoever searches may mean any place of the country: it is read once, when somebody does.
    let is_wanted = state.country.is_none() && !std::mem::replace(&mut state.country_asked, true);
    is_wanted.then_some(Order::ReadCountry).into_iter().collect()
}

/// The country has been read: what is typed is looked for in it, too.
pub fn country_read(state: &mut State, country: SharedCountry) -> Vec<Order> {
    state.country = Some(country);
    match &state.overlay {
        // A row that was looked at stays marked as long as nobody types.
        Overlay::Search(own) if !own.previews => {
            let text = own.text.clone();
            set_text(state, text)
        }
        _ => Vec::new(),
    }
}

/// The map shows what the marked row is about.
pub fn preview(state: &mut State) {
    let Overlay::Search(own) = &state.overlay else { return };
    let own = own.clone();
    let hit = match own.row.and_then(|row| search_box::rows(state, &own).into_iter().nth(row)) {
        Some(SearchRow::Hit(hit)) => Some(hit.clone()),
        _ => None,
    };
    let catalogue = state.catalogue.clone();
    state.pin = hit.as_ref().and_then(|hit| search_box::pin(&catalogue, hit));
    state.hover = match &hit {
        Some(Hit::Project(i) | Hit::Stake { project: i, .. }) => {
            catalogue.projects.get(*i).map(|project| project.id.clone())
        }
        _ => None,
    };
    if let Some(target) = hit.and_then(|hit| search_box::target(&catalogue, &hit)) {
        state.request_camera(target, state.settings.reduce_motion);
        if let Overlay::Search(own) = &mut state.overlay {
            own.previews = true;
        }
    }
}

/// Back to where the map was before rows were looked at.
pub fn go_home(state: &mut State) {
    let Overlay::Search(own) = &state.overlay else { return };
    let home = own.home.filter(|_| own.previews);
    state.pin = None;
    state.hover = None;
    if let Some(home) = home {
        state.request_camera(FitTarget::View(home), state.settings.reduce_motion);
    }
}
