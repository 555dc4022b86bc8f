//! What a plan of another city stands on: the counties and towns around the city of its title.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    areas::{Area, Areas, Level, Town},
    catalogue::County,
    diagnostics::{Diagnostic, Location, Severity},
    gazetteer::{Place, PlaceKind},
    language::Bilingual,
    units::LonLat,
};

/// The city that the seeds are for: plans of it stand on the seeds' own counties and places.
const SEEDED: &str = "1401";

/// Counties and places around a city.
#[derive(Debug)]
pub struct Surroundings {
    /// Whose plan it is.
    pub unit: Unit,
    /// The city's own first, then those of the cities beside it.
    pub counties: Vec<County>,
    /// Names that mean one county here, by code; where a neighbour has the name of one of the city's own,
    /// it means the city's.
    pub county_names: Vec<(String, String)>,
    pub places: Vec<Place>,
}

/// The unit that a plan is of.
#[derive(Debug, Clone)]
pub struct Unit {
    pub code: String,
    pub name: Bilingual,
    pub level: Level,
    /// Of a city: where its government is, or a county of it nearest to its middle. `None` for
    /// provinces, which are no place.
    pub city_at: Option<LonLat>,
}

/// What lies around the unit that a title names; `None` where the title does not tell, or tells the
/// city of the seeds.
pub fn of(title: &str, country: &[u8], out: &mut Vec<Diagnostic>) -> Option<Surroundings> {
    let areas = read(country, out)?;
    let guess = areas.guess(title);
    let Some(city) = guess.chosen else {
        if !guess.candidates.is_empty() {
            out.push(ambiguous(&areas, &guess.candidates));
        }
        return None;
    };
    (!city.code.starts_with(SEEDED)).then(|| around(&areas, city))
}

/// The code of the unit that a title names; `None` where the title does not tell, or tells the city
/// of the seeds.
pub fn code_of(title: &str, country: &[u8]) -> Option<String> {
    let areas = read(country, &mut Vec::new())?;
    let city = areas.guess(title).chosen?;
    (!city.code.starts_with(SEEDED)).then(|| city.code.clone())
}

/// Whether a code is a unit's; else those that are written nearly so, the nearest first.
pub fn check_code(code: &str, country: &[u8]) -> Result<(), Vec<Area>> {
    const NAMED: usize = 5;
    let Some(areas) = read(country, &mut Vec::new()) else { return Ok(()) };
    if areas.area(code).is_some() {
        return Ok(());
    }
    let same = |own: &Area| own.code.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count();
    let number = |code: &str| code.parse::<i64>().unwrap_or_default();
    let away = |own: &Area| number(&own.code).abs_diff(number(code));
    let mut near: Vec<&Area> = areas.all().collect();
    near.sort_by_key(|own| (std::cmp::Reverse(same(own)), own.level, away(own)));
    Err(near.into_iter().take(NAMED).cloned().collect())
}

