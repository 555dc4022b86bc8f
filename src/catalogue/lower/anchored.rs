//! Where a project that nobody placed is at least known to lie: the county that its words or its plan
//! name, else the city. It is no position: a hollow ring stands at the county's government, or in the
//! county where that is not known.

use std::collections::BTreeSet;

use super::{Base, Why, country::Unit};
use crate::{
    areas::Level,
    catalogue::{Accuracy, County, Project, Unlocated},
    gazetteer::PlaceKind,
    language::Bilingual,
    plan::Plan,
    units::LonLat,
};

/// What is known of a project of another plan than the seeds' own; `None` where its words and its plan
/// tell neither a county nor a city.
pub(super) fn why(project: &Project, plan: &Plan, base: &Base) -> Option<Why> {
    let text = plan.text.slice(project.words);
    let unit = base.unit.as_ref();
    if let Some(unit) = unit.filter(|unit| unit.level == Level::County) {
        let name = &unit.name.zh;
        let county = county(base, &unit.code)?;
        return Some(at_county(
            base,
            county,
            Bilingual::new(
                format!("文中没有可以定位的地点；规划是{name}的，只标在该县区。"),
                format!(
                    "The words name no place that has a position; the plan is that of {}, which is \
                     all that is marked.",
                    in_english(&unit.name)
                ),
            ),
        ));
    }
    let named: BTreeSet<String> =
        base.gazetteer.counties_named(text).into_iter().map(|(code, _)| code).collect();
    if let [only] = Vec::from_iter(&named)[..] {
        let county = county(base, only)?;
        return Some(at_county(
            base,
            county,
            Bilingual::new(
                format!("文中只写到{}，没有可以定位的地点。", county.name.zh),
                format!(
                    "The words name {}, and no place that has a position.",
                    in_english(&county.name)
                ),
            ),
        ));
    }
    if named.is_empty()
        && let Some((place, county)) = by_a_place(text, base)
    {
        return Some(at_county(
            base,
            county,
            Bilingual::new(
                format!("文中提到“{place}”，在{}境内；具体位置没有写明。", county.name.zh),
                format!(
                    "The words name “{place}”, which is in {}; where exactly is not said.",
                    in_english(&county.name)
                ),
            ),
        ));
    }
    at_city(unit?, !named.is_empty())
}

/// The one county that all places named in a text lie in, with the first of them.
fn by_a_place<'a>(text: &str, base: &'a Base) -> Option<(String, &'a County)> {
    let found = base.gazetteer.geocode(text, None);
    let own = found.iter().filter(|own| !own.reason.organisation && !own.reason.part_of_word);
    let placed: Vec<(&str, &str)> = own
        .filter_map(|own| Some((own.place.name.as_str(), own.place.county_code.as_deref()?)))
        .collect();
    let (name, code) = *placed.first()?;
    let county = county(base, code).filter(|county| county.in_city)?;
    placed.iter().all(|(_, other)| *other == code).then(|| (name.to_owned(), county))
}

fn at_county(base: &Base, county: &County, reason: Bilingual) -> Why {
    Why {
        accuracy: Accuracy::County,
        unlocated: Unlocated {
            reason,
            anchor_name: Some(county.name.clone()),
            anchor: Some(seat(base, county)),
        },
        county: Some(county.code.clone()),
    }
}

/// Nothing more than the city of the plan; `None` for a province, where that says too little.
fn at_city(unit: &Unit, names_counties: bool) -> Option<Why> {
    let at = unit.city_at?;
    let (name, foreign) = (&unit.name.zh, in_english(&unit.name));
    let reason = if names_counties {
        Bilingual::new(
            format!("文中写到不止一个县区，没有可以定位的地点；只标在{name}。"),
            format!(
                "The words name more than one county and no place that has a position; only \
                 {foreign} is marked."
            ),
        )
    } else {
        Bilingual::new(
            format!("文中没有可以定位的地点；规划是{name}的，只知在该市。"),
            format!(
                "The words name no place that has a position; the plan is that of {foreign}, \
                 which is all that is known."
            ),
        )
    };
    let unlocated = Unlocated { reason, anchor_name: Some(unit.name.clone()), anchor: Some(at) };
    Some(Why { accuracy: Accuracy::City, unlocated, county: None })
}

fn county<'a>(base: &'a Base, code: &str) -> Option<&'a County> {
    base.counties.iter().find(|county| county.code == code)
}

/// Where the county's government is; a position inside it where that is not known.
fn seat(base: &Base, county: &County) -> LonLat {
    let is_seat = |place: &&crate::gazetteer::Place| {
        matches!(place.kind, PlaceKind::County | PlaceKind::District)
            && place.county_code.as_deref() == Some(county.code.as_str())
            && place.name == county.name.zh
    };
    let place = base.gazetteer.places().iter().find(is_seat);
    place.map_or(county.label_at, |place| place.lon_lat)
}

fn in_english(name: &Bilingual) -> &str {
    if name.en.is_empty() { &name.zh } else { &name.en }
}
