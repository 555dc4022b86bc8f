//! Positions proposed by the place names in a text.

use std::{cmp::Ordering, collections::BTreeSet, ops::Range};

use super::{
    counties::{self, CountyNames},
    part_of,
    place::Place,
    reason::{CountyEvidence, Reason},
    surface::{Found, SurfaceIndex},
};
use crate::geo::geodesic;

/// Two places farther apart than their errors and this are two positions, in metres.
const APART_M: f64 = 2000.0;

// Factors on the weight of a place's kind. They order candidates and keep doubtful ones below one
// half; they are judgement, not statistics.
const ALIAS: f32 = 0.95;
/// A town without its class (孝丰 for 孝丰镇) may be anything of that name; where the county agrees it
/// is the town.
const SHORT_OF_A_TOWN: f32 = 0.7;
const PART_OF_A_WORD: f32 = 0.5;
const AN_ORGANISATION: f32 = 0.5;
const COUNTY_AGREES: f32 = 1.05;
const COUNTY_DIFFERS: f32 = 0.6;
const ONE_OF_SEVERAL: f32 = 0.55;
const AN_END: f32 = 0.5;

/// Places and counties, ready to be found in texts.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    surfaces: SurfaceIndex,
    counties: CountyNames,
}

/// A position that a text may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'a> {
    pub place: &'a Place,
    /// Bytes of the text that name it, for the first time.
    pub matched: Range<usize>,
    /// How likely the text's subject stands there, in `[0, 1]`. Below one half: don't draw it.
    pub confidence: f32,
    pub reason: Reason,
}

impl Gazetteer {
    /// From places, and counties as pairs of code and name.
    pub fn new(places: Vec<Place>, counties: Vec<(String, String)>) -> Self {
        let surfaces = SurfaceIndex::new(places.iter().enumerate().flat_map(|(i, place)| {
            std::iter::once(&place.name).chain(&place.aliases).map(move |name| (name.clone(), i))
        }));
        Self { places, surfaces, counties: CountyNames::new(counties) }
    }

    /// The places, in the order given.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Codes of the counties named in a text, with the bytes that name them, in order. Full names and
    /// short forms that mean nothing else (阳曲, 清徐); 城区, 矿区 and 郊区 only behind their city.
    pub fn counties_named(&self, text: &str) -> Vec<(String, Range<usize>)> {
        self.counties.named(text)
    }

