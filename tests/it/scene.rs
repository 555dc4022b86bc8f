//! The draw list: labels, picking, fitting.

use jintu::{
    catalogue::Filter,
    geo::mercator,
    scene::{
        self, AreaGeometry, LabelStyle, MAX_ZOOM, MIN_ZOOM, Mark, Padding, Pick, Prepared, Shape,
        Stroke, View, Viewport,
        county_labels::county_labels,
        labels::{Align, Candidate, LabelRequest, broken, place},
        pick,
        project_labels::{occupied_by_marks, project_labels},
    },
    style::Rgba,
    units::{Extent, LonLat, Mercator},
};
use proptest::prelude::*;

use crate::real::{catalogue, view_at};

const INK: Rgba = Rgba(0, 0, 0, 255);

fn style(size_pt: f32) -> LabelStyle {
    LabelStyle { size_pt, color: INK, halo: INK, bold: false, tracking_em: 0.0, plate: None }
}

fn measure(line: &str, style: &LabelStyle) -> f32 {
    line.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum::<f32>() * style.size_pt
}

/// The ink of a placed label, without any air.
fn ink(label: &scene::PlacedLabel) -> [f32; 4] {
    let width = label.lines.iter().map(|l| measure(l, &label.style)).fold(0.0, f32::max);
    let height = label.lines.len() as f32 * label.style.size_pt;
    let [x, y] = label.center_pt;
    [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0]
}

