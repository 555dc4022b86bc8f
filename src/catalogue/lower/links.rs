//! Kinds, cooperation regions, targets, gazetteer and slides, each checked against the plan.

use super::or_report;
use crate::{
    catalogue::{
        CooperationRegion, County, Kind, PartnerCity, Slide, SlideFigure, Target,
        seed::{KindSeed, PlaceSeed, RegionsSeed, SlideSeed, TargetSeed, read_json},
    },
    diagnostics::{Diagnostic, Location, Severity},
    gazetteer::{Gazetteer, Place, PlaceKind},
    language::Bilingual,
    plan::Plan,
    style::Rgba,
    units::{LonLat, TextRange},
};

/// Reads `kinds.json`.
pub fn kinds(bytes: &[u8], out: &mut Vec<Diagnostic>) -> Vec<Kind> {
    let seeds: Vec<KindSeed> = or_report(read_json("kinds.json", bytes), out);
    seeds
        .into_iter()
        .map(|seed| Kind {
            glyph: seed.glyph.chars().next().unwrap_or('·'),
            light: colour(&seed.light, &seed.key, out),
            dark: colour(&seed.dark, &seed.key, out),
            name: seed.name(),
            key: seed.key,
        })
        .collect()
}

/// `#RRGGBB`; anything else is reported and grey.
fn colour(text: &str, kind: &str, out: &mut Vec<Diagnostic>) -> Rgba {
    let parsed = text.strip_prefix('#').filter(|hex| hex.len() == 6);
    if let Some(rgb) = parsed.and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
        Rgba::hex(rgb)
    } else {
        out.push(Diagnostic::new(
            Severity::Error,
            "seed-broken",
            format!("种子文件有误：kinds.json: {kind}: “{text}”不是颜色"),
            format!("a seed file is broken: kinds.json: {kind}: “{text}” is no colour"),
            Location::Seed {
                file: "kinds.json".to_owned(),
                feature: Some(kind.to_owned()),
                field: Some("light or dark".to_owned()),
            },
        ));
        Rgba::hex(0x80_80_80)
    }
}

/// What `regions.json` says.
pub struct Regions {
    pub cooperation: Vec<CooperationRegion>,
    /// Counties that have only a name.
    pub elsewhere: Vec<County>,
    /// The date on which the plan was made public.
    pub made_public: Option<String>,
    /// The plan's title in both languages.
    pub title: Bilingual,
}

/// Reads `regions.json`.
pub fn regions(bytes: &[u8], out: &mut Vec<Diagnostic>) -> Regions {
    let seeds: RegionsSeed = super::or_report(read_json("regions.json", bytes), out);
    let elsewhere = seeds
        .elsewhere
        .into_iter()
        .map(|seed| super::features::county(seed, geo::MultiPolygon::new(Vec::new())))
        .collect();
    let cooperation = seeds
        .cooperation
        .into_iter()
        .map(|seed| CooperationRegion {
            name: seed.name(),
            verb: seed.verb(),
            key: seed.key,
            section: seed.section,
            cities: seed
                .cities
                .into_iter()
                .map(|city| PartnerCity {
                    name: city.name(),
                    lon_lat: LonLat::new(city.lon, city.lat),
                })
                .collect(),
        })
        .collect();
    let title = seeds.city.plan_title();
    let made_public = seeds.city.made_public.map(|public| public.date);
    Regions { cooperation, elsewhere, made_public, title }
}

/// Finds the words of a seed in its own plan; a missing phrase is an error there.
fn words(
    plan: &Plan,
    id: &str,
    phrase: &str,
    nth: usize,
    out: &mut Vec<Diagnostic>,
) -> Option<TextRange> {
    let found = nth.checked_sub(1).and_then(|nth| plan.text.find(phrase, nth));
    if found.is_none() {
        out.push(Diagnostic::new(
            Severity::Error,
            "anchor-missing",
            format!("{id}：规划中没有“{phrase}”这句话"),
            format!("{id}: the plan does not say “{phrase}”"),
            Location::Whole,
        ));
    }
    found
}

/// Reads `targets.json` for the plan it was written for.
pub fn targets(bytes: &[u8], plan: &Plan, is_own: bool, out: &mut Vec<Diagnostic>) -> Vec<Target> {
    if !is_own {
        return Vec::new();
    }
    let seeds: Vec<TargetSeed> = or_report(read_json("targets.json", bytes), out);
    seeds
        .into_iter()
        .filter_map(|seed| {
            let nth = seed.occurrence.unwrap_or(1);
            let range = words(plan, &seed.id, &seed.anchor, nth, out)?;
            Some(Target {
                indicator: seed.indicator(),
                id: seed.id,
                year: seed.year,
                is_baseline: seed.group != "target",
                value: seed.value,
                unit: seed.unit.unwrap_or_default(),
                range,
                span: plan.text.source_span(range),
            })
        })
        .collect()
}

/// Reads `gazetteer.json`.
pub fn gazetteer(bytes: &[u8], counties: &[County], out: &mut Vec<Diagnostic>) -> Gazetteer {
    let seeds: Vec<PlaceSeed> = or_report(read_json("gazetteer.json", bytes), out);
    let places = seeds
        .into_iter()
        .map(|seed| Place {
            kind: PlaceKind::from_key(&seed.kind),
            name: seed.name,
            aliases: seed.aliases,
            lon_lat: LonLat::new(seed.lon, seed.lat),
            county_code: seed.county_code,
            error_m: seed.error_m.unwrap_or(f64::INFINITY),
            source: seed.source.unwrap_or_default(),
        })
        .collect();
    Gazetteer::new(places, counties.iter().map(|c| (c.code.clone(), c.name.zh.clone())).collect())
}

/// Reads `tour.json`. A figure whose phrase the plan does not hold is reported and left out.
pub fn slides(bytes: &[u8], plan: &Plan, out: &mut Vec<Diagnostic>) -> Vec<Slide> {
    let seeds: Vec<SlideSeed> = or_report(read_json("tour.json", bytes), out);
    seeds
        .into_iter()
        .map(|seed| Slide {
            words: seed
                .anchor
                .as_ref()
                .and_then(|a| words(plan, &seed.id, a, seed.occurrence, out)),
            figures: seed
                .figures
                .iter()
                .filter_map(|figure| {
                    let nth = figure.occurrence;
                    let range = words(plan, &seed.id, &figure.phrase, nth, out)?;
                    Some(SlideFigure {
                        label: figure.label(),
                        value: figure.value(),
                        unit: figure.unit(),
                        approx: figure.approx,
                        words: Some(range),
                    })
                })
                .collect(),
            kicker: seed.kicker(),
            title: seed.title(),
            caption: seed.caption(),
            id: seed.id,
            project_ids: seed.project_ids,
            view: seed.view,
            seen: None,
        })
        .collect()
}
