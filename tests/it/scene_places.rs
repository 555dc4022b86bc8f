//! A name stands at its place or not at all, clear of lines, and stays there under the pointer.

use std::sync::Arc;

use geo::{Contains as _, Point};
use jintu::{
    basemap::Basemap,
    catalogue::{Catalogue, LineClass, Role},
    font::Fonts,
    geo::mercator,
    language::Language,
    plot::text_style,
    scene::{
        self, Padding, PlacedLabel, Prepared, View, Viewport,
        base_labels::base_labels,
        county_labels::county_labels,
        labels::{LabelRequest, Obstacles, place},
        line_grid::{LineGrid, Occupied, Segment, ground_lines, project_lines},
        network_labels::network_labels,
        project_labels::{occupied_by_marks, project_labels},
    },
    store,
    units::{Extent, Mercator},
};
use proptest::prelude::*;

use crate::real::{catalogue, view_at};

struct Rig {
    catalogue: Arc<Catalogue>,
    prepared: Prepared,
    basemap: Basemap,
    fonts: Fonts,
    shown: Vec<usize>,
}

impl Rig {
    fn new() -> Self {
        let catalogue = catalogue();
        Self {
            prepared: Prepared::new(&catalogue),
            basemap: Basemap::open(store::BASEMAP).unwrap(),
            fonts: store::fonts().unwrap(),
            shown: (0..catalogue.projects.len()).collect(),
            catalogue,
        }
    }

    fn view<'a>(&'a self, zoom: f64, language: Language, hover: Option<&'a str>) -> View<'a> {
        View { shown: &self.shown, hover, language, ..view_at(zoom) }
    }

    fn around_city(&self, zoom: f64) -> Viewport {
        let city = self.catalogue.city_extent().unwrap();
        let fitted = scene::fit(city, [1280.0, 800.0], Padding::even(40.0));
        Viewport { zoom, ..fitted }
    }

    fn requests(&self, view: View<'_>, viewport: &Viewport) -> [Vec<LabelRequest>; 4] {
        let Self { catalogue, prepared, .. } = self;
        let named = self.basemap.names(viewport);
        [
            project_labels(catalogue, prepared, view, viewport, 1.0),
            county_labels(catalogue, prepared, view, viewport, 1.0),
            network_labels(&named.lines, view, viewport, 1.0),
            base_labels(&named.places, &catalogue.counties, view, viewport, 1.0),
        ]
    }

    fn placed(
        &self,
        view: View<'_>,
        viewport: &Viewport,
        covered: &[Occupied],
    ) -> Vec<PlacedLabel> {
        let shapes = scene::compose(&self.catalogue, &self.prepared, view);
        let mut boxes = occupied_by_marks(&shapes, view, viewport);
        boxes.extend(covered);
        let lines = project_lines(&self.catalogue, &self.prepared, view, viewport, &[]);
        let ground = ground_lines(&self.basemap.names(viewport).courses, viewport);
        let requests = self.requests(view, viewport).concat();
        let size = [viewport.width_pt, viewport.height_pt];
        place(requests, Obstacles { boxes, lines, ground }, size, &|line, style| {
            self.fonts.measure(line, &text_style(style))[0]
        })
    }

    fn ink(&self, label: &PlacedLabel) -> Occupied {
        let measure = |line: &String| self.fonts.measure(line, &text_style(&label.style))[0];
        let width = label.lines.iter().map(measure).fold(0.0, f32::max);
        let height = label.lines.len() as f32 * label.style.size_pt;
        let [x, y] = label.center_pt;
        [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0]
    }
}

const ZOOMS: [f64; 9] = [5.6, 6.5, 7.3, 8.2, 9.0, 9.7, 10.5, 11.5, 12.5];

