//! An outline of several parts: layers under it, and a measured figure in a picture.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    app::{
        Action, Cancel, ExportFormat, Language, Order, Purpose, SketchStep, job::LayerToFilter,
        open_layers::Snapshot, update,
    },
    basemap::Basemap,
    catalogue::{Filter, Outline},
    geo::{Datum, mercator},
    jobs::{Services, drawing::draw},
    layer::CountyCodes,
    scene::Viewport,
    store::{
        self,
        layers::{OpenOptions, open_layers},
    },
    units::{Extent, LonLat},
};

use crate::{
    real::{catalogue, state},
    temp_folder::TempFolder,
};

fn services() -> Services {
    let basemap = Basemap::open(store::BASEMAP).ok().map(Arc::new);
    Services::new(&catalogue(), basemap, None, Arc::new(|| ()))
}

/// A point every hundredth of a degree, half-way between the lines that outlines run along.
fn grid(folder: &TempFolder) -> (PathBuf, Vec<LonLat>) {
    let points: Vec<LonLat> = (0..40)
        .flat_map(|x| (0..40).map(move |y| (f64::from(x), f64::from(y))))
        .map(|(x, y)| LonLat::new(112.005 + x / 100.0, 37.505 + y / 100.0))
        .collect();
    let rows = points.iter().map(|p| format!("{},{}\n", p.lon_deg, p.lat_deg));
    let path = folder.path().join("grid.csv");
    std::fs::write(&path, format!("经度,纬度\n{}", rows.collect::<String>())).unwrap();
    (path, points)
}

const fn square(west_deg: f64, south_deg: f64, side_deg: f64) -> Extent {
    Extent { west_deg, south_deg, east_deg: west_deg + side_deg, north_deg: south_deg + side_deg }
}

/// A filter and which points pass it.
type Case = (Filter, Box<dyn Fn(&LonLat) -> bool>);

#[test]
fn layers_pass_by_any_part_and_every_condition() {
    let folder = TempFolder::new("outline-layers");
    let (path, points) = grid(&folder);
    let counties = CountyCodes::new(std::iter::empty::<(String, Vec<Vec<_>>)>());
    let mut layer = None;
    open_layers(&path, &OpenOptions::default(), &counties, &AtomicBool::new(false), &mut |read| {
        layer = read.layers.into_iter().next();
    })
    .unwrap();
    let layer = Snapshot(layer.unwrap());
    let (first, second) = (square(112.1, 37.6, 0.1), square(112.15, 37.65, 0.1));
    let hole = square(112.12, 37.62, 0.02);
    let boxed = square(112.0, 37.5, 0.18);
    let part = |own: Extent| vec![own.ring()];
    let overlapping = Outline { parts: vec![part(first), part(second)], by_box: false };
    let holed =
        Outline { parts: vec![vec![first.ring(), hole.ring()], part(second)], by_box: false };
    let in_either = move |p: &LonLat| first.contains(*p) || second.contains(*p);
    let cases: [Case; 5] = [
        (Filter::default(), Box::new(|_| true)),
        (
            Filter { polygon: Some(overlapping.clone()), ..Filter::default() },
            Box::new(move |p| in_either(p)),
        ),
        (
            Filter { polygon: Some(holed), ..Filter::default() },
            Box::new(move |p| in_either(p) && !hole.contains(*p)),
        ),
        (
            Filter { polygon: Some(overlapping), extent: Some(boxed), ..Filter::default() },
            Box::new(move |p| in_either(p) && boxed.contains(*p)),
        ),
        (Filter { polygon: Some(Outline::default()), ..Filter::default() }, Box::new(|_| false)),
    ];
    let services = services();
    for (filter, oracle) in cases {
        let asked = LayerToFilter { file: 1, layer: 0, data: layer.clone(), condition: None };
        let done = services
            .filter_layers(7, vec![asked], &filter, &jintu::app::Cancel::default())
            .unwrap();
        let Action::LayersFiltered { request: 7, passed } = done else { panic!("{done:?}") };
        let expected = points.iter().filter(|p| oracle(p)).count();
        assert_eq!(passed[0].2.count, expected, "{filter:?}");
        // The same positions, not only as many.
        let rows = &passed[0].2.rows;
        for (i, p) in points.iter().enumerate() {
            assert_eq!(rows[0].contains(i), oracle(p), "{p:?}");
        }
    }
}

#[test]
fn an_exported_picture_shows_what_was_measured() {
    let mut state = state();
    let center = mercator::from_lon_lat(LonLat::new(112.5, 37.85));
    let datum = Datum::Wgs84;
    let view = Viewport { center, zoom: 10.0, width_pt: 900.0, height_pt: 700.0, datum };
    update(&mut state, Action::CameraSettled(view));
    let corners = [(112.4, 37.8), (112.6, 37.8), (112.6, 37.95)];
    let draws = |state: &mut jintu::app::State| -> String {
        let (format, path) = (ExportFormat::Svg, PathBuf::from("map.svg"));
        let jobs = update(state, Action::Export { format, path, form: Box::default() });
        let order = jobs.into_iter().find_map(|job| match job.order {
            Order::Export(order) => Some(order),
            _ => None,
        });
        let order = order.unwrap().drawing;
        let cancel = Cancel::default();
        let (catalogue, services) = (catalogue(), services());
        let drawn = draw(&order, format, &catalogue, Language::Chinese, &services, &cancel);
        String::from_utf8(drawn.unwrap().bytes).unwrap()
    };
    let without = draws(&mut state);
    assert!(!without.contains("椭球面"));
    update(&mut state, Action::Sketch(SketchStep::Begin(Purpose::Measure)));
    for (lon, lat) in corners {
        update(&mut state, Action::Sketch(SketchStep::Add(LonLat::new(lon, lat))));
    }
    update(&mut state, Action::Sketch(SketchStep::Close));
    let with = draws(&mut state);
    // Half a box of 17.6 by 16.6 km.
    assert!(with.contains("椭球面") && with.contains("146."), "how it was measured, and the area");
    assert!(with.contains("平方公里") && with.contains("公里"));
    // An outline that is being drawn for a filter is no part of a picture.
    update(&mut state, Action::Sketch(SketchStep::Begin(Purpose::Filter)));
    update(&mut state, Action::Sketch(SketchStep::Add(LonLat::new(112.4, 37.8))));
    assert!(!draws(&mut state).contains("椭球面"));
}
