//! Geometry seeds to features.

use geo::Geometry;

use super::sources::SourceLines;
use crate::{
    catalogue::{
        Accuracy, ControlPoint, County, Feature, LineClass, Role, Shape, Unlocated,
        seed::{self, ControlPointSeed, CountySeed, FeatureSeed, RawFeature, SeedError},
    },
    units::LonLat,
};

/// What the three geometry files hold.
#[derive(Debug, Default)]
pub struct Lowered {
    pub features: Vec<Feature>,
    pub anchors: Vec<Anchor>,
    pub errors: Vec<SeedError>,
}

/// A project that is known only to lie in some unit.
#[derive(Debug, Clone)]
pub struct Anchor {
    pub project: String,
    pub accuracy: Accuracy,
    pub why: Unlocated,
    /// The county it stands for, if it is one.
    pub county: Option<String>,
}

/// Reads corridors, areas and sites, given as file name and bytes.
pub fn features(files: &[(&str, &[u8])], sources: &SourceLines) -> Lowered {
    let mut out = Lowered::default();
    for (file, bytes) in files {
        let (raw, errors) = seed::read_features::<FeatureSeed>(file, bytes);
        out.errors.extend(errors);
        for feature in raw {
            let id = feature.id.clone();
            if let Err((field, reason)) = lower_one(feature, sources, &mut out) {
                out.errors.push(SeedError {
                    file: (*file).to_owned(),
                    feature: Some(id),
                    field: Some(field.to_owned()),
                    reason,
                });
            }
        }
    }
    out
}

fn lower_one(
    raw: RawFeature<FeatureSeed>,
    sources: &SourceLines,
    out: &mut Lowered,
) -> Result<(), (&'static str, String)> {
    let p = raw.properties;
    let accuracy = Accuracy::from_key(&p.accuracy)
        .ok_or_else(|| ("accuracy", format!("{:?} is no accuracy class", p.accuracy)))?;
    if p.anchor {
        let Geometry::Point(point) = raw.geometry else {
            return Err(("geometry", "an anchor has to be a point".to_owned()));
        };
        let unlocated = Unlocated {
            reason: p.reason(),
            anchor_name: p.anchor_name(),
            anchor: Some(LonLat::new(point.x(), point.y())),
        };
        out.anchors.extend(p.project_ids.into_iter().map(|project| Anchor {
            project,
            accuracy,
            why: unlocated.clone(),
            county: p.county_code.clone(),
        }));
        return Ok(());
    }
    let shapes: Vec<Shape> = match raw.geometry {
        Geometry::Point(point) => vec![Shape::Point(LonLat::new(point.x(), point.y()))],
        Geometry::LineString(line) if line.0.len() >= 2 => vec![Shape::Line(line)],
        Geometry::MultiLineString(lines) => lines.0.into_iter().map(Shape::Line).collect(),
        Geometry::Polygon(area) => vec![Shape::Area(area)],
        Geometry::MultiPolygon(areas) => areas.0.into_iter().map(Shape::Area).collect(),
        _ => return Err(("geometry", "has a type that is not drawn here".to_owned())),
    };
    let role = match p.role.as_deref() {
        None | Some("main") => Role::Main,
        Some("update") => Role::Update,
        Some("context") => Role::Context,
        Some(other) => return Err(("role", format!("{other:?} is no role"))),
    };
    let class = match p.class.as_deref() {
        None => None,
        Some(key) => Some(
            LineClass::from_key(key)
                .ok_or_else(|| ("class", format!("{key:?} is no class of line")))?,
        ),
    };
    let template = Feature {
        name: p.name_or(&raw.id),
        map_name: p.map_name(),
        length_note: p.length_note(),
        basis: p.basis(),
        id: raw.id,
        project_ids: p.project_ids,
        role,
        class,
        shape: Shape::Point(LonLat::new(0.0, 0.0)),
        accuracy,
        is_built: p.status.as_deref() == Some("done"),
        error_m: error_range(&p.error_m),
        counts_length: p.counts_length.unwrap_or(true) && role == Role::Main,
        stated_length_km: p.stated_length_km,
        control_points: p
            .control_points
            .into_iter()
            .map(|point| control_point(point, sources))
            .collect::<Result<_, _>>()?,
        sources: sources.all(&p.sources).map_err(no_source)?,
        updates: Vec::new(),
        works_in: p.works_in,
    };
    out.features.extend(shapes.into_iter().map(|shape| Feature { shape, ..template.clone() }));
    Ok(())
}

fn control_point(
    seed: ControlPointSeed,
    sources: &SourceLines,
) -> Result<ControlPoint, (&'static str, String)> {
    Ok(ControlPoint {
        name: seed.name,
        lon_lat: LonLat::new(seed.lon, seed.lat),
        error_m: seed.error_m,
        sources: sources.all(&seed.sources).map_err(no_source)?,
    })
}

fn no_source(reason: String) -> (&'static str, String) {
    ("sources", reason)
}

/// `[min, max]`, one number for both, or nothing.
fn error_range(value: &serde_json::Value) -> Option<[f64; 2]> {
    if let Some(one) = value.as_f64() {
        return Some([one, one]);
    }
    let pair = value.as_array()?;
    Some([pair.first()?.as_f64()?, pair.last()?.as_f64()?])
}

/// Reads the county file.
pub fn counties(file: &str, bytes: &[u8]) -> (Vec<County>, Vec<SeedError>) {
    let (raw, mut errors) = seed::read_features::<CountySeed>(file, bytes);
    let mut counties = Vec::new();
    for feature in raw {
        let polygon = match feature.geometry {
            Geometry::Polygon(area) => geo::MultiPolygon::new(vec![area]),
            Geometry::MultiPolygon(areas) => areas,
            _ => {
                errors.push(SeedError {
                    file: file.to_owned(),
                    feature: Some(feature.id),
                    field: Some("geometry".to_owned()),
                    reason: "a county has to be a polygon".to_owned(),
                });
                continue;
            }
        };
        counties.push(county(feature.properties, polygon));
    }
    counties.sort_by(|a, b| (!a.in_city, &a.code).cmp(&(!b.in_city, &b.code)));
    (counties, errors)
}

/// A county with its polygon.
pub fn county(seed: CountySeed, polygon: geo::MultiPolygon<f64>) -> County {
    let [lon, lat] = seed.label_lon_lat;
    County {
        name: seed.name(),
        code: seed.code,
        city: seed.city,
        province: seed.province,
        in_city: seed.in_city,
        label_at: LonLat::new(lon, lat),
        polygon,
    }
}
