//! What is typed into the search box, what answers to it, and what going there means.

use std::sync::Arc;

use geo::Contains as _;

use super::{
    Action, FitTarget, Language, State, Tell as _,
    command::{
        Outcome,
        palette::{self, Entry},
    },
    coordinate_words, filter_words,
    saved::ViewStep,
    text,
    view_text::{BadText, ViewText},
};
use crate::{
    catalogue::{Catalogue, County},
    geo::{Chainage, CoordinateForm, Crs, geodesic},
    scene::Viewport,
    search::{Country, Found, Hit},
    tr,
    units::{Extent, LonLat},
};

/// The open list under the search box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchBox {
    pub text: String,
    /// The row that Enter means; none where nothing was found: only a choice makes a filter.
    pub row: Option<usize>,
    /// The map shows a row that was only looked at.
    pub previews: bool,
    /// Where the map was before.
    pub home: Option<Viewport>,
    pub found: Arc<Found>,
    /// What is typed is the text of a view.
    pub view: Option<Arc<Result<ViewText, BadText>>>,
}

/// The country, as far as it can be searched. Two are equal when they are the same one.
#[derive(Debug, Clone)]
pub struct SharedCountry(pub Arc<Country>);

impl PartialEq for SharedCountry {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Hits of a group that are listed.
pub const MOST_HITS: usize = 6;
const MOST_COMMANDS: usize = 4;

/// A row of the list.
#[derive(Debug, Clone)]
pub enum SearchRow<'a> {
    /// A view that somebody sent, or why its text is none.
    View(&'a Result<ViewText, BadText>),
    Hit(&'a Hit),
    Command(Entry),
    /// Makes a filter of the words: the only row that changes what is shown.
    FilterByWords,
}

/// All rows, in order: what was found, commands, the filter by these words.
pub fn rows<'a>(state: &State, own: &'a SearchBox) -> Vec<SearchRow<'a>> {
    if let Some(view) = &own.view {
        return vec![SearchRow::View(view)];
    }
    let mut rows: Vec<SearchRow<'a>> = own.found.hits().map(SearchRow::Hit).collect();
    if own.text.trim().is_empty() {
        return rows;
    }
    let commands = palette::find(state, &own.text).into_iter();
    rows.extend(commands.take(MOST_COMMANDS).map(SearchRow::Command));
    rows.push(SearchRow::FilterByWords);
    rows
}

/// The row that Enter means before another is marked.
pub fn first_row(state: &State, own: &SearchBox) -> Option<usize> {
    let first = rows(state, own).into_iter().next()?;
    (!matches!(first, SearchRow::FilterByWords)).then_some(0)
}

/// What choosing a row asks for.
pub fn choose(state: &State, own: &SearchBox, row: usize, now_s: f64) -> Outcome {
    match rows(state, own).get(row) {
        Some(SearchRow::View(Ok(_))) => {
            let go = Action::Views(ViewStep::GoText(own.text.clone()));
            [Action::CloseOverlay, go].into()
        }
        Some(SearchRow::Hit(hit)) => {
            let mut actions = vec![Action::CloseOverlay];
            actions.extend(go(&state.catalogue, hit));
            Outcome { actions, effects: Vec::new() }
        }
        Some(SearchRow::Command(entry)) => entry.choose(state, now_s),
        Some(SearchRow::FilterByWords) => {
            [Action::CloseOverlay, Action::SetText(own.text.trim().to_owned())].into()
        }
        // Why a view cannot be shown stands in the list.
        Some(SearchRow::View(Err(_))) | None => Outcome::default(),
    }
}

/// Goes to what was found.
fn go(catalogue: &Catalogue, hit: &Hit) -> Vec<Action> {
    let mut actions = Vec::new();
    match hit {
        Hit::Project(i) | Hit::Stake { project: i, .. } => {
            let id = catalogue.projects.get(*i).map(|project| project.id.clone());
            actions.extend(id.map(|id| Action::Select(vec![id])));
        }
        Hit::Sentence(_, words) => actions.push(Action::ShowWords(*words)),
        Hit::Position(_) | Hit::County(_) | Hit::Place(_) | Hit::Elsewhere(_) => {}
    }
    actions.push(Action::Pin(pin(catalogue, hit)));
    actions.extend(target(catalogue, hit).map(Action::Fit));
    actions
}

/// The place that is marked on the map for a hit.
pub fn pin(catalogue: &Catalogue, hit: &Hit) -> Option<LonLat> {
    match hit {
        Hit::Position(position) => Some(position.at),
        Hit::Stake { at, .. } => *at,
        Hit::Place(i) => catalogue.gazetteer.places().get(*i).map(|place| place.lon_lat),
        Hit::Elsewhere(own) => own.at,
        Hit::Project(_) | Hit::County(_) | Hit::Sentence(..) => None,
    }
}