fn overlap(a: &[f32; 4], b: &[f32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn request() -> impl Strategy<Value = LabelRequest> {
    let names = prop::sample::select(vec![
        "太原—绥德高铁",
        "汾河",
        "太原二环及连接线与绕城高速",
        "Taiyuan Ring Expressway",
        "机场",
        "小\n店",
    ]);
    let align = prop::sample::select(vec![
        Align::Center,
        Align::Left,
        Align::Right,
        Align::Top,
        Align::Bottom,
    ]);
    let candidate = (0.0_f32..400.0, 0.0_f32..300.0, align)
        .prop_map(|(x, y, align)| Candidate { at_pt: [x, y], align });
    (names, 9.0_f32..22.0, 0.0_f32..10.0, prop::collection::vec(candidate, 0..5), 0_usize..12)
        .prop_map(|(text, size, priority, candidates, break_from)| LabelRequest {
            text: text.to_owned(),
            style: style(size),
            priority,
            candidates,
            letters: Vec::new(),
            break_from,
            over_lines: false,
        })
}

proptest! {
    #[test]
    fn labels_never_overlap(
        requests in prop::collection::vec(request(), 0..40),
        marks in prop::collection::vec((0.0_f32..380.0, 0.0_f32..280.0), 0..8),
    ) {
        let occupied: Vec<[f32; 4]> =
            marks.into_iter().map(|(x, y)| [x, y, x + 20.0, y + 24.0]).collect();
        let wanted = requests.len();
        let placed = place(requests.clone(), occupied.clone(), [400.0, 300.0], &measure);
        prop_assert!(placed.len() <= wanted);
        let boxes: Vec<[f32; 4]> = placed.iter().map(ink).collect();
        for (i, a) in boxes.iter().enumerate() {
            prop_assert!(boxes[i + 1..].iter().all(|b| !overlap(a, b)));
            prop_assert!(occupied.iter().all(|b| !overlap(a, b)));
        }
        // With nothing in its way the first of all that can be seen stands.
        let first = requests.iter().max_by(|a, b| a.priority.total_cmp(&b.priority));
        let in_view = |r: &LabelRequest| {
            let (half, tall) = (measure(&r.text, &r.style) / 2.0, r.style.size_pt * 1.5);
            r.candidates.iter().any(|c| {
                c.align == Align::Center
                    && (half..=400.0 - half).contains(&c.at_pt[0])
                    && (tall..=300.0 - tall).contains(&c.at_pt[1])
            })
        };
        if let Some(first) = first.filter(|first| occupied.is_empty() && in_view(first)) {
            let text: String = first.text.split_whitespace().collect();
            let stands = placed.iter().any(|p| p.lines.concat().replace(' ', "") == text);
            prop_assert!(stands, "{} is missing", first.text);
        }
    }

    #[test]
    fn no_line_begins_with_a_closing_sign(
        text in "[太原汾河高速铁路改造A3、，。）》（《—]{1,16}",
        break_from in 0_usize..12,
    ) {
        let lines = broken(&text, break_from);
        prop_assert!((1..=2).contains(&lines.len()));
        prop_assert_eq!(lines.concat(), text.clone());
        if let [head, tail] = lines.as_slice() {
            prop_assert!(!tail.starts_with(['、', '，', '。', '）', '》', '—']), "{:?}", lines);
            prop_assert!(!head.is_empty() && text.chars().count() >= break_from, "{:?}", lines);
        }
    }

    /// An opening bracket belongs to what it opens.
    #[test]
    fn no_line_ends_with_an_opening_bracket(
        text in "[太原汾河高速铁路改造]{2,9}[（(《“][太原汾河高速铁路改造]{2,9}",
    ) {
        let lines = broken(&text, 9);
        if let [head, _] = lines.as_slice() {
            prop_assert!(!head.ends_with(['（', '(', '《', '“']), "{:?}", lines);
        }
    }

    #[test]
    fn plain_names_break_in_the_middle(text in "[太原汾河高速铁路改造]{9,20}") {
        let lines = broken(&text, 9);
        let counts: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        prop_assert_eq!(counts.len(), 2);
        prop_assert!(counts[0].abs_diff(counts[1]) <= 1, "{:?}", lines);
    }

    #[test]
    fn a_fitted_extent_lies_in_the_free_part(
        (west, south) in (105.0..118.0, 30.0..42.0),
        (width, height) in (0.001..3.0, 0.001..3.0),
        size in (700.0_f32..4000.0, 500.0_f32..2200.0),
        (left, top, right, bottom) in (0.0_f32..300.0, 0.0_f32..200.0, 0.0_f32..300.0, 0.0_f32..200.0),
    ) {
        let extent = Extent {
            west_deg: west, south_deg: south, east_deg: west + width, north_deg: south + height,
        };
        let padding = Padding { left, top, right, bottom };
        let viewport = scene::fit(extent, [size.0, size.1], padding);
        prop_assert!((MIN_ZOOM..=MAX_ZOOM).contains(&viewport.zoom));
        let corner = |lon, lat| viewport.to_pt(mercator::from_lon_lat(LonLat::new(lon, lat)));
        let [x0, y0] = corner(extent.west_deg, extent.north_deg);
        let [x1, y1] = corner(extent.east_deg, extent.south_deg);
        let (free_w, free_h) = (size.0 - left - right, size.1 - top - bottom);
        if viewport.zoom > MIN_ZOOM {
            prop_assert!(x0 >= left - 0.5 && x1 <= size.0 - right + 0.5, "{x0} {x1}");
            prop_assert!(y0 >= top - 0.5 && y1 <= size.1 - bottom + 0.5, "{y0} {y1}");
            // As near as it can be, unless nearer would show no surroundings.
            let fills = ((x1 - x0) / free_w).max((y1 - y0) / free_h);
            prop_assert!(fills > 0.98 || viewport.zoom >= 13.0 - 1e-9, "{fills} at {}", viewport.zoom);
        }
        let middle = [f32::midpoint(x0, x1), f32::midpoint(y0, y1)];
        prop_assert!((middle[0] - (left + free_w / 2.0)).abs() < 1.0);
        prop_assert!((middle[1] - (top + free_h / 2.0)).abs() < 1.0);
    }
}

fn city(size_pt: [f32; 2]) -> Viewport {
    scene::fit(catalogue().city_extent().unwrap(), size_pt, Padding::even(40.0))
}

#[test]
fn labels_of_the_real_map_keep_clear_of_each_other_and_of_pins() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    let shown: Vec<usize> = (0..catalogue.projects.len()).collect();
    for (size, closer) in [([1280.0, 800.0], 0.0), ([1280.0, 800.0], 2.0), ([3840.0, 2160.0], 0.5)]
    {
        let mut viewport = city(size);
        viewport.zoom += closer;
        let view = View { shown: &shown, ..view_at(viewport.zoom) };
        let shapes = scene::compose(&catalogue, &prepared, view);
        let occupied = occupied_by_marks(&shapes, view, &viewport);
        assert!(occupied.len() > 10);
        let mut requests = project_labels(&catalogue, &prepared, view, &viewport, 1.0);
        requests.extend(county_labels(&catalogue, &prepared, view, &viewport, 1.0));
        let placed = place(requests, occupied.clone(), size, &measure);
        assert!(placed.len() > 10, "{}", placed.len());
        let boxes: Vec<[f32; 4]> = placed.iter().map(ink).collect();
        for (i, a) in boxes.iter().enumerate() {
            assert!(boxes[i + 1..].iter().all(|b| !overlap(a, b)), "{:?}", placed[i].lines);
            assert!(occupied.iter().all(|b| !overlap(a, b)), "{:?}", placed[i].lines);
        }
    }
}

#[test]
fn metro_lines_have_names_of_their_own_and_what_is_there_is_not_selected() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    let shown: Vec<usize> = (0..catalogue.projects.len()).collect();
    let selected = vec!["B5-03".to_owned()];
    let mut viewport = city([1280.0, 800.0]);
    viewport.center = mercator::from_lon_lat(LonLat::new(112.55, 37.72));
    viewport.zoom = 10.5;
    let view = View { shown: &shown, selected: &selected, ..view_at(viewport.zoom) };
    let requests = project_labels(&catalogue, &prepared, view, &viewport, 1.0);
    for name in ["1号线一期", "2号线一期", "3号线一期", "R1线一期"] {
        assert_eq!(requests.iter().filter(|r| r.text == name).count(), 1, "{name}");
    }
    assert!(requests.iter().all(|r| r.text != "太原轨道交通"), "one name for six lines");
    // Line 2 runs already: it is drawn whole, in its own colour, beside the selected ones.
    let shapes = scene::compose(&catalogue, &prepared, view);
    let accent = view.palette().accent;
    let of = |id: &str| {
        let i = catalogue.features.iter().position(|feature| feature.id == id).unwrap();
        let path = prepared.lines[i].as_ref().unwrap().for_zoom(viewport.zoom);
        let found = shapes.iter().find_map(|shape| match &shape.mark {
            Mark::Line { path: own, strokes } if *own == path => Some(strokes.clone()),
            _ => None,
        });
        found.unwrap()
    };
    let inks = |name: &str| {
        requests.iter().filter(|r| r.text.contains(name)).map(|r| r.style.color).collect::<Vec<_>>()
    };
    assert_eq!(inks("3号线一期"), [accent]);
    let inks = inks("2号线一期");
    assert!(inks.len() == 1 && inks[0] != accent, "one name, in the colour of its line: {inks:?}");
    let (planned, there) = (of("L5-3-1"), of("L5-2-1"));
    assert!(planned.iter().any(|s| s.color == accent) && planned.iter().any(|s| s.dash.is_some()));
    assert!(there.iter().all(|s| s.color != accent && s.dash.is_none()));
}

