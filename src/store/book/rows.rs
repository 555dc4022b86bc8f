//! Projects as rows of the tables that other programs read.

use rusqlite::{Connection, params_from_iter, types::Value as Sql};

use super::schema::{ALL_PROJECTS, COLUMNS, Layer, has_table};
use crate::{
    catalogue::{
        Accuracy, Feature, Project, ProjectOrigin, Role, Shape, Status,
        lower::{Base, LoweredProject},
    },
    geo::Crs,
    store::geopackage::{self, quoted},
    units::Extent,
};

/// Writes the rows of one project anew; one that is no longer listed loses them.
pub fn write(
    file: &Connection,
    id: &str,
    lowered: Option<&LoweredProject>,
    base: &Base,
) -> rusqlite::Result<()> {
    let Some(LoweredProject { project, features }) = lowered else {
        for table in Layer::ALL.map(Layer::table).into_iter().chain([ALL_PROJECTS]) {
            remove(file, table, id)?;
        }
        return Ok(());
    };
    let values = values(project, features, base);
    upsert(file, ALL_PROJECTS, None, &values)?;
    for layer in Layer::ALL {
        let shapes: Vec<&Shape> = features
            .iter()
            .filter(|feature| feature.role == Role::Main)
            .map(|feature| &feature.shape)
            .filter(|shape| fits(layer, shape))
            .collect();
        if shapes.is_empty() {
            remove(file, layer.table(), id)?;
        } else {
            upsert(file, layer.table(), Some(blob(layer, &shapes)), &values)?;
            widen(file, layer.table(), &shapes)?;
            reindex(file, layer.table(), id, &shapes)?;
        }
    }
    Ok(())
}

/// Tells other programs that the tables changed. How many rows there are is counted anew by those
/// that keep it.
pub fn stamp(file: &Connection) -> rusqlite::Result<()> {
    const OURS: &str = "WHERE table_name IN ('项目', '项目_点', '项目_线', '项目_面')";
    file.execute_batch(&format!(
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') {OURS}"
    ))?;
    if has_table(file, "gpkg_ogr_contents")? {
        file.execute_batch(&format!("UPDATE gpkg_ogr_contents SET feature_count = NULL {OURS}"))?;
    }
    Ok(())
}

/// The index that another program made of a table; its triggers do not run here.
fn index_of(file: &Connection, table: &str) -> rusqlite::Result<Option<String>> {
    let name = format!("rtree_{table}_geom");
    Ok(has_table(file, &name)?.then_some(name))
}

fn remove(file: &Connection, table: &str, id: &str) -> rusqlite::Result<()> {
    if let Some(index) = index_of(file, table)? {
        file.execute(
            &format!(
                "DELETE FROM \"{index}\" WHERE id = \
                 (SELECT fid FROM \"{table}\" WHERE \"编号\" = ?1)"
            ),
            [id],
        )?;
    }
    file.prepare_cached(&format!("DELETE FROM \"{table}\" WHERE \"编号\" = ?1"))?.execute([id])?;
    Ok(())
}

fn upsert(
    file: &Connection,
    table: &str,
    geometry: Option<Vec<u8>>,
    values: &[Sql],
) -> rusqlite::Result<()> {
    let geom = geometry.is_some();
    let names: Vec<String> = geom
        .then(|| "geom".to_owned())
        .into_iter()
        .chain(COLUMNS.map(|(n, _)| quoted(n)))
        .collect();
    let marks = vec!["?"; names.len()].join(", ");
    let sets: Vec<String> = names.iter().map(|name| format!("{name} = excluded.{name}")).collect();
    let statement = format!(
        "INSERT INTO \"{table}\" ({}) VALUES ({marks}) ON CONFLICT (\"编号\") DO UPDATE SET {}",
        names.join(", "),
        sets.join(", ")
    );
    let values = geometry.map(Sql::Blob).into_iter().chain(values.iter().cloned());
    file.prepare_cached(&statement)?.execute(params_from_iter(values))?;
    Ok(())
}