#[test]
fn the_city_and_its_counties_are_named_where_they_are() {
    let rig = Rig::new();
    let mut named = 0;
    let wide = rig.basemap.names(&rig.around_city(8.0));
    let city = wide.places.into_iter().find(|p| p.rank == 1).unwrap();
    for zoom in ZOOMS {
        let viewport = rig.around_city(zoom);
        let view = rig.view(zoom, Language::Chinese, None);
        for label in rig.placed(view, &viewport, &[]) {
            let text =
                label.letter_of.as_deref().map_or_else(|| label.lines.concat(), str::to_owned);
            if text == city.name.zh && label.style.size_pt > 15.0 {
                let [x, y] = viewport.to_pt(city.at);
                let away = (label.center_pt[0] - x).hypot(label.center_pt[1] - y);
                assert!(away <= 2.5 * label.style.size_pt, "{text} is {away} pt off at {zoom}");
                named += 1;
            }
            if let Some(county) = rig.catalogue.counties.iter().find(|c| c.name.zh == text) {
                let at = mercator::to_lon_lat(viewport.to_mercator(label.center_pt));
                let point = Point::new(at.lon_deg, at.lat_deg);
                assert!(county.polygon.contains(&point), "{text} lies outside itself at {zoom}");
                named += 1;
            }
        }
    }
    assert!(named > 60, "{named}");
}

/// Points along a ring, so dense that no letter lies between two.
fn sampled(ring: &[Mercator], viewport: &Viewport) -> Vec<[f32; 2]> {
    let screen: Vec<[f32; 2]> =
        ring.iter().chain(ring.first()).map(|p| viewport.to_pt(*p)).collect();
    let along = |pair: &[[f32; 2]]| {
        let (a, b) = (pair[0], pair[1]);
        (0..=2000_u16).map(move |k| {
            let t = f32::from(k) / 2000.0;
            [0, 1].map(|axis: usize| a[axis] + (b[axis] - a[axis]) * t)
        })
    };
    screen.windows(2).flat_map(along).collect()
}

/// On the second slide `武宿机场三期` lay across a runway of its own.
#[test]
fn a_selected_project_is_named_clear_of_its_own_lines() {
    let rig = Rig::new();
    let catalogue = &rig.catalogue;
    let own = Extent { west_deg: 112.575, south_deg: 37.7, east_deg: 112.695, north_deg: 37.785 };
    // A desk, a screen (4K is laid out as this), a wall of 7680×2160 and a tall one, in points.
    for (size, [left, foot], factor) in [
        ([1280.0, 800.0], [474.0, 40.0], 1.43),
        ([1920.0, 1080.0], [712.0, 54.0], 1.93),
        ([3840.0, 1080.0], [1020.0, 54.0], 1.93),
        ([1080.0, 1920.0], [0.0, 960.0], 1.93),
    ] {
        for language in [Language::Chinese, Language::English] {
            let padding = Padding { left, top: 32.0, right: 0.0, bottom: foot };
            let viewport = scene::fit(own, size, padding);
            let selected = ["B1-03".to_owned()];
            let view = View {
                selected: &selected,
                with_anchors: false,
                subject_only: true,
                ..rig.view(viewport.zoom, language, None)
            };
            let shapes = scene::compose(catalogue, &rig.prepared, view);
            let boxes = occupied_by_marks(&shapes, view, &viewport);
            let lines = project_lines(catalogue, &rig.prepared, view, &viewport, &[]);
            let requests = project_labels(catalogue, &rig.prepared, view, &viewport, factor);
            let placed = place(
                requests,
                Obstacles { boxes, lines, ..Obstacles::default() },
                size,
                &|line, style| rig.fonts.measure(line, &text_style(style))[0],
            );
            let project = catalogue.project("B1-03").unwrap();
            let name = project.short_name.get(language);
            let is_name = |l: &&PlacedLabel| l.lines.join(" ") == name || l.lines.concat() == name;
            assert!(placed.iter().any(|l| is_name(&l)), "{name} is missing on {size:?}");
            // Its own name and those of its terminals.
            assert!(placed.len() > 1, "{placed:?}");
            for label in &placed {
                let [left, top, right, bottom] = rig.ink(label);
                for &i in &project.features {
                    let Some(area) = &rig.prepared.areas[i] else { continue };
                    let touched = sampled(&area.exterior, &viewport).iter().any(|[x, y]| {
                        (left - 1.0..=right + 1.0).contains(x)
                            && (top - 1.0..=bottom + 1.0).contains(y)
                    });
                    assert!(!touched, "{:?} on {size:?} touches a runway", label.lines);
                }
            }
        }
    }
}

