//! From a row of a table to a project's record and the place that its words tell.

use serde_json::json;

use super::{Base, GEOCODE_CONFIDENCE, guess};
use crate::{
    book::{
        CellRecord, Origin, PlaceRecord, ProjectRecord, RowRecord, Stated, UnlocatedRecord, Words,
    },
    catalogue::{Accuracy, Status, candidates::EXACT_ENOUGH_M},
    document::project_table::{Meaning, ProjectRow, SheetOfProjects, TableCell},
    language::Language,
};

/// The file that a row stands in.
#[derive(Debug, Clone, Copy)]
pub struct RowFile<'a> {
    /// Its name, without the folder.
    pub name: &'a str,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: &'a str,
}

/// A row with its words, as a project keeps it.
pub fn kept_row(file: RowFile<'_>, sheet: &SheetOfProjects, row: &ProjectRow) -> RowRecord {
    let cell = |own: &TableCell| CellRecord {
        head: own.head.clone(),
        words: own.words.clone(),
        cell: own.name(),
    };
    RowRecord {
        file: file.name.to_owned(),
        hash: file.hash.to_owned(),
        sheet: sheet.name.clone(),
        row: row.row,
        groups: row.groups.clone(),
        cells: row.cells.iter().map(cell).collect(),
    }
}

/// Codes of the counties that a row tells, by the most telling of its words.
pub fn counties(row: &ProjectRow, base: &Base) -> (Vec<String>, Option<String>) {
    let told = |words: &str| {
        let mut codes: Vec<String> = Vec::new();
        for (code, _) in base.gazetteer.counties_named(words) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    };
    let cells = row.cells(Meaning::County).chain(row.cells(Meaning::Place));
    for cell in cells.chain(row.cells(Meaning::Name)) {
        let codes = told(&cell.words);
        if !codes.is_empty() {
            return (codes, Some(cell.name()));
        }
    }
    let groups = row.groups.iter().rev().map(|words| told(words));
    (groups.into_iter().find(|codes| !codes.is_empty()).unwrap_or_default(), None)
}

/// When it is built, in the row's words, and the cell that says it.
pub fn period(row: &ProjectRow) -> Option<(String, String)> {
    let joined = |cells: Vec<&TableCell>, sign: &str| {
        let first = cells.first()?.name();
        let words: Vec<&str> = cells.iter().map(|cell| cell.words.as_str()).collect();
        let words: Vec<String> = words.iter().map(|own| own.replace(['\n', '\r'], "")).collect();
        Some((words.join(sign), first))
    };
    joined(row.cells(Meaning::Period).collect(), "—").or_else(|| {
        let ends = row.cell(Meaning::Start).into_iter().chain(row.cell(Meaning::End));
        joined(ends.collect(), "—")
    })
}

/// The names of organisations in the row, each once.
pub fn organisations(row: &ProjectRow) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for cell in row.cells(Meaning::Organisation) {
        for part in cell.words.split(['、', '\n', '；', ';', '，', ',']) {
            let part = part.trim();
            if part.chars().count() > 1 && !all.iter().any(|own| own == part) {
                all.push(part.to_owned());
            }
        }
    }
    all
}

/// The words of all cells of a meaning.
pub fn words(row: &ProjectRow, meaning: Meaning) -> String {
    let all: Vec<&str> = row.cells(meaning).map(|cell| cell.words.as_str()).collect();
    all.join("\n")
}

/// The record of a row, and the place that its words tell well enough.
pub fn project_of_row(
    id: &str,
    file: RowFile<'_>,
    sheet: &SheetOfProjects,
    row: &ProjectRow,
    base: &Base,
) -> (ProjectRecord, Option<PlaceRecord>) {
    let origin = Origin::Table {
        file: file.name.to_owned(),
        hash: file.hash.to_owned(),
        sheet: sheet.name.clone(),
        row: row.row,
    };
    let mut own = ProjectRecord::new(id, origin);
    let cell = |meaning| row.cell(meaning).map(TableCell::name);
    let state = |own: &mut ProjectRecord, field: &str, value, cell: Option<String>| {
        own.state_as(field, Stated { cell, ..Stated::plain(value) });
    };
    let (codes, county_cell) = counties(row, base);
    state(&mut own, "name", json!(row.name), cell(Meaning::Name));
    let (kinds, content) = (words(row, Meaning::Kind), words(row, Meaning::Content));
    own.state("kind", json!(guess::kind_of_row(&kinds, &row.groups, &row.name, &content)));
    own.state("status", json!(status(row).key()));
    own.state("regions", json!(regions(row)));
    state(&mut own, "counties", json!(codes), county_cell);
    let owner = cell(Meaning::Organisation);
    state(&mut own, "organisations", json!(organisations(row)), owner);
    if let Some(sum) = row.investment {
        let cell = row.cells.get(sum.cell).map(TableCell::name);
        state(&mut own, "investment_yi", json!(sum.yi), cell.clone());
        state(&mut own, "investment_approx", json!(sum.approx), cell);
    }
    if let Some((years, cell)) = period(row) {
        state(&mut own, "period", json!(years), Some(cell));
    }
    state(&mut own, "note", json!(words(row, Meaning::Note)), cell(Meaning::Note));
    own.rows = vec![kept_row(file, sheet, row)];
    let place = place(id, row, &codes, base);
    own.unlocated = Some(why(&codes, base));
    (own, place)
}

