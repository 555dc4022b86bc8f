//! The parts of a project: its lines, and what of them lies in each county.

use geo::{BoundingRect as _, Contains as _, LineString, Point};
use jintu::{
    app::{
        Counts, Part,
        part::{part_lines, project_lines},
    },
    catalogue::{LineClass, Role},
    geo::geodesic,
    scene::{self, Mark, Pick, Prepared, View, legend},
    units::LonLat,
};

use crate::real::{catalogue, project, view_at};

/// The length along the vertices, without the code that measures lines.
fn km(line: &LineString<f64>) -> f64 {
    let at = |c: &geo::Coord<f64>| LonLat::new(c.x, c.y);
    line.0.windows(2).map(|p| geodesic::distance_m(at(&p[0]), at(&p[1]))).sum::<f64>() / 1000.0
}

/// The second ring is told by its parts: three that the plan builds, and what was there before.
#[test]
fn the_parts_of_the_second_ring_make_its_length() {
    let catalogue = catalogue();
    let ring = project(&catalogue, "T-05");
    let lines = project_lines(&catalogue, ring);
    let of = |counts| -> Vec<&str> {
        let own = lines.iter().filter(|line| line.counts == counts);
        own.map(|line| line.feature.id.as_str()).collect()
    };
    assert_eq!(of(Counts::Whole), ["L12-W", "L12-N", "L12-E"]);
    assert_eq!(of(Counts::Existing), ["L12-NW", "L12-S", "L13"]);
    assert!(of(Counts::Later).is_empty());
    let sum: f64 = lines.iter().filter(|l| l.counts == Counts::Whole).map(|l| l.length_km).sum();
    assert!((sum - ring.length_km.unwrap()).abs() < 0.01, "{sum}");
    for line in &lines {
        let drawn = part_lines(&catalogue, ring, &Part::Line(line.feature.id.clone()));
        let own: f64 = drawn.iter().map(km).sum();
        assert!((own - line.length_km).abs() < own * 1e-4, "{}: {own}", line.feature.id);
    }
    // Of every project the parts that make its length add up to it.
    for own in &catalogue.projects {
        let lines = project_lines(&catalogue, own);
        let whole = lines.iter().filter(|line| line.counts == Counts::Whole);
        let sum: f64 = whole.map(|line| line.length_km).sum();
        if sum > 0.0 {
            let told = own.length_km.unwrap_or(0.0);
            assert!((sum - told).abs() < 0.05, "{}: {sum} of {told}", own.id);
        }
    }
}

#[test]
fn a_stretch_lies_in_its_county_and_has_its_length() {
    let catalogue = catalogue();
    let mut seen = 0;
    for project in &catalogue.projects {
        // Along a border a stretch belongs to both banks, and counts half.
        let inner = project.counties.iter().filter(|share| share.border_km.is_none());
        for share in inner.filter(|share| share.length_km.is_some()) {
            let Some(county) = catalogue.county(&share.code) else { continue };
            let lines = part_lines(&catalogue, project, &Part::County(share.code.clone()));
            let drawn: f64 = lines.iter().map(km).sum();
            let told = share.length_km.unwrap();
            let river = catalogue
                .features_of(project, Role::Main)
                .any(|(_, feature)| feature.class == Some(LineClass::River));
            if river {
                continue;
            }
            assert!((drawn - told).abs() < 0.02 + told * 1e-3, "{} {}", project.id, county.name.zh);
            for line in &lines {
                let middle = line.0[line.0.len() / 2];
                let grown = county.polygon.bounding_rect().unwrap();
                assert!(grown.contains(&Point::from(middle)), "{} {}", project.id, county.name.zh);
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

/// Strokes and meaning of every line that the whole map draws, by feature.
fn drawn(id: &str) -> Vec<(Pick, Vec<Option<[f32; 2]>>)> {
    let catalogue = catalogue();
    let all: Vec<usize> = (0..catalogue.projects.len()).collect();
    let view = View { shown: &all, ..view_at(10.0) };
    let shapes = scene::compose(&catalogue, &Prepared::new(&catalogue), view);
    let of = |shape: scene::Shape| match (shape.pick, shape.mark) {
        (Some(pick), Mark::Line { strokes, .. }) => {
            let is_own = match &pick {
                Pick::Project(own) => own == id,
                Pick::Line { line, .. } => line == id,
                Pick::Several(_) => false,
            };
            is_own.then(|| (pick, strokes.iter().map(|stroke| stroke.dash).collect()))
        }
        _ => None,
    };
    shapes.into_iter().filter_map(of).collect()
}

/// Each metro line is picked by itself, and what is open by now has no dashes.
#[test]
fn metro_lines_are_picked_one_by_one() {
    let lines = ["L5-1-1", "L5-1-2", "L5-2-1", "L5-2-2", "L5-3-1", "L5-R1-1"];
    for line in lines {
        let shapes = drawn(line);
        assert_eq!(shapes.len(), 1, "{line}");
        let own = Pick::Line { project: "B5-03".to_owned(), line: line.to_owned() };
        assert_eq!(shapes[0].0, own);
        let is_dashed = shapes[0].1.iter().any(Option::is_some);
        assert_eq!(is_dashed, !["L5-1-1", "L5-2-1"].contains(&line), "{line}");
    }
    // A project without lines of their own names is picked as one.
    assert!(!drawn("B1-02").is_empty());
}

#[test]
fn the_legend_tells_what_was_built_since_the_plan() {
    let catalogue = catalogue();
    let all: Vec<usize> = (0..catalogue.projects.len()).collect();
    let view = View { shown: &all, ..view_at(10.0) };
    let told: Vec<legend::What> =
        legend::entries(&catalogue, view).into_iter().map(|entry| entry.what).collect();
    assert!(told.contains(&legend::What::Built), "{told:?}");
    let planned = legend::What::Line { class: "metro", planned: true };
    assert!(told.contains(&planned), "{told:?}");
}