/// A name that lay over the dashed edge of a filter could not be read.
#[test]
fn no_outline_of_a_filter_runs_through_a_name() {
    let rig = Rig::new();
    let mut checked = 0;
    for zoom in [8.2, 9.0, 9.7, 10.5] {
        let viewport = rig.around_city(zoom);
        let view = rig.view(zoom, Language::Chinese, None);
        let struck = |outlines: &[Vec<Mercator>]| {
            let shapes = scene::compose(&rig.catalogue, &rig.prepared, view);
            let boxes = occupied_by_marks(&shapes, view, &viewport);
            let lines = project_lines(&rig.catalogue, &rig.prepared, view, &viewport, outlines);
            let requests = rig.requests(view, &viewport).concat();
            let size = [viewport.width_pt, viewport.height_pt];
            let placed = place(
                requests,
                Obstacles { boxes, lines, ..Obstacles::default() },
                size,
                &|line, style| rig.fonts.measure(line, &text_style(style))[0],
            );
            // Those of road numbers stand on plates, and the city's has to stand.
            placed.into_iter().filter(|label| label.style.size_pt < 18.0).collect::<Vec<_>>()
        };
        for bounds in [[300.0, 200.0, 900.0, 600.0], [420.0, 260.0, 760.0, 480.0]] {
            let [left, top, right, bottom]: [f32; 4] = bounds;
            let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
            let edge: Vec<Mercator> = corners.map(|p| viewport.to_mercator(p)).to_vec();
            let dots = sampled(&edge, &viewport);
            let through = |label: &&PlacedLabel| {
                let [left, top, right, bottom] = rig.ink(label);
                dots.iter().any(|[x, y]| (left..=right).contains(x) && (top..=bottom).contains(y))
            };
            assert_eq!(struck(&[edge]).iter().find(through), None);
            // Without knowing of it, some lie on it: the outline is what moves them.
            checked += struck(&[]).iter().filter(through).count();
        }
    }
    assert!(checked > 3, "{checked}");
}

