//! Names beside the ground's own lines, and hollow rings beside pins.

use jintu::{
    basemap::Basemap,
    scene::{
        self, LabelStyle, Mark, Padding, Pick, Plate, Prepared, View,
        county_labels::county_labels,
        labels::{Align, Candidate, LabelRequest, Obstacles, place},
        line_grid::{LineGrid, Segment, ground_lines},
        pick::pin_head,
        project_labels::project_labels,
    },
    store,
    style::Rgba,
};

use crate::real::{catalogue, view_at};

const INK: Rgba = Rgba(0, 0, 0, 255);

fn measure(line: &str, style: &LabelStyle) -> f32 {
    line.chars().count() as f32 * style.size_pt
}

/// A road runs through the first place: a name goes to the second, a road's own number does not, and
/// where roads run everywhere a name still stands.
#[test]
fn a_name_stands_beside_a_road_where_it_has_the_choice() {
    let size = [400.0, 300.0];
    let across = |y: f32| Segment { from_pt: [0.0, y], to_pt: [400.0, y], half_pt: 1.0 };
    let at = |y: f32| Candidate { align: Align::Center, at_pt: [200.0, y] };
    let style = LabelStyle {
        size_pt: 12.0,
        color: INK,
        halo: INK,
        bold: false,
        tracking_em: 0.0,
        plate: None,
    };
    let plate = Some(Plate { fill: INK, rim: INK });
    let wanted = |style| LabelRequest {
        text: "杏花岭区".to_owned(),
        style,
        priority: 1.0,
        candidates: vec![at(100.0), at(200.0)],
        letters: Vec::new(),
        break_from: 0,
        over_lines: false,
    };
    let stands = |roads: &[f32], style| {
        let ground = LineGrid::new(roads.iter().map(|y| across(*y)), size);
        let obstacles = Obstacles { ground, ..Obstacles::default() };
        let placed = place(vec![wanted(style)], obstacles, size, &measure);
        placed.first().map(|label| label.center_pt[1])
    };
    assert_eq!(stands(&[], style), Some(100.0));
    assert_eq!(stands(&[100.0], style), Some(200.0));
    assert_eq!(stands(&[100.0], LabelStyle { plate, ..style }), Some(100.0));
    assert_eq!(stands(&[100.0, 104.0, 200.0], style), Some(200.0), "the least of two");
}

/// On the real map no county loses its name to a road, and roads run through fewer of them.
#[test]
fn counties_keep_their_names_beside_roads() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let shown = Vec::new();
    let size = [1280.0, 800.0];
    let extent = catalogue.city_extent().unwrap();
    let (mut before, mut after) = (0, 0);
    for closer in [0.0, 0.7, 1.4, 2.1] {
        let mut viewport = scene::fit(extent, size, Padding::even(40.0));
        viewport.zoom += closer;
        let view = View { shown: &shown, ..view_at(viewport.zoom) };
        let ground = ground_lines(&basemap.names(&viewport).courses, &viewport);
        let struck = |obstacles: Obstacles| {
            let requests = county_labels(&catalogue, &prepared, view, &viewport, 1.0);
            let placed = place(requests, obstacles, size, &measure);
            let struck = placed.iter().filter(|label| {
                let [x, y] = label.center_pt;
                let (wide, high) = (measure(&label.lines[0], &label.style), label.style.size_pt);
                ground.touches(&[x - wide / 2.0, y - high / 2.0, x + wide / 2.0, y + high / 2.0])
            });
            (struck.count(), placed.len())
        };
        let (without, all) = struck(Obstacles::default());
        let (with, kept) = struck(Obstacles { ground: ground.clone(), ..Obstacles::default() });
        assert!(all >= 3 && kept == all, "{kept} of {all} at {}", viewport.zoom);
        before += without;
        after += with;
    }
    assert!(before >= 4 * after.max(1), "{before} and {after} names are struck through");
}

/// Rings mark no exact place, and give way: at no zoom does one lie under a pin or on another.
#[test]
fn rings_stand_beside_pins() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    let shown: Vec<usize> = (0..catalogue.projects.len()).collect();
    let extent = catalogue.city_extent().unwrap();
    for closer in [0.0, 0.5, 1.0, 2.0, 3.0] {
        let mut viewport = scene::fit(extent, [1280.0, 800.0], Padding::even(40.0));
        viewport.zoom += closer;
        let shapes =
            scene::compose(&catalogue, &prepared, View { shown: &shown, ..view_at(viewport.zoom) });
        let (mut rings, mut heads) = (Vec::new(), Vec::new());
        for shape in &shapes {
            match &shape.mark {
                Mark::Anchor { at, radius_pt, .. } => {
                    let home = prepared.anchors.iter().map(|group| {
                        let ([ax, ay], [bx, by]) = (viewport.to_pt(group.at), viewport.to_pt(*at));
                        (ax - bx).hypot(ay - by)
                    });
                    assert!(home.fold(f32::INFINITY, f32::min) < 3.5 * radius_pt);
                    rings.push((viewport.to_pt(*at), *radius_pt));
                }
                Mark::Pin { at, radius_pt, .. } => {
                    heads.push((pin_head(viewport.to_pt(*at), *radius_pt), *radius_pt));
                }
                _ => {}
            }
        }
        assert!(rings.len() > 3 && heads.len() > 10);
        let apart = |(a, one): &([f32; 2], f32), (b, other): &([f32; 2], f32)| {
            (a[0] - b[0]).hypot(a[1] - b[1]) > one + other - 1.0
        };
        for (i, ring) in rings.iter().enumerate() {
            assert!(heads.iter().all(|head| apart(ring, head)), "{ring:?} at {}", viewport.zoom);
            assert!(rings[i + 1..].iter().all(|other| apart(ring, other)), "{ring:?}");
        }
    }
}

/// A slide's subject that is known only to lie somewhere around has its name, and no number.
#[test]
fn the_ring_of_a_slide_has_a_name() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    let shown: Vec<usize> = (0..catalogue.projects.len()).collect();
    let project = catalogue.projects.iter().find(|project| project.id == "T-01").unwrap();
    let selected = [project.id.clone()];
    let viewport =
        scene::fit(catalogue.city_extent().unwrap(), [1280.0, 800.0], Padding::even(40.0));
    let slide = View {
        subject_only: true,
        with_anchors: false,
        shown: &shown,
        selected: &selected,
        ..view_at(viewport.zoom)
    };
    let shapes = scene::compose(&catalogue, &prepared, slide);
    let rings: Vec<usize> = shapes
        .iter()
        .filter_map(|shape| match (&shape.mark, &shape.pick) {
            (Mark::Anchor { count, .. }, Some(Pick::Several(ids))) => {
                assert!(ids.contains(&project.id), "{ids:?}");
                Some(*count)
            }
            _ => None,
        })
        .collect();
    assert_eq!(rings, [0]);
    let requests = project_labels(&catalogue, &prepared, slide, &viewport, 1.0);
    let placed = place(requests, Vec::new(), [1280.0, 800.0], &measure);
    let names: Vec<String> = placed.iter().map(|label| label.lines.concat()).collect();
    assert!(names.contains(&project.short_name.zh), "{names:?}");
}
