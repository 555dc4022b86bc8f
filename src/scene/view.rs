//! What of the catalogue a picture shows, and in which colours.

use std::collections::BTreeSet;

use super::lines::Emphasis;
use crate::{
    catalogue::{Catalogue, Feature, LineClass, Project},
    language::Language,
    style::{MapPalette, Mode, Rgba},
};

/// Where the filter asks for no county.
pub static NO_COUNTIES: BTreeSet<String> = BTreeSet::new();

/// What of the catalogue is to be seen, and how.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Positions that the filter lets pass, sorted.
    pub shown: &'a [usize],
    pub selected: &'a [String],
    pub hover: Option<&'a str>,
    pub counties: &'a BTreeSet<String>,
    pub mode: Mode,
    pub zoom: f64,
    /// The language of the names, and how their letters are set.
    pub language: Language,
    /// Projects without a place have their hollow anchors.
    pub with_anchors: bool,
    /// A slide shows its subject: pins and names of everything else would only distract.
    pub subject_only: bool,
}

impl View<'_> {
    pub fn palette(&self) -> &'static MapPalette {
        MapPalette::of(self.mode)
    }

    /// How much a project stands out; `None` when it is not to be seen.
    pub fn emphasis(&self, position: usize, project: &Project) -> Option<Emphasis> {
        let hovered = self.hover == Some(project.id.as_str());
        self.emphasis_of(position, project, hovered)
    }

    /// The same if the pointer were elsewhere: what decides where names stand, so that none jumps
    /// when the pointer passes.
    pub fn at_rest(&self, position: usize, project: &Project) -> Option<Emphasis> {
        self.emphasis_of(position, project, false)
    }

    fn emphasis_of(&self, position: usize, project: &Project, hovered: bool) -> Option<Emphasis> {
        let shown = self.shown.binary_search(&position).is_ok();
        let selected = self.selected.contains(&project.id);
        match (shown, selected, hovered) {
            (false, true, _) => Some(Emphasis::Ghost),
            (false, false, _) => None,
            (true, true, _) => Some(Emphasis::Selected),
            (true, false, true) => Some(Emphasis::Hovered),
            (true, false, false) if !self.selected.is_empty() => Some(Emphasis::Dimmed),
            (true, false, false) => Some(Emphasis::Normal),
        }
    }
}

/// The colour of a kind in the mode.
pub fn kind_color(catalogue: &Catalogue, key: &str, mode: Mode) -> Rgba {
    catalogue.kind(key).map_or(MapPalette::of(mode).muted, |kind| match mode {
        Mode::Light => kind.light,
        Mode::Dark => kind.dark,
    })
}

/// Water is blue, whatever kind of project works on it.
pub fn feature_color(catalogue: &Catalogue, feature: &Feature, kind: &str, mode: Mode) -> Rgba {
    match feature.class {
        Some(LineClass::River | LineClass::Tributary) => kind_color(catalogue, "water", mode),
        _ => kind_color(catalogue, kind, mode),
    }
}