/// The values in the order of the columns.
fn values(project: &Project, features: &[Feature], base: &Base) -> Vec<Sql> {
    let text = |text: &str| {
        if text.is_empty() { Sql::Null } else { Sql::Text(text.to_owned()) }
    };
    let number = |number: Option<f64>| number.map_or(Sql::Null, Sql::Real);
    let kind = base.kinds().iter().find(|kind| kind.key == project.kind);
    let region = |key: &String| {
        let known = base.regions().iter().find(|region| region.key == *key);
        known.map_or_else(|| key.clone(), |region| region.name.zh.clone())
    };
    let regions: Vec<String> = project.regions.iter().map(region).collect();
    let counties: Vec<&str> = project.counties.iter().map(|share| share.name.as_str()).collect();
    let main = features.iter().find(|feature| feature.role == Role::Main);
    let sources: Vec<&str> =
        main.into_iter().flat_map(|own| &own.sources).map(|line| line.zh.as_str()).collect();
    let basis = match (main, &project.unlocated) {
        (Some(own), _) => own.basis.zh.as_str(),
        (None, Some(why)) => why.reason.zh.as_str(),
        (None, None) => "",
    };
    let set: Vec<&str> = project.set.iter().map(|own| own.field.as_str()).collect();
    vec![
        Sql::Text(project.id.clone()),
        text(&project.name.zh),
        text(kind.map_or(&project.kind, |kind| &kind.name.zh)),
        text(match project.status {
            Status::Planned => "规划",
            Status::Done => "已建成",
        }),
        text(&regions.join("、")),
        text(&counties.join("、")),
        number(project.investment.map(|own| own.yi)),
        number(project.length_km.or(project.stated_length_km)),
        text(project.period.as_deref().unwrap_or_default()),
        text(&project.organisations.join("、")),
        text(accuracy(project.accuracy)),
        text(basis),
        text(&sources.join("；")),
        text(project.note.as_ref().map_or("", |note| note.zh.as_str())),
        text(match project.origin {
            ProjectOrigin::Plan => "规划",
            ProjectOrigin::Table => "表格",
            ProjectOrigin::Hand => "人工",
        }),
        text(&set.join("、")),
    ]
}

/// What a class of accuracy is called in the file.
const fn accuracy(class: Accuracy) -> &'static str {
    match class {
        Accuracy::Surveyed => "实测",
        Accuracy::Site => "200 米以内",
        Accuracy::Block => "1 公里以内",
        Accuracy::Park => "5 公里以内",
        Accuracy::Schematic => "示意",
        Accuracy::County => "仅知县区",
        Accuracy::Zone => "仅知开发区",
        Accuracy::City => "仅知全市",
        Accuracy::None => "未落图",
    }
}

const fn fits(layer: Layer, shape: &Shape) -> bool {
    matches!(
        (layer, shape),
        (Layer::Points, Shape::Point(_))
            | (Layer::Lines, Shape::Line(_))
            | (Layer::Areas, Shape::Area(_))
    )
}

/// A geometry as `GeoPackage` keeps it: head without envelope, then well-known binary.
fn blob(layer: Layer, shapes: &[&Shape]) -> Vec<u8> {
    let mut bytes = geopackage::blob_head(Crs::WGS84);
    let code: u32 = match layer {
        Layer::Points => 4,
        Layer::Lines => 5,
        Layer::Areas => 6,
    };
    head(code, &mut bytes);
    count(shapes.len(), &mut bytes);
    for shape in shapes {
        head(code - 3, &mut bytes);
        match shape {
            Shape::Point(at) => position((*at).into(), &mut bytes),
            Shape::Line(line) => path(&line.0, &mut bytes),
            Shape::Area(area) => {
                count(1 + area.interiors().len(), &mut bytes);
                path(&area.exterior().0, &mut bytes);
                for ring in area.interiors() {
                    path(&ring.0, &mut bytes);
                }
            }
        }
    }
    bytes
}

fn head(code: u32, into: &mut Vec<u8>) {
    into.push(1);
    into.extend(code.to_le_bytes());
}

fn count(n: usize, into: &mut Vec<u8>) {
    into.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}

fn position(at: geo::Coord<f64>, into: &mut Vec<u8>) {
    into.extend(at.x.to_le_bytes());
    into.extend(at.y.to_le_bytes());
}

fn path(positions: &[geo::Coord<f64>], into: &mut Vec<u8>) {
    count(positions.len(), into);
    for at in positions {
        position(*at, into);
    }
}

/// Keeps the index that another program made.
fn reindex(file: &Connection, table: &str, id: &str, shapes: &[&Shape]) -> rusqlite::Result<()> {
    let Some(index) = index_of(file, table)? else { return Ok(()) };
    let Some(extent) = shapes.iter().filter_map(|s| s.extent()).reduce(crate::units::Extent::union)
    else {
        return Ok(());
    };
    let Extent { west_deg, south_deg, east_deg, north_deg } = extent;
    file.execute(
        &format!(
            "INSERT OR REPLACE INTO \"{index}\" \
             SELECT fid, ?2, ?3, ?4, ?5 FROM \"{table}\" WHERE \"编号\" = ?1"
        ),
        (id, west_deg, east_deg, south_deg, north_deg),
    )?;
    Ok(())
}

/// Lets the extent that `gpkg_contents` tells hold these shapes too.
fn widen(file: &Connection, table: &str, shapes: &[&Shape]) -> rusqlite::Result<()> {
    let Some(extent) = shapes.iter().filter_map(|s| s.extent()).reduce(crate::units::Extent::union)
    else {
        return Ok(());
    };
    file.prepare_cached(
        "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?2), ?2), \
         min_y = min(coalesce(min_y, ?3), ?3), max_x = max(coalesce(max_x, ?4), ?4), \
         max_y = max(coalesce(max_y, ?5), ?5) WHERE table_name = ?1",
    )?
    .execute((table, extent.west_deg, extent.south_deg, extent.east_deg, extent.north_deg))?;
    Ok(())
}
