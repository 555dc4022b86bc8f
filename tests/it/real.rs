//! The city's own plan with its seeds, read once for all tests.

use std::sync::{Arc, LazyLock};

use jintu::{
    app::{Settings, State},
    catalogue::{
        Catalogue, Project,
        lower::{Lowered, lower},
    },
    diagnostics::Diagnostic,
    language::Language,
    scene::{NO_COUNTIES, View},
    store::SEEDS,
    style::Mode,
};

static READ: LazyLock<(Arc<Catalogue>, Vec<Diagnostic>)> = LazyLock::new(|| {
    let Lowered { catalogue, diagnostics } = lower(&SEEDS);
    (Arc::new(catalogue), diagnostics)
});

pub fn catalogue() -> Arc<Catalogue> {
    READ.0.clone()
}

pub fn diagnostics() -> &'static [Diagnostic] {
    &READ.1
}

pub fn project<'a>(catalogue: &'a Catalogue, id: &str) -> &'a Project {
    catalogue.project(id).unwrap_or_else(|| panic!("no project {id}"))
}

/// A state at the start, without motion.
pub fn state() -> State {
    let settings = Settings { reduce_motion: true, ..Settings::default() };
    State::new(catalogue(), diagnostics().to_vec(), settings)
}

/// Ids of positions in the catalogue.
pub fn ids(catalogue: &Catalogue, positions: &[usize]) -> Vec<String> {
    positions.iter().map(|&i| catalogue.projects[i].id.clone()).collect()
}

/// The light map of a desk in Chinese with no project on it, for a test to fill in what it looks at.
pub fn view_at(zoom: f64) -> View<'static> {
    View {
        shown: &[],
        selected: &[],
        hover: None,
        counties: &NO_COUNTIES,
        mode: Mode::Light,
        zoom,
        language: Language::Chinese,
        with_anchors: true,
        subject_only: false,
    }
}