fn shape(id: &str, mark: Mark) -> Shape {
    Shape { pick: Some(Pick::Project(id.to_owned())), mark }
}

#[test]
fn points_are_picked_before_lines_before_areas() {
    let at = |x: f64, y: f64| Mercator { x: 0.8 + x * 1e-5, y: 0.4 + y * 1e-5 };
    let viewport = Viewport {
        center: at(0.0, 0.0),
        zoom: 10.0,
        width_pt: 800.0,
        height_pt: 600.0,
        datum: jintu::geo::Datum::Wgs84,
    };
    let area = AreaGeometry {
        exterior: vec![at(-30.0, -30.0), at(30.0, -30.0), at(30.0, 30.0), at(-30.0, 30.0)],
        holes: vec![],
    };
    let line = vec![at(-30.0, 0.0), at(30.0, 0.0)];
    let pin =
        Mark::Pin { at: at(0.0, 0.0), glyph: '路', fill: INK, ink: INK, radius_pt: 10.0, more: 0 };
    let area = Mark::Area { area: area.into(), fill: INK, outline: None };
    let line = Mark::Line { path: line.into(), strokes: vec![Stroke::solid(4.0, INK)] };
    // In every order of painting.
    let shapes = [shape("area", area), shape("line", line), shape("pin", pin)];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        let shapes: Vec<Shape> = order.map(|i| shapes[i].clone()).into();
        let hits = pick::hits(&shapes, &viewport, [400.0, 299.0], 6.0);
        assert_eq!(pick::projects(&hits), ["pin", "line", "area"]);
        let beside = pick::hits(&shapes, &viewport, [440.0, 303.0], 6.0);
        assert_eq!(pick::projects(&beside), ["line", "area"]);
        let inside = pick::hits(&shapes, &viewport, [440.0, 340.0], 6.0);
        assert_eq!(pick::projects(&inside), ["area"]);
        assert!(pick::hits(&shapes, &viewport, [5.0, 5.0], 6.0).is_empty());
    }
}

