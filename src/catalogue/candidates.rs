//! Places that a project's words name: what it may stand at, how likely, and why.

use std::collections::BTreeSet;

use super::{Accuracy, Catalogue, County, Project};
use crate::{
    gazetteer::{Candidate, PlaceKind},
    language::Bilingual,
    units::LonLat,
};

/// Error up to which a place is a position, in metres: the class `park`.
pub(super) const EXACT_ENOUGH_M: f64 = 5000.0;

/// A place that a project may stand at.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceCandidate {
    pub name: String,
    pub kind: PlaceKind,
    pub at: LonLat,
    /// What a project that stands there is known by.
    pub accuracy: Accuracy,
    /// Estimated error of `at`, in metres; `None` where it only stands for a county.
    pub error_m: Option<f64>,
    /// GB/T 2260 code of its county.
    pub county: Option<String>,
    /// How likely the project stands there, in `[0, 1]`.
    pub confidence: f32,
    /// What speaks for it and against it.
    pub reason: Bilingual,
    /// The clause that names it.
    pub words: String,
    /// Where the position comes from; empty where it is the middle of a county.
    pub source: Bilingual,
}

/// The class of a position with such an error, in metres.
const fn within(error_m: f64) -> Accuracy {
    match error_m {
        e if e <= 200.0 => Accuracy::Site,
        e if e <= 1000.0 => Accuracy::Block,
        e if e <= EXACT_ENOUGH_M => Accuracy::Park,
        _ => Accuracy::County,
    }
}

impl Catalogue {
    /// Places named in the words of a project, the likeliest first, each once.
    pub fn place_candidates(&self, project: &Project) -> Vec<PlaceCandidate> {
        // A name that was given by hand may tell more than the plan.
        let own_name = [project.name.zh.as_str()];
        let texts = project.mentions().map(|range| self.plan.text.slice(range)).chain(own_name);
        let county = match project.counties.as_slice() {
            [only] => Some(only.code.as_str()),
            _ => None,
        };
        let mut found: Vec<PlaceCandidate> = Vec::new();
        let mut seats: BTreeSet<String> = BTreeSet::new();
        for text in texts {
            for candidate in self.gazetteer.geocode(text, county) {
                let own = self.of_place(&candidate, text);
                if own.accuracy == Accuracy::County {
                    seats.extend(own.county.clone());
                }
                add(&mut found, own);
            }
            for (code, range) in self.gazetteer.counties_named(text) {
                let county = self.county(&code).filter(|_| !seats.contains(&code));
                if let Some(county) = county {
                    add(&mut found, of_county(county, clause(text, range.start)));
                }
            }
        }
        found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        found
    }

    fn of_place(&self, candidate: &Candidate<'_>, text: &str) -> PlaceCandidate {
        let place = candidate.place;
        let accuracy = match place.kind {
            PlaceKind::City => Accuracy::City,
            PlaceKind::County | PlaceKind::District | PlaceKind::River => Accuracy::County,
            _ => within(place.error_m),
        };
        PlaceCandidate {
            name: place.name.clone(),
            kind: place.kind,
            at: place.lon_lat,
            accuracy,
            error_m: accuracy.is_located().then_some(place.error_m),
            county: place.county_code.clone(),
            confidence: candidate.confidence,
            reason: Bilingual::new(candidate.reason.zh(), candidate.reason.to_string()),
            words: clause(text, candidate.matched.start),
            source: self.place_sources.get(&place.source).cloned().unwrap_or_default(),
        }
    }
}

/// The middle of a county that is named.
fn of_county(county: &County, words: String) -> PlaceCandidate {
    /// As the naming of a county's seat tells.
    const NAMED: f32 = 0.4;
    let kind =
        if county.name.zh.ends_with('区') { PlaceKind::District } else { PlaceKind::County };
    PlaceCandidate {
        name: county.name.zh.clone(),
        kind,
        at: county.label_at,
        accuracy: Accuracy::County,
        error_m: None,
        county: Some(county.code.clone()),
        confidence: NAMED,
        reason: Bilingual::new("文中写到该县区", "the words name the county"),
        words,
        source: Bilingual::default(),
    }
}

/// Takes a candidate, unless it is known as well from elsewhere.
fn add(found: &mut Vec<PlaceCandidate>, own: PlaceCandidate) {
    match found.iter_mut().find(|other| other.name == own.name && other.at == own.at) {
        Some(other) if other.confidence < own.confidence => *other = own,
        Some(_) => {}
        None => found.push(own),
    }
}

/// The clause around a position of a text, without line breaks, cut where it is long.
fn clause(text: &str, at: usize) -> String {
    const MOST: usize = 40;
    const ENDS: [char; 6] = ['。', '；', '，', '：', ';', '◇'];
    let start = text.get(..at).and_then(|before| before.rfind(ENDS)).map_or(0, |end| {
        let own = text.get(end..).and_then(|rest| rest.chars().next());
        end + own.map_or(0, char::len_utf8)
    });
    let rest = text.get(start..).unwrap_or_default();
    let inside = at.saturating_sub(start);
    let end = rest.get(inside..).and_then(|own| own.find(ENDS)).map_or(rest.len(), |n| inside + n);
    let own = rest.get(..end).unwrap_or_default();
    let plain: String = own.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim();
    if plain.chars().count() <= MOST {
        return plain.to_owned();
    }
    let head: String = plain.chars().take(MOST).collect();
    format!("{head}…")
}
