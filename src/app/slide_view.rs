//! A slide made of what the map shows.

use serde_json::Value;

use super::{State, filter_words::filter_words, slide_figures::offered_figures};
use crate::{
    book::{SlideRecord, Words},
    catalogue::{Catalogue, Project},
    geo::mercator,
    language::Language,
    units::Extent,
};

/// Figures that a slide of one project begins with.
const FIRST_FIGURES: usize = 2;

/// Characters of the plan's words that a slide begins with, at most.
const CAPTION: usize = 90;

impl State {
    /// What the map shows as a slide, without an id: extent, filter, layers and selection, and the
    /// words to begin with. `None` while the map has not been drawn.
    pub fn slide_of_view(&self) -> Option<SlideRecord> {
        let Extent { west_deg, south_deg, east_deg, north_deg } =
            mercator::extent_from_mercator(self.clear_view()?.extent());
        // A filter is plain data: it has nothing that JSON has not.
        let filter = serde_json::to_value(&self.filter).unwrap_or(Value::Null);
        let said = match (self.selected.as_slice(), self.focused()) {
            ([_], Some(project)) => slide_of(&self.catalogue, project),
            _ => SlideRecord { title: self.words_of_filter(), ..empty() },
        };
        Some(SlideRecord {
            project_ids: self.selected.clone(),
            extent: Some([west_deg, south_deg, east_deg, north_deg]),
            fit: Vec::new(),
            filter,
            layers: self.shown_layers(),
            selection: self.focus.clone(),
            ..said
        })
    }

    /// What the filter asks for; the plan's title where it asks for nothing.
    fn words_of_filter(&self) -> Words {
        let of = |language: Language| {
            let words = filter_words(&self.catalogue, &self.filter, language);
            if words.is_empty() {
                self.catalogue.title(language).to_owned()
            } else {
                words.join(" · ")
            }
        };
        words(of(Language::Chinese), of(Language::English))
    }
}

/// A slide of a project that fits it, without an id: its name, what kind it is, the plan's words and
/// its first figures.
pub fn slide_of(catalogue: &Catalogue, project: &Project) -> SlideRecord {
    let kind = catalogue.kind(&project.kind);
    let caption = beginning(catalogue.plan.text.slice(project.words), &project.name.zh);
    let mut own = empty();
    own.kicker = kind.map(|kind| Words::from(&kind.name)).unwrap_or_default();
    own.title = Words::from(&project.name);
    if !caption.is_empty() {
        own.caption = words(caption, String::new());
        own.span = Some(catalogue.plan.text.source_span(project.words));
    }
    own.project_ids = vec![project.id.clone()];
    own.fit = own.project_ids.clone();
    let ids = std::slice::from_ref(&project.id);
    let figures = offered_figures(catalogue, ids).into_iter().take(FIRST_FIGURES);
    own.figures = figures.map(|offered| offered.figure).collect();
    own
}

/// The first sentences of the plan's words on a project, without its name; cut where they are long.
fn beginning(said: &str, name: &str) -> String {
    let one_line: String = said.lines().map(str::trim).collect();
    let rest = one_line.strip_prefix(name).unwrap_or(&one_line);
    let rest = rest.trim_start_matches(['。', '：', ':', '，', '.', ' ']);
    if rest.chars().count() <= CAPTION {
        return rest.to_owned();
    }
    let head: String = rest.chars().take(CAPTION).collect();
    match head.rfind(['。', '；']) {
        Some(end) => format!("{}。", head.get(..end).unwrap_or_default()),
        None => format!("{head}…"),
    }
}

/// A slide without anything.
pub fn empty() -> SlideRecord {
    SlideRecord {
        id: String::new(),
        deck: String::new(),
        order: 0,
        hidden: false,
        kicker: Words::default(),
        title: Words::default(),
        caption: Words::default(),
        project_ids: Vec::new(),
        extent: None,
        fit: Vec::new(),
        figures: Vec::new(),
        span: None,
        filter: Value::Null,
        layers: Vec::new(),
        selection: None,
        notes: String::new(),
    }
}

/// The words of a slide in both languages; English falls back to Chinese.
fn words(zh: String, en: String) -> Words {
    let en = if en == zh { String::new() } else { en };
    Words { zh, en }
}