#[test]
fn a_hole_is_not_its_area_and_decoration_is_not_picked() {
    let at = |x: f64, y: f64| Mercator { x: 0.8 + x * 1e-5, y: 0.4 + y * 1e-5 };
    let viewport = Viewport {
        center: at(0.0, 0.0),
        zoom: 10.0,
        width_pt: 800.0,
        height_pt: 600.0,
        datum: jintu::geo::Datum::Wgs84,
    };
    let square = |r: f64| vec![at(-r, -r), at(r, -r), at(r, r), at(-r, r)];
    let area = AreaGeometry { exterior: square(60.0), holes: vec![square(30.0)] };
    let mark = Mark::Area { area: area.into(), fill: INK, outline: None };
    let shapes = [shape("ring", mark.clone()), Shape { pick: None, mark }];
    assert!(pick::hits(&shapes, &viewport, [400.0, 300.0], 4.0).is_empty());
    let in_ring = 400.0 + 45.0 * 1e-5 * 256.0 * 1024.0;
    assert_eq!(pick::hits(&shapes, &viewport, [in_ring, 300.0], 4.0).len(), 1);
}

/// A place on the mark where one would click.
fn on(mark: &Mark, viewport: &Viewport) -> Option<[f32; 2]> {
    let at = match mark {
        Mark::Pin { at, radius_pt, .. } => pick::pin_head(viewport.to_pt(*at), *radius_pt),
        Mark::Anchor { at, .. } | Mark::Dot { at, .. } => viewport.to_pt(*at),
        Mark::Line { path, .. } => viewport.to_pt(*path.get(path.len() / 2)?),
        Mark::Area { area, .. } => viewport.to_pt(*area.exterior.first()?),
    };
    let seen =
        (0.0..viewport.width_pt).contains(&at[0]) && (0.0..viewport.height_pt).contains(&at[1]);
    seen.then_some(at)
}

#[test]
fn what_is_drawn_can_be_picked() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    let filter = Filter { counties: ["140121".to_owned()].into(), ..Filter::default() };
    let all: Vec<usize> = (0..catalogue.projects.len()).collect();
    let few = filter.apply(&catalogue);
    let chosen = ["B1-02".to_owned(), "B1-03".to_owned()];
    for (shown, selected) in [(&all, &[][..]), (&few, &chosen[..])] {
        let mut tried = 0;
        for closer in [-1.0, 0.0, 3.0] {
            let mut viewport = city([1600.0, 1000.0]);
            viewport.zoom += closer;
            let shapes = scene::compose(
                &catalogue,
                &prepared,
                View { shown, selected, counties: &filter.counties, ..view_at(viewport.zoom) },
            );
            for shape in &shapes {
                let (Some(wanted), Some(at)) = (&shape.pick, on(&shape.mark, &viewport)) else {
                    continue;
                };
                tried += 1;
                let hits = pick::hits(&shapes, &viewport, at, 1.0);
                assert!(hits.iter().any(|hit| hit.pick == *wanted), "{wanted:?} at {at:?}");
                for id in pick::projects(&hits) {
                    let position = catalogue.position(&id).unwrap();
                    assert!(shown.contains(&position) || selected.contains(&id), "{id} is hidden");
                }
            }
        }
        assert!(tried > 15, "{tried}");
    }
}

#[test]
fn every_shown_project_with_a_place_is_drawn() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    let all: Vec<usize> = (0..catalogue.projects.len()).collect();
    let shapes = scene::compose(&catalogue, &prepared, View { shown: &all, ..view_at(9.0) });
    let drawn: Vec<String> = shapes
        .iter()
        .flat_map(|shape| match &shape.pick {
            Some(Pick::Project(id) | Pick::Line { project: id, .. }) => vec![id.clone()],
            Some(Pick::Several(ids)) => ids.clone(),
            None => vec![],
        })
        .collect();
    for project in &catalogue.projects {
        let anchored = project.unlocated.as_ref().is_some_and(|why| why.anchor.is_some());
        let twin = project.same_as.iter().any(|id| drawn.contains(id));
        if project.is_located() || anchored {
            assert!(drawn.contains(&project.id) || twin, "{}", project.id);
        } else {
            assert!(!drawn.contains(&project.id), "{} has no place", project.id);
        }
    }
    assert_eq!(scene::compose(&catalogue, &prepared, view_at(9.0)).len(), 0);
}

#[test]
fn points_and_degrees_go_there_and_back() {
    let viewport = city([1280.0, 800.0]);
    for at in [[0.0, 0.0], [640.0, 400.0], [1280.0, 13.5]] {
        let back = viewport.to_pt(viewport.to_mercator(at));
        assert!((back[0] - at[0]).abs() < 0.01 && (back[1] - at[1]).abs() < 0.01);
    }
}