    /// Places named in a text, best first, each once.
    ///
    /// Of overlapping names the longest counts. Counties named in the same text, or given as a code,
    /// decide between places of one name. Naming a city, county or river gives a candidate below
    /// one half, as do the ends of a route (太原—绥德) and names of several places far apart unless one
    /// is said to be the site (位于…).
    pub fn geocode(&self, text: &str, context_county: Option<&str>) -> Vec<Candidate<'_>> {
        let named = self.counties.named(text);
        let mut context: BTreeSet<&str> = named.iter().map(|(code, _)| code.as_str()).collect();
        context.extend(context_county);
        let found = self.surfaces.longest(text, |found| self.can_stand_alone(text, found, &named));
        let mut candidates: Vec<Candidate<'_>> =
            found.iter().flat_map(|found| self.meanings(text, found, &context)).collect();
        candidates.sort_by(best_first);
        let mut seen: BTreeSet<*const Place> = BTreeSet::new();
        candidates.retain(|candidate| seen.insert(std::ptr::from_ref(candidate.place)));
        weaken_one_of_several(text, &mut candidates);
        candidates.sort_by(best_first);
        candidates
    }

    /// Whether a name may be taken by itself: common nouns only behind their city, short forms of
    /// counties only where they count as one, those of towns only where they are no everyday word.
    fn can_stand_alone(
        &self,
        text: &str,
        found: &Found<'_>,
        named: &[(String, Range<usize>)],
    ) -> bool {
        if counties::is_generic(&found.surface.text) {
            return counties::is_behind_its_city(text, &found.range);
        }
        let meanings = || found.surface.meanings.iter().filter_map(|i| self.places.get(*i));
        let written = found.surface.text.len();
        let is_short_town = meanings().all(|p| p.kind.is_town() && written < p.name.len());
        if is_short_town && counties::is_everyday(&found.surface.text) {
            return false;
        }
        let is_short_county = meanings().all(|p| p.kind.is_county() && written < p.name.len());
        let is_known_county = meanings().any(|p| p.county_code.is_some());
        !(is_short_county && is_known_county)
            || named
                .iter()
                .any(|(_, range)| range.start <= found.range.start && found.range.end <= range.end)
    }

    fn meanings<'a>(
        &'a self,
        text: &str,
        found: &Found<'_>,
        context: &BTreeSet<&str>,
    ) -> Vec<Candidate<'a>> {
        let places: Vec<&Place> =
            found.surface.meanings.iter().filter_map(|i| self.places.get(*i)).collect();
        let agreeing =
            places.iter().filter(|p| county_evidence(p, context) == CountyEvidence::Agrees).count();
        let organisation = part_of::names_an_organisation(text, &found.range);
        let is_short = found.surface.text.chars().count() <= 2;
        let end_of_line = part_of::is_end_of_a_line(text, &found.range);
        // Cities and short forms of counties often stand right behind another word: 山西阳曲.
        let is_specific = places.iter().any(|place| place.kind.is_specific());
        let part_of_word = !part_of::ends_a_word(text, &found.range)
            || (is_short && is_specific && !part_of::begins_a_word(text, &found.range));
        places
            .iter()
            .map(|place| {
                let county = county_evidence(place, context);
                let by_alias = place.name != found.surface.text;
                let rivals = if agreeing > 0 && county == CountyEvidence::Agrees {
                    agreeing
                } else {
                    places.len()
                };
                let mut confidence = place.kind.weight();
                let mut scale = |applies: bool, factor: f32| {
                    if applies {
                        confidence *= factor;
                    }
                };
                let is_short_town =
                    place.kind.is_town() && by_alias && place.name.starts_with(&found.surface.text);
                scale(by_alias, if is_short_town { SHORT_OF_A_TOWN } else { ALIAS });
                scale(part_of_word, PART_OF_A_WORD);
                // What names a university's own site is longer than the town in its name.
                scale(organisation, AN_ORGANISATION);
                scale(end_of_line, AN_END);
                scale(county == CountyEvidence::Agrees, COUNTY_AGREES);
                scale(county == CountyEvidence::Differs, COUNTY_DIFFERS);
                scale(true, 1.0 / rivals.max(1) as f32);
                Candidate {
                    place,
                    matched: found.range.clone(),
                    confidence: confidence.clamp(0.0, 1.0),
                    reason: Reason {
                        by_alias,
                        county,
                        same_name: rivals.max(1),
                        organisation,
                        part_of_word,
                        end_of_line,
                        one_of_several: false,
                    },
                }
            })
            .collect()
    }
}

fn county_evidence(place: &Place, context: &BTreeSet<&str>) -> CountyEvidence {
    match &place.county_code {
        Some(code) if context.contains(code.as_str()) => CountyEvidence::Agrees,
        Some(_) if !context.is_empty() => CountyEvidence::Differs,
        _ => CountyEvidence::None,
    }
}

/// Where a text names several places far apart, none is its subject's position unless it says so.
fn weaken_one_of_several(text: &str, candidates: &mut [Candidate<'_>]) {
    let specific: Vec<(&Place, Range<usize>)> = candidates
        .iter()
        .filter(|c| c.place.kind.is_specific() && !c.reason.organisation && !c.reason.part_of_word)
        .filter(|c| c.reason.county != CountyEvidence::Differs)
        .map(|c| (c.place, c.matched.clone()))
        .collect();
    for candidate in candidates {
        let elsewhere = specific
            .iter()
            .any(|(other, range)| *range != candidate.matched && are_apart(candidate.place, other));
        if elsewhere && !part_of::is_said_to_be_the_site(text, &candidate.matched) {
            candidate.confidence *= ONE_OF_SEVERAL;
            candidate.reason.one_of_several = true;
        }
    }
}

fn are_apart(a: &Place, b: &Place) -> bool {
    geodesic::distance_m(a.lon_lat, b.lon_lat) > a.error_m + b.error_m + APART_M
}

fn best_first(a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
    b.confidence
        .total_cmp(&a.confidence)
        .then(b.matched.len().cmp(&a.matched.len()))
        .then(a.matched.start.cmp(&b.matched.start))
        .then(a.place.name.cmp(&b.place.name))
        .then(a.place.county_code.cmp(&b.place.county_code))
}