/// Distances by sampling the lines densely, which shares nothing with the grid.
#[test]
fn no_line_of_the_plan_strikes_a_name_through() {
    let rig = Rig::new();
    let mut checked = 0;
    for (zoom, language) in
        ZOOMS.into_iter().flat_map(|z| [(z, Language::Chinese), (z, Language::English)])
    {
        let viewport = rig.around_city(zoom);
        let view = rig.view(zoom, language, None);
        let mut dots: Vec<[f32; 2]> = Vec::new();
        for (i, feature) in rig.catalogue.features.iter().enumerate() {
            let on_request =
                feature.class == Some(LineClass::Tributary) || feature.role == Role::Update;
            let serves = rig.catalogue.projects.iter().any(|p| p.features.contains(&i));
            let Some(levels) = rig.prepared.lines[i].as_ref().filter(|_| serves && !on_request)
            else {
                continue;
            };
            let path: Vec<[f32; 2]> =
                levels.for_zoom(zoom).iter().map(|p| viewport.to_pt(*p)).collect();
            for pair in path.windows(2) {
                let long = (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
                let steps = (long / 0.7).ceil().clamp(1.0, 60_000.0);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "clamped"
                )]
                let steps = steps as u16;
                dots.extend((0..=steps).map(|k| {
                    let t = f32::from(k) / f32::from(steps);
                    [0, 1].map(|axis: usize| pair[0][axis] + (pair[1][axis] - pair[0][axis]) * t)
                }));
            }
        }
        for label in rig.placed(view, &viewport, &[]) {
            // The city's name stands in its halo where the plan's lines meet.
            if label.style.size_pt > 18.0 {
                continue;
            }
            let [left, top, right, bottom] = rig.ink(&label);
            let struck =
                dots.iter().any(|[x, y]| (left..=right).contains(x) && (top..=bottom).contains(y));
            assert!(!struck, "{:?} at {zoom} is struck through", label.lines);
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn names_keep_clear_of_what_lies_over_the_map_and_of_its_edge() {
    let rig = Rig::new();
    let furniture =
        [[0.0, 700.0, 620.0, 800.0], [1020.0, 12.0, 1266.0, 420.0], [1230.0, 670.0, 1266.0, 776.0]];
    for zoom in ZOOMS {
        let viewport = rig.around_city(zoom);
        let placed = rig.placed(rig.view(zoom, Language::Chinese, None), &viewport, &furniture);
        for label in placed {
            let [left, top, right, bottom] = rig.ink(&label);
            assert!(left >= 0.0 && top >= 0.0 && right <= 1280.0 && bottom <= 800.0);
            let under = furniture
                .iter()
                .any(|[l, t, r, b]| left < *r && *l < right && top < *b && *t < bottom);
            assert!(!under, "{:?} at {zoom}", label.lines);
        }
    }
}

#[test]
fn no_name_moves_when_the_pointer_passes_over_a_project() {
    let rig = Rig::new();
    for zoom in [8.2, 10.5, 12.0] {
        let viewport = rig.around_city(zoom);
        let places = |hover: Option<&str>| -> Vec<(Vec<String>, [f32; 2])> {
            let placed = rig.placed(rig.view(zoom, Language::Chinese, hover), &viewport, &[]);
            placed.into_iter().map(|label| (label.lines, label.center_pt)).collect()
        };
        let at_rest = places(None);
        assert!(at_rest.len() > 5);
        for project in rig.catalogue.projects.iter().filter(|p| p.is_located()) {
            assert_eq!(places(Some(&project.id)), at_rest, "{} at {zoom}", project.id);
        }
    }
}

proptest! {
    /// The grid answers as a look at every segment does.
    #[test]
    fn the_grid_forgets_no_segment(
        lines in prop::collection::vec(
            ((-200.0_f32..900.0, -200.0_f32..700.0), (-200.0_f32..900.0, -200.0_f32..700.0), 0.3_f32..6.0),
            0..40,
        ),
        boxes in prop::collection::vec((0.0_f32..700.0, 0.0_f32..500.0, 4.0_f32..120.0, 4.0_f32..40.0), 1..30),
    ) {
        let segments: Vec<Segment> = lines
            .into_iter()
            .map(|((ax, ay), (bx, by), half_pt)| Segment { from_pt: [ax, ay], to_pt: [bx, by], half_pt })
            .collect();
        let grid = LineGrid::new(segments.iter().copied(), [720.0, 520.0]);
        for (x, y, w, h) in boxes {
            let bounds = [x, y, (x + w).min(720.0), (y + h).min(520.0)];
            let any = segments.iter().any(|segment| {
                // Sampled, with the box grown by the half width.
                (0..=4000_u16).any(|k| {
                    let t = f32::from(k) / 4000.0;
                    let p = [0, 1].map(|i: usize| {
                        segment.from_pt[i] + (segment.to_pt[i] - segment.from_pt[i]) * t
                    });
                    let grown = segment.half_pt - 0.2;
                    p[0] > bounds[0] - grown && p[0] < bounds[2] + grown
                        && p[1] > bounds[1] - grown && p[1] < bounds[3] + grown
                })
            });
            prop_assert!(!any || grid.touches(&bounds));
            prop_assert_eq!(grid.touches(&bounds), segments.iter().any(|s| s.touches(&bounds)));
        }
    }
}