/// What the map shows of a hit.
pub fn target(catalogue: &Catalogue, hit: &Hit) -> Option<FitTarget> {
    /// A single place is shown with its surroundings.
    const AROUND_M: f64 = 2000.0;
    let around = |at: LonLat, m: f64| {
        let corners = [45.0, 135.0, 225.0, 315.0];
        Extent::around(corners.map(|azimuth| geodesic::destination(at, azimuth, m)))
            .map(FitTarget::Extent)
    };
    let of_project = |i: usize| {
        let project = catalogue.projects.get(i)?;
        project.is_located().then(|| FitTarget::Projects(vec![project.id.clone()]))
    };
    match hit {
        Hit::Position(position) => around(position.at, AROUND_M),
        Hit::Stake { at: Some(at), .. } => around(*at, AROUND_M),
        Hit::Stake { project, at: None, .. } | Hit::Project(project) => of_project(*project),
        Hit::County(code) => Some(FitTarget::County(code.clone())),
        Hit::Place(i) => {
            let place = catalogue.gazetteer.places().get(*i)?;
            around(place.lon_lat, AROUND_M.max(place.error_m))
        }
        Hit::Elsewhere(own) => match (own.extent, own.at) {
            (Some(extent), _) => Some(FitTarget::Extent(extent)),
            (None, Some(at)) => around(at, AROUND_M.max(own.error_m)),
            (None, None) => None,
        },
        Hit::Sentence(i, _) => {
            let ids = catalogue.projects_in_sentence(*i).into_iter();
            let ids: Vec<String> = ids
                .filter_map(|i| catalogue.projects.get(i))
                .filter(|project| project.is_located())
                .map(|project| project.id.clone())
                .collect();
            (!ids.is_empty()).then_some(FitTarget::Projects(ids))
        }
    }
}

/// A view that somebody sent in words: what it asks, and of which plan it is.
pub fn view_words(
    catalogue: &Catalogue,
    view: &Result<ViewText, BadText>,
    language: Language,
) -> (String, String) {
    let view = match view {
        Ok(view) => view,
        Err(reason) => return (reason.tell(language), String::new()),
    };
    let mut said = filter_words(catalogue, &view.filter, language);
    let selected = view.selected.iter().filter_map(|id| catalogue.project(id));
    said.extend(selected.take(1).map(|project| project.short_name.get(language).to_owned()));
    said.extend(view.layers.iter().cloned());
    let name = if said.is_empty() { tr!(language, "view.whole") } else { said.join(" · ") };
    (tr!(language, "view.go_text", name = name), view.plan.clone())
}

/// A hit in words: its name, and quietly what it is.
pub fn words(catalogue: &Catalogue, hit: &Hit, language: Language) -> (String, String) {
    let county =
        |at: LonLat| county_at(catalogue, at).map(|county| county.name.get(language).to_owned());
    let both = |a: String, b: Option<String>| match b {
        Some(b) if !a.is_empty() => format!("{a} · {b}"),
        Some(b) => b,
        None => a,
    };
    match hit {
        Hit::Position(position) => {
            let name = coordinate_words(CoordinateForm::Decimal, position.at, None);
            (name, both(system(position.crs, language), county(position.at)))
        }
        Hit::Stake { project, feature, chainage_m, at, length_m } => {
            let project = catalogue.projects.get(*project);
            let line = project.map_or("", |project| project.short_name.get(language));
            let name = format!("{line} {}", Chainage::from_m(*chainage_m));
            let whole = Chainage::from_m(*length_m);
            let detail = match at {
                Some(at) => {
                    let many = project.is_some_and(|p| p.features.len() > 1);
                    let part = catalogue.features.get(*feature).filter(|_| many);
                    let part = part.map_or("", |own| own.name.get(language));
                    both(part.to_owned(), county(*at))
                }
                None => tr!(language, "search.beyond", end = whole),
            };
            (name, detail)
        }
        Hit::Project(i) => catalogue.projects.get(*i).map_or_else(Default::default, |project| {
            let kind = catalogue.kind(&project.kind).map_or("", |kind| kind.name.get(language));
            (project.name.get(language).to_owned(), format!("{kind} · {}", project.id))
        }),
        Hit::County(code) => catalogue.county(code).map_or_else(Default::default, |county| {
            (county.name.get(language).to_owned(), format!("{} · {code}", county.city))
        }),
        Hit::Place(i) => {
            catalogue.gazetteer.places().get(*i).map_or_else(Default::default, |place| {
                let kind = tr!(language, format!("place.{}", place.kind.key()));
                let code = place.county_code.as_deref();
                let own = code.map(|code| text::county(catalogue, code, code, language).to_owned());
                (place.name.clone(), both(kind, own.or_else(|| county(place.lon_lat))))
            })
        }
        Hit::Elsewhere(own) => {
            let kind = tr!(language, format!("place.{}", own.kind));
            let within = (!own.within.is_empty()).then(|| own.within.clone());
            (own.name.get(language).to_owned(), both(kind, within))
        }
        Hit::Sentence(i, place) => {
            let sentence = catalogue.plan.sentences.get(*i);
            let range = sentence.map_or(*place, |sentence| sentence.range);
            let before = catalogue.plan.text.slice(crate::units::TextRange {
                start: range.start,
                end: place.start.max(range.start),
            });
            let nodes = catalogue.plan.outline.nodes();
            let node = sentence.and_then(|own| nodes.get(own.node));
            // As many characters before the words as leave room for them.
            let skipped = before.chars().count().saturating_sub(8);
            let lead = if skipped > 0 { "…" } else { "" };
            let all: String = catalogue.plan.text.slice(range).chars().skip(skipped).collect();
            (format!("{lead}{all}"), node.map(|own| own.id.clone()).unwrap_or_default())
        }
    }
}

fn system(crs: Crs, language: Language) -> String {
    match (crs, crs.zone()) {
        (_, Some(zone)) => tr!(language, "search.zone", n = zone.number()),
        (Crs::Degrees(datum), _) => datum.label(language),
        _ => crs.label(language),
    }
}

/// The county that holds a position.
pub fn county_at(catalogue: &Catalogue, at: LonLat) -> Option<&County> {
    let point = geo::Point(at.into());
    catalogue.counties.iter().find(|county| county.polygon.contains(&point))
}