/// The code of the unit that titles name, the first that names one, else of the prefecture that most
/// of the words for places lie in; `None` where nothing tells, or tells the city of the seeds.
pub fn code_of_words(titles: &[&str], words: &[&str], country: &[u8]) -> Option<String> {
    /// Fewer tell nothing.
    const LEAST: usize = 3;
    let areas = read(country, &mut Vec::new())?;
    let chosen = titles.iter().find_map(|title| areas.guess(title).chosen);
    if let Some(city) = chosen {
        return (!city.code.starts_with(SEEDED)).then(|| city.code.clone());
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for own in words {
        let area = areas.guess(own).chosen;
        if let Some(city) = area.and_then(|area| areas.city_over(&area.code)) {
            *counts.entry(city.code.clone()).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let (code, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let tells = most >= LEAST && most * 5 >= all * 3;
    (tells && !code.starts_with(SEEDED)).then_some(code)
}

/// What lies around the unit with that code; `None` for the city of the seeds and what is no unit.
pub fn of_code(code: &str, country: &[u8], out: &mut Vec<Diagnostic>) -> Option<Surroundings> {
    if code.starts_with(SEEDED) {
        return None;
    }
    let areas = read(country, out)?;
    areas.area(code).map(|unit| around(&areas, unit))
}

fn read(country: &[u8], out: &mut Vec<Diagnostic>) -> Option<Areas> {
    let read = Areas::read(country);
    if let Err(error) = &read {
        out.push(Diagnostic::new(
            Severity::Error,
            "seed-broken",
            format!("种子文件有误：areas.bin: {error}"),
            format!("a seed file is broken: areas.bin: {error}"),
            Location::Whole,
        ));
    }
    read.ok()
}

/// What lies around a unit.
fn around(areas: &Areas, unit: &Area) -> Surroundings {
    let near = areas.counties_near(&unit.code);
    let own: BTreeSet<&str> = near.iter().filter(|(_, own)| *own).map(|(a, _)| &*a.code).collect();
    let names =
        near.iter().map(|(area, is_own)| (area.name.zh.as_str(), *is_own, area.code.as_str()));
    let towns: Vec<&Town> = {
        let codes: BTreeSet<&str> = near.iter().map(|(area, _)| area.code.as_str()).collect();
        areas.towns().iter().filter(|town| codes.contains(town.county_code.as_str())).collect()
    };
    // A neighbour's town is left out where the city has one of that name.
    let own_towns: BTreeSet<&str> = towns
        .iter()
        .filter(|town| own.contains(town.county_code.as_str()))
        .map(|town| town.name.as_str())
        .collect();
    let towns = towns.into_iter().filter(|town| {
        own.contains(town.county_code.as_str()) || !own_towns.contains(town.name.as_str())
    });
    let seats = near.iter().filter_map(|(area, _)| seat(area));
    Surroundings {
        unit: Unit {
            code: unit.code.clone(),
            name: unit.name.clone(),
            level: unit.level,
            city_at: city_at(areas, unit),
        },
        county_names: told_apart(names),
        places: seats.chain(towns.map(place)).collect(),
        counties: near.into_iter().map(|(area, is_own)| county(areas, area, is_own)).collect(),
    }
}

/// Where a city is marked as a whole.
fn city_at(areas: &Areas, unit: &Area) -> Option<LonLat> {
    let is_city =
        |county: &&Area| areas.city_over(&county.code).is_some_and(|city| city.code == unit.code);
    let counties: Vec<&Area> = areas.counties_of(&unit.code).filter(is_city).collect();
    let inside: Vec<LonLat> = counties.iter().filter_map(|county| county.label_at).collect();
    #[expect(clippy::cast_precision_loss, reason = "counties of a city")]
    let middle = |of: fn(&LonLat) -> f64| inside.iter().map(of).sum::<f64>() / inside.len() as f64;
    let (lon_deg, lat_deg) = (middle(|p| p.lon_deg), middle(|p| p.lat_deg));
    let off = |p: &LonLat| (p.lon_deg - lon_deg).hypot(p.lat_deg - lat_deg);
    let nearest = inside.iter().min_by(|a, b| off(a).total_cmp(&off(b))).copied()?;
    Some(unit.seat.unwrap_or(nearest))
}

fn ambiguous(areas: &Areas, candidates: &[&Area]) -> Diagnostic {
    let names = candidates.iter().map(|area| {
        areas.line_of(&area.code).iter().map(|a| a.name.zh.as_str()).collect::<String>()
    });
    let names = names.collect::<Vec<_>>().join("、");
    Diagnostic::new(
        Severity::Warning,
        "city-ambiguous",
        format!("标题没有说明是哪个地方的规划：{names}"),
        format!("the title does not tell whose plan it is: {names}"),
        Location::Whole,
    )
}

/// One code for each name: the city's own before a neighbour's, none where several neighbours have it.
fn told_apart<'a>(names: impl Iterator<Item = (&'a str, bool, &'a str)>) -> Vec<(String, String)> {
    let mut by_name: BTreeMap<&str, Vec<(bool, &str)>> = BTreeMap::new();
    for (name, is_own, code) in names {
        by_name.entry(name).or_default().push((is_own, code));
    }
    let mut told: Vec<(String, String)> = by_name
        .into_iter()
        .filter_map(|(name, meant)| {
            let own: Vec<&str> =
                meant.iter().filter(|(own, _)| *own).map(|(_, code)| *code).collect();
            let code = match (own.as_slice(), meant.as_slice()) {
                ([code], _) | ([], [(_, code)]) => *code,
                _ => return None,
            };
            Some((code.to_owned(), name.to_owned()))
        })
        .collect();
    told.sort();
    told
}

/// A county as plans have it.
pub fn county(areas: &Areas, area: &Area, in_city: bool) -> County {
    let line = areas.line_of(&area.code);
    let name = |area: Option<&&Area>| area.map_or_else(String::new, |a| a.name.zh.clone());
    let polygon = areas.polygon(&area.code);
    County {
        city: areas.city_over(&area.code).map_or_else(String::new, |city| city.name.zh.clone()),
        province: name(line.first()),
        in_city,
        label_at: area.label_at.unwrap_or(crate::units::LonLat::new(0.0, 0.0)),
        polygon,
        code: area.code.clone(),
        name: area.name.clone(),
    }
}

fn seat(area: &Area) -> Option<Place> {
    let kind = if area.name.zh.ends_with('区') { PlaceKind::District } else { PlaceKind::County };
    Some(Place {
        kind,
        name: area.name.zh.clone(),
        aliases: Vec::new(),
        lon_lat: area.seat?,
        county_code: Some(area.code.clone()),
        error_m: Town::ERROR_M,
        source: Town::SOURCE.to_owned(),
    })
}

/// A town, also by its name without 镇 or 乡.
fn place(town: &Town) -> Place {
    let short = town.name.strip_suffix(['镇', '乡']).filter(|own| own.chars().count() >= 2);
    let short = short.map(str::to_owned).filter(|own| !town.aliases.contains(own));
    Place {
        kind: town.kind,
        name: town.name.clone(),
        aliases: town.aliases.iter().cloned().chain(short).collect(),
        lon_lat: town.lon_lat,
        county_code: Some(town.county_code.clone()),
        error_m: Town::ERROR_M,
        source: Town::SOURCE.to_owned(),
    }
}
