//! Projects to the map: features, counties, lengths, and what text and geometry disagree on.

use std::collections::BTreeMap;

use super::finish::Ground;
use crate::{
    catalogue::{
        Accuracy, County, CountyShare, Feature, LineClass, Project, Role, Shape, Unlocated,
    },
    diagnostics::{Diagnostic, Location, Severity},
    geo::{Alignment, BankPiece, CountyIndex, CountyPiece},
    language::Bilingual,
    plan::Quantity,
};

/// Where a drawn length may differ from the stated one before it has to be explained.
const LENGTH_TOLERANCE: f64 = 0.08;

/// Lines as alignments and the counties along each.
pub fn alignments(
    features: &[Feature],
    counties: &CountyIndex,
) -> (Vec<Option<Alignment>>, Vec<Vec<CountyPiece>>) {
    features
        .iter()
        .map(|feature| match &feature.shape {
            Shape::Line(line) => {
                let alignment = Alignment::new(line);
                let pieces = counties.split(&alignment);
                (Some(alignment), pieces)
            }
            _ => (None, Vec::new()),
        })
        .unzip()
}

/// Gives the project its features, accuracy, length and counties.
pub fn attach(
    project: &mut Project,
    own: Vec<usize>,
    ground: &Ground<'_>,
    counties: &CountyIndex,
    county_list: &[County],
) {
    let Ground { features, alignments, pieces } = *ground;
    project.features = own;
    let main: Vec<usize> =
        project.features.iter().copied().filter(|&i| features[i].role == Role::Main).collect();
    if main.is_empty() {
        return;
    }
    // The least certain part decides what may be promised of the whole.
    project.accuracy = main.iter().map(|&i| features[i].accuracy).max().unwrap_or(Accuracy::None);
    project.unlocated = None;

    let mut shares: BTreeMap<String, CountyShare> = BTreeMap::new();
    let mut offset_m = 0.0;
    let mut length_m = 0.0;
    let mut beyond_m = 0.0;
    for &i in &main {
        let feature = &features[i];
        match &feature.shape {
            Shape::Line(_) if feature.counts_length => {
                let Some(alignment) = &alignments[i] else { continue };
                let banks = banks(feature, alignment, &pieces[i], counties);
                let last = banks.len().saturating_sub(1);
                for (k, bank) in banks.iter().enumerate() {
                    let km = (bank.to_m - bank.from_m) / 1000.0;
                    let sides = bank.codes.len();
                    for code in &bank.codes {
                        let at_m = offset_m + bank.from_m;
                        let share = share_of(&mut shares, code, county_list, at_m);
                        #[expect(clippy::cast_precision_loss, reason = "two banks, at most three")]
                        let own_km = km / sides as f64;
                        *share.length_km.get_or_insert(0.0) += own_km;
                        if sides > 1 {
                            *share.border_km.get_or_insert(0.0) += km;
                        }
                        share.is_end |= k == 0 || k == last;
                    }
                    if sides == 0 {
                        beyond_m += bank.to_m - bank.from_m;
                    }
                }
                offset_m += alignment.length_m();
                length_m += alignment.length_m();
            }
            Shape::Line(_) => {}
            Shape::Point(at) => {
                if let Some(code) = counties.county_at(*at) {
                    share_of(&mut shares, code, county_list, offset_m).is_end = true;
                }
            }
            Shape::Area(area) => {
                let centre = geo::Centroid::centroid(area);
                if let Some(code) = centre.and_then(|c| counties.county_at(c.0.into())) {
                    share_of(&mut shares, code, county_list, offset_m).is_end = true;
                }
            }
        }
    }
    project.length_km = (length_m > 0.0).then_some(length_m / 1000.0);
    project.beyond_km = (beyond_m > 0.0).then_some(beyond_m / 1000.0);
    project.stated_length_km = stated_length_km(project, features, &main);
    project.counties = shares.into_values().collect();
    project.counties.sort_by(|a, b| a.first_m.total_cmp(&b.first_m).then(a.code.cmp(&b.code)));
}

/// The counties along a line. A river that is a border belongs to both banks, unless the plan says
/// which county the works are in; everything else belongs to one county at a time.
fn banks(
    feature: &Feature,
    alignment: &Alignment,
    pieces: &[CountyPiece],
    counties: &CountyIndex,
) -> Vec<BankPiece> {
    if feature.class != Some(LineClass::River) {
        return pieces
            .iter()
            .map(|piece| BankPiece {
                codes: piece.code.iter().cloned().collect(),
                from_m: piece.from_m,
                to_m: piece.to_m,
            })
            .collect();
    }
    let mut banks = counties.split_banks(alignment);
    if !feature.works_in.is_empty() {
        for bank in &mut banks {
            bank.codes.clone_from(&feature.works_in);
        }
    }
    banks
}

