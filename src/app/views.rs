//! The views that were looked at, to go back to, and what one that is kept is called.

use super::{Language, State, filter_words, kept_view::seen_extent, view_text::ViewText};
use crate::{scene::Viewport, tr};

const MOST: usize = 50;

/// A list of views and the place in it.
#[derive(Debug, Clone, Default)]
pub struct Views {
    views: Vec<Viewport>,
    /// Position of the present view.
    at: usize,
}

impl Views {
    /// Adds the view that the camera came to rest at. What was left by going back is forgotten.
    pub fn push(&mut self, view: Viewport) {
        if self.views.get(self.at).is_some_and(|present| is_same(present, &view)) {
            return;
        }
        self.views.truncate(self.at + 1);
        self.views.push(view);
        if self.views.len() > MOST {
            self.views.remove(0);
        }
        self.at = self.views.len() - 1;
    }

    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.at + 1 < self.views.len()
    }

    /// The view before.
    pub fn back(&mut self) -> Option<Viewport> {
        self.at = self.at.checked_sub(1)?;
        self.views.get(self.at).copied()
    }

    /// The view that was left by going back.
    pub fn forward(&mut self) -> Option<Viewport> {
        let next = self.views.get(self.at + 1).copied()?;
        self.at += 1;
        Some(next)
    }
}

/// Nearer to each other than anybody would tell apart.
fn is_same(a: &Viewport, b: &Viewport) -> bool {
    let points = (a.center.x - b.center.x).hypot(a.center.y - b.center.y) * a.scale();
    points < 4.0 && (a.zoom - b.zoom).abs() < 0.02
}

/// What a view that is looked at would be called: the project in the card, else what the filter asks,
/// else what the map shows.
pub fn suggested_name(state: &State) -> String {
    let language = state.settings.language;
    if let Some(project) = state.focused() {
        return project.short_name.get(language).to_owned();
    }
    let asked = filter_words(&state.catalogue, &state.filter, language);
    if asked.is_empty() {
        return tr!(language, "view.whole");
    }
    asked.join(" · ")
}

/// A name that none of the others has: with a number where it is taken.
pub fn free_name<'a>(name: &str, taken: impl Iterator<Item = &'a str>) -> String {
    /// Names of conditions may be many.
    const LONGEST: usize = 40;
    let name: String = name.chars().take(LONGEST).collect();
    let taken: Vec<&str> = taken.collect();
    if !taken.contains(&name.as_str()) {
        return name;
    }
    let mut others = (2..1000).map(|n| format!("{name} {n}"));
    others.find(|other| !taken.contains(&other.as_str())).unwrap_or(name)
}

/// What is looked at, as a text for others.
pub fn view_text(state: &State) -> ViewText {
    let shown = state.layers_from_ground().into_iter().filter(|(_, layer)| layer.visible);
    ViewText {
        plan: state.catalogue.title(Language::Chinese).to_owned(),
        extent: seen_extent(state),
        filter: state.filter.clone(),
        selected: state.selected.clone(),
        layers: shown.map(|(_, layer)| layer.data.0.name.clone()).collect(),
    }
}