/// Cooperation regions that its groups name, the nearest first.
fn regions(row: &ProjectRow) -> Vec<String> {
    let found = row.groups.iter().rev().map(|words| guess::regions(words));
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// Finished only where the row says so.
fn status(row: &ProjectRow) -> Status {
    let said = [words(row, Meaning::Progress), words(row, Meaning::Character)].join(" ");
    let done =
        ["已完工", "已竣工", "已建成", "已投产", "已投用", "已投入使用", "完工项目", "竣工项目"];
    if done.iter().any(|word| said.contains(word)) { Status::Done } else { Status::Planned }
}

/// Why it has no place, should it have none: the county that the row names is its anchor.
fn why(codes: &[String], base: &Base) -> UnlocatedRecord {
    let only = match codes {
        [only] => base.counties.iter().find(|county| county.code == *only),
        _ => None,
    };
    let Some(county) = only else {
        let reason = Words {
            zh: "表中没有可识别的地名".to_owned(),
            en: "the table names no place that is known".to_owned(),
        };
        return UnlocatedRecord {
            accuracy: Accuracy::None.key().to_owned(),
            reason,
            anchor_name: None,
            anchor: None,
            county: None,
        };
    };
    UnlocatedRecord {
        accuracy: Accuracy::County.key().to_owned(),
        reason: Words {
            zh: format!("表中只说明在{}", county.name.zh),
            en: format!(
                "the table only tells that it is in {}",
                county.name.get(Language::English)
            ),
        },
        anchor_name: Some((&county.name).into()),
        anchor: Some([county.label_at.lon_deg, county.label_at.lat_deg]),
        county: Some(county.code.clone()),
    }
}

/// A position told by the place names of the row, if one is told well enough: those of its place
/// before those of its name and its content.
fn place(id: &str, row: &ProjectRow, codes: &[String], base: &Base) -> Option<PlaceRecord> {
    let county = match codes {
        [only] => Some(only.as_str()),
        _ => None,
    };
    let texts =
        [words(row, Meaning::Place), format!("{}。{}", row.name, words(row, Meaning::Content))];
    let best = texts.iter().find_map(|text| {
        let best = base.gazetteer.geocode(text, county).into_iter().next()?;
        let is_good = best.confidence >= GEOCODE_CONFIDENCE && best.place.error_m <= EXACT_ENOUGH_M;
        is_good.then_some(best)
    })?;
    let error_m = best.place.error_m;
    let accuracy = Accuracy::of_error(error_m);
    let percent = (best.confidence * 100.0).round();
    let name = &best.place.name;
    let source = base.sources.get(&best.place.source);
    Some(PlaceRecord {
        id: format!("G-{id}"),
        order: u32::MAX,
        name: Words { zh: row.name.clone(), en: String::new() },
        map_name: None,
        project_ids: vec![id.to_owned()],
        role: None,
        class: None,
        geometry: geojson::Geometry::from(&geo::Geometry::Point(geo::Point::new(
            best.place.lon_lat.lon_deg,
            best.place.lon_lat.lat_deg,
        ))),
        accuracy: accuracy.key().to_owned(),
        is_built: false,
        error_m: Some([error_m, error_m]),
        counts_length: false,
        stated_length_km: None,
        length_note: None,
        basis: Words {
            zh: format!("由表中地名“{name}”推定，把握 {percent}%"),
            en: format!("proposed from the place name “{name}” in the table, {percent} % sure"),
        },
        control_points: Vec::new(),
        sources: source.map(Words::from).into_iter().collect(),
        updates: Vec::new(),
        works_in: Vec::new(),
        by_hand: None,
    })
}