fn share_of<'a>(
    shares: &'a mut BTreeMap<String, CountyShare>,
    code: &str,
    counties: &[County],
    at_m: f64,
) -> &'a mut CountyShare {
    shares.entry(code.to_owned()).or_insert_with(|| CountyShare {
        code: code.to_owned(),
        name: county_name(counties, code),
        length_km: None,
        border_km: None,
        first_m: at_m,
        is_end: false,
    })
}

/// The name for a code, or the code itself.
pub fn county_name(counties: &[County], code: &str) -> String {
    counties
        .iter()
        .find(|county| county.code == code)
        .map_or_else(|| code.to_owned(), |county| county.name.zh.clone())
}

/// The plan's own length of the whole work: from the seeds, else its one length over a kilometre.
fn stated_length_km(project: &Project, features: &[Feature], main: &[usize]) -> Option<f64> {
    let seeds: Vec<f64> = main.iter().filter_map(|&i| features[i].stated_length_km).collect();
    if !seeds.is_empty() {
        return Some(seeds.iter().sum());
    }
    project.length_km?;
    let mut lengths = project
        .facts
        .iter()
        .filter(|fact| fact.quantity == Quantity::Length && fact.unit == "km")
        .map(|fact| fact.value);
    let only = lengths.next()?;
    lengths.next().is_none().then_some(only)
}

/// Puts a project on the list of the unlocated, with its counties as the text has them.
pub fn leave_off(
    project: &mut Project,
    accuracy: Accuracy,
    unlocated: Unlocated,
    stated_counties: &[String],
    counties: &[County],
) {
    project.accuracy = accuracy;
    project.counties.clear();
    add_stated(project, stated_counties, counties);
    project.unlocated = Some(unlocated);
}

/// Counties that the text names and the drawn geometry misses, such as the far bank of a river
/// that is the border: they belong to the project, with no length.
pub fn add_stated(project: &mut Project, stated_counties: &[String], counties: &[County]) {
    for code in stated_counties {
        if project.counties.iter().any(|share| share.code == *code) {
            continue;
        }
        project.counties.push(CountyShare {
            code: code.clone(),
            name: county_name(counties, code),
            length_km: None,
            border_km: None,
            first_m: f64::INFINITY,
            is_end: true,
        });
    }
}

/// Counties and length that were set by hand hold over what was measured; what was measured stays
/// where both say the same county.
pub fn hold_to_what_is_set(project: &mut Project, counties: &[County]) {
    let set = |field: &str| project.set.iter().position(|own| own.field == field);
    if let Some(codes) = set("counties").and_then(|i| project.set.get(i)) {
        let codes: Vec<String> = codes.value.as_array().map_or_else(Vec::new, |codes| {
            codes.iter().filter_map(|code| code.as_str().map(str::to_owned)).collect()
        });
        project.counties.retain(|share| codes.contains(&share.code));
        add_stated(project, &codes, counties);
    }
    let set = |field: &str| project.set.iter().position(|own| own.field == field);
    let measured = project.stated_length_km;
    if let Some(own) = set("stated_length_km").and_then(|i| project.set.get_mut(i)) {
        own.stated = measured.map(Into::into);
        project.stated_length_km = own.value.as_f64();
    }
}

/// What geometry and text disagree on.
pub fn disagreements(
    project: &Project,
    features: &[Feature],
    stated_counties: &[String],
    counties: &[County],
    out: &mut Vec<Diagnostic>,
) {
    let at = || Location::Project { id: project.id.clone() };
    if project.is_located() {
        let missing: Vec<String> = stated_counties
            .iter()
            // A county without a polygon cannot hold anything drawn.
            .filter(|code| counties.iter().any(|c| c.code == **code && !c.polygon.0.is_empty()))
            .filter(|code| !project.counties.iter().any(|share| share.code == **code))
            .map(|code| county_name(counties, code))
            .collect();
        if !missing.is_empty() {
            let names = missing.join("、");
            out.push(Diagnostic::new(
                Severity::Note,
                "county-disagrees",
                format!("{}：文字提到{names}，图上几何不在其中", project.id),
                format!("{}: the text names {names}, the drawn geometry is not there", project.id),
                at(),
            ));
        }
    }
    let (Some(drawn), Some(stated)) = (project.length_km, project.stated_length_km) else {
        return;
    };
    if (drawn - stated).abs() <= stated * LENGTH_TOLERANCE {
        return;
    }
    let note = project
        .features
        .iter()
        .filter_map(|&i| features.get(i))
        .find_map(|f| f.length_note.clone());
    let explained = note.is_some();
    let Bilingual { zh, en } = note.unwrap_or_default();
    out.push(Diagnostic::new(
        if explained { Severity::Note } else { Severity::Warning },
        "length-disagrees",
        format!("{}：图上 {drawn:.1} 公里，规划 {stated:.1} 公里。{zh}", project.id),
        format!("{}: drawn {drawn:.1} km, stated {stated:.1} km. {en}", project.id),
        at(),
    ));
}
