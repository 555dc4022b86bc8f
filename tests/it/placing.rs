//! Where projects are: what is known of them without a place, what their words name, and every way of
//! giving one. Borders and codes come from the country's file, numbers from geometry done here.

use std::{collections::BTreeSet, path::Path};

use jintu::{
    app::{
        Action, FeatureRef, Language, Overlay, PlaceStep, SketchStep, Stage, browse,
        placing::{self, is_elsewhere},
        snap::snap,
    },
    areas::Areas,
    catalogue::{Accuracy, Catalogue, Project, Shape, lower::lower_plan},
    geo::{Crs, geodesic, mercator},
    scene::{Padding, fit},
    search::{Country, Finder, Hit, HitGroup},
    store::{AREAS, SEEDS},
    units::{Extent, LonLat},
};

use crate::{
    real::{self, state},
    temp_folder::TempFolder,
    workbook::{Desk, copied},
};

fn plan_of(name: &str) -> Catalogue {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plans").join(name);
    lower_plan(&std::fs::read(path).unwrap(), &SEEDS).catalogue
}

fn named<'a>(catalogue: &'a Catalogue, name: &str) -> &'a Project {
    let found = catalogue.projects.iter().find(|own| own.name.zh.contains(name));
    found.unwrap_or_else(|| panic!("no project {name}"))
}

/// Plans of counties of three provinces: every project stands somewhere, and says how that is known.
#[test]
fn projects_of_another_county_stand_at_least_in_it() {
    let areas = Areas::read(AREAS).unwrap();
    for (file, code) in
        [("anji.txt", "330523"), ("zherong.txt", "350926"), ("xuanwei.txt", "530381")]
    {
        let catalogue = plan_of(file);
        assert!(catalogue.projects.len() > 10, "{file}");
        for project in &catalogue.projects {
            let Some(why) = &project.unlocated else {
                assert!(project.accuracy.is_located(), "{file} {}", project.id);
                continue;
            };
            assert_eq!(project.accuracy, Accuracy::County, "{file} {}", project.id);
            let at = why.anchor.unwrap_or_else(|| panic!("{file} {}: no ring", project.id));
            let lies_in = areas.county_at(at).map(|area| area.code.as_str());
            assert_eq!(lies_in, Some(code), "{file} {}", project.id);
            assert!(project.counties.iter().any(|share| share.code == code), "{}", project.id);
            let name = &areas.area(code).unwrap().name.zh;
            assert!(why.reason.zh.contains(name.as_str()), "{}", why.reason.zh);
            assert!(!why.reason.en.is_empty());
        }
    }
}

/// A city's plan: the county that is named, else the city, never more than the words say.
#[test]
fn projects_of_a_city_stand_in_the_county_they_name_or_in_the_city() {
    let plan = "湖州市产业发展规划\n第一章 重点项目\n专栏1 重大项目\n\
        1.德清地理信息产业基地。在德清县建设，投资12亿元。\n\
        2.智能制造示范工厂。投资3亿元。\n\
        3.两县水库联通工程。连接安吉县和长兴县，投资5亿元。\n";
    let catalogue = lower_plan(plan.as_bytes(), &SEEDS).catalogue;
    let known = |name: &str| {
        let own = named(&catalogue, name);
        let why = own.unlocated.as_ref().unwrap_or_else(|| panic!("{name}: {:?}", own.accuracy));
        (own.accuracy, why.anchor_name.as_ref().map(|name| name.zh.clone()), why.anchor.is_some())
    };
    let city = (Accuracy::City, Some("湖州市".to_owned()), true);
    assert_eq!(known("德清"), (Accuracy::County, Some("德清县".to_owned()), true));
    assert_eq!(known("智能制造"), city);
    assert_eq!(known("水库联通"), city);
    // A province is no place.
    let plan =
        "浙江省产业发展规划\n第一章 重点项目\n专栏1 重大项目\n1.智能制造示范工厂。投资3亿元。\n";
    let catalogue = lower_plan(plan.as_bytes(), &SEEDS).catalogue;
    let own = named(&catalogue, "智能制造");
    assert_eq!(own.accuracy, Accuracy::None);
    assert_eq!(own.unlocated.as_ref().unwrap().anchor, None);
}

#[test]
fn the_own_plan_says_what_it_said() {
    let own = real::catalogue();
    let unlocated = own.projects.iter().filter(|project| !project.is_located());
    for project in unlocated {
        let reason = &project.unlocated.as_ref().unwrap().reason.zh;
        assert!(!reason.contains("只标在"), "{}: {reason}", project.id);
    }
}

#[test]
fn candidates_tell_what_speaks_for_them() {
    let catalogue = plan_of("anji.txt");
    // GeoNames: 昆铜乡 at 119.78847, 30.76136. An end of a road is no site.
    let road = named(&catalogue, "306省道");
    let found = catalogue.place_candidates(road);
    let town = found.iter().find(|own| own.name == "昆铜乡").expect("it is named");
    assert!(geodesic::distance_m(town.at, LonLat::new(119.78847, 30.76136)) < 1.0);
    assert_eq!((town.accuracy, town.county.as_deref()), (Accuracy::Park, Some("330523")));
    assert!(town.confidence < 0.5 && town.reason.zh.contains("线路的一端"), "{town:?}");
    assert!(town.words.contains("306省道"), "{}", town.words);
    let grounds = placing::grounds(town, Language::Chinese);
    assert!(grounds.contains("GeoNames") && grounds.contains("昆铜乡"), "{grounds}");
    // Every candidate is really in the words, and none is told twice.
    for project in &catalogue.projects {
        let found = catalogue.place_candidates(project);
        let names: BTreeSet<(&str, u64)> =
            found.iter().map(|own| (own.name.as_str(), own.at.lon_deg.to_bits())).collect();
        assert_eq!(names.len(), found.len(), "{}", project.id);
        for pair in found.windows(2) {
            assert!(pair[0].confidence >= pair[1].confidence);
        }
        assert!(found.iter().all(|own| !own.words.is_empty() && !own.reason.en.is_empty()));
    }
    // A county that is named is a candidate, and says no more.
    let own = real::catalogue();
    let found = own.place_candidates(named(&own, "面食文化园"));
    let county = found.iter().find(|own| own.name == "清徐县").expect("it is named");
    assert_eq!(county.accuracy, Accuracy::County);
}

fn asked(name: &str) -> (TempFolder, Desk, String) {
    let folder = TempFolder::new(name);
    let mut desk = copied(&folder.path().join("a.jintu"));
    let open = |own: &&Project| !own.is_located();
    let id = desk.state.catalogue.each_project().find(open).unwrap().id.clone();
    desk.act(Action::Place(PlaceStep::Ask(id.clone())));
    assert!(desk.state.placing.is_some());
    (folder, desk, id)
}

fn place(desk: &mut Desk, step: PlaceStep) {
    desk.act(Action::Place(step));
}

fn shape(desk: &Desk, id: &str) -> Shape {
    let project = desk.state.catalogue.project(id).unwrap();
    assert_eq!(project.features.len(), 1, "{id}");
    desk.state.catalogue.features[project.features[0]].shape.clone()
}

fn sources(desk: &Desk, id: &str) -> String {
    let project = desk.state.catalogue.project(id).unwrap();
    let feature = &desk.state.catalogue.features[project.features[0]];
    feature.sources.iter().map(|source| source.zh.as_str()).collect()
}

#[test]
fn a_candidate_is_taken_with_its_grounds_and_taken_back() {
    let folder = TempFolder::new("placing-candidate");
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plans/anji.txt");
    let mut desk = Desk::new();
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Plan, paths: vec![plan] });
    let paths = vec![folder.path().join("a.jintu")];
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
    let named_somewhere = |own: &&Project| {
        let found = desk.state.catalogue.place_candidates(own);
        !own.is_located() && found.iter().any(|own| own.accuracy.is_located())
    };
    let id = desk.state.catalogue.each_project().find(named_somewhere).unwrap().id.clone();
    place(&mut desk, PlaceStep::Ask(id.clone()));
    let candidates = desk.state.placing.as_ref().unwrap().candidates.clone();
    let row = candidates.iter().position(|own| own.accuracy.is_located()).unwrap();
    place(&mut desk, PlaceStep::Look(Some(row)));
    assert_eq!(desk.state.pin, Some(candidates[row].at));
    assert!(!desk.state.catalogue.project(&id).unwrap().is_located(), "it is only looked at");
    place(&mut desk, PlaceStep::Take(row));
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(shape(&desk, &id), Shape::Point(candidates[row].at));
    assert_eq!(desk.state.catalogue.project(&id).unwrap().accuracy, candidates[row].accuracy);
    assert!(placing::next_unplaced(&desk.state, &id).is_some_and(|next| next != id));
    assert!(sources(&desk, &id).contains(&candidates[row].words));
    assert_eq!((&desk.state.placing, desk.state.pin), (&None, None));
    desk.act(Action::Undo);
    assert!(!desk.state.catalogue.project(&id).unwrap().is_located());
}

#[test]
fn typed_coordinates_are_read_in_the_system_that_is_chosen() {
    let (_folder, mut desk, id) = asked("placing-typed");
    place(&mut desk, PlaceStep::Type("37°52′12″N 112°33′00″E".to_owned()));
    place(&mut desk, PlaceStep::TakeTyped);
    let near = placing::middle(&desk.state);
    let plain = desk.state.placing.as_ref().unwrap().read(near)[0].at;
    assert!((plain.lon_deg - 112.55).abs() < 1e-9 && (plain.lat_deg - 37.87).abs() < 1e-9);
    // The datum of web maps lies hundreds of metres off.
    place(&mut desk, PlaceStep::Type("112.55 37.87".to_owned()));
    place(&mut desk, PlaceStep::SetSystem(Some(Crs::GCJ02)));
    place(&mut desk, PlaceStep::TakeTyped);
    place(&mut desk, PlaceStep::SetAccuracy(Accuracy::Site));
    place(&mut desk, PlaceStep::Set);
    assert_eq!(desk.problems(), [] as [String; 0]);
    let Shape::Point(at) = shape(&desk, &id) else { panic!("no point") };
    let off_m = geodesic::distance_m(at, plain);
    assert!((300.0..900.0).contains(&off_m), "{off_m}");
    let sources = sources(&desk, &id);
    assert!(sources.contains("GCJ-02") || sources.contains("火星"), "{sources}");
    // What cannot be read puts nothing on the map.
    place(&mut desk, PlaceStep::Ask(id));
    place(&mut desk, PlaceStep::Type("很远的地方".to_owned()));
    place(&mut desk, PlaceStep::TakeTyped);
    assert_eq!(desk.state.sketch, None);
}

fn file(folder: &TempFolder, name: &str, lines: &[&str]) -> std::path::PathBuf {
    let features: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            format!(
                r#"{{"type":"Feature","properties":{{"名称":"线{i}"}},
                "geometry":{{"type":"LineString","coordinates":{line}}}}}"#
            )
        })
        .collect();
    let path = folder.path().join(name);
    let all = features.join(",");
    std::fs::write(&path, format!(r#"{{"type":"FeatureCollection","features":[{all}]}}"#)).unwrap();
    path
}

const LINE: &str = "[[112.50,37.80],[112.60,37.80],[112.60,37.90]]";

#[test]
fn the_only_feature_of_a_file_is_taken_and_named() {
    let (folder, mut desk, id) = asked("placing-file");
    let path = file(&folder, "线位.geojson", &[LINE]);
    place(&mut desk, PlaceStep::SetSource("会议纪要".to_owned()));
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Place, paths: vec![path] });
    let placing = desk.state.placing.clone().expect("it is still asked");
    assert_eq!(
        placing.accuracy,
        Accuracy::Schematic,
        "a line is indicative until somebody says more"
    );
    assert!(placing.source.starts_with("会议纪要；"), "{}", placing.source);
    assert!(placing.source.contains("线0") && placing.source.contains("线位.geojson"));
    place(&mut desk, PlaceStep::Set);
    let Shape::Line(line) = shape(&desk, &id) else { panic!("no line") };
    let own: Vec<(f64, f64)> = line.0.iter().map(|c| (c.x, c.y)).collect();
    assert_eq!(own, [(112.5, 37.8), (112.6, 37.8), (112.6, 37.9)]);
}

#[test]
fn of_several_features_one_is_chosen() {
    let (folder, mut desk, id) = asked("placing-features");
    let path = file(&folder, "b.geojson", &[LINE, "[[112.4,37.7],[112.5,37.7]]"]);
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Place, paths: vec![path] });
    let placing = desk.state.placing.clone().unwrap();
    let (features, count) = placing::features(&desk.state, &placing);
    assert_eq!((features.len(), count), (2, 2));
    assert_eq!(placing::geometry(&placing, desk.state.sketch.as_ref()), None, "nobody chose");
    place(&mut desk, PlaceStep::Feature(features[1]));
    place(&mut desk, PlaceStep::Set);
    let Shape::Line(line) = shape(&desk, &id) else { panic!("no line") };
    assert_eq!(line.0.len(), 2);
    // A feature that is there no longer is none.
    let gone = FeatureRef { file: 99, layer: 0, chunk: 0, row: 0 };
    place(&mut desk, PlaceStep::Ask(id));
    place(&mut desk, PlaceStep::Feature(gone));
    assert_eq!(desk.state.sketch, None);
}

#[test]
fn vertices_are_moved_added_and_taken_out_each_step_taken_back() {
    let (folder, mut desk, id) = asked("placing-vertices");
    let path = file(&folder, "a.geojson", &[LINE]);
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Place, paths: vec![path] });
    place(&mut desk, PlaceStep::Set);
    place(&mut desk, PlaceStep::Adjust(id.clone()));
    let now = |desk: &Desk| {
        let sketch = desk.state.sketch.as_ref().unwrap();
        sketch.vertices().iter().map(|p| (p.lon_deg, p.lat_deg)).collect::<Vec<_>>()
    };
    let start = now(&desk);
    let mut seen = vec![start.clone()];
    let steps = [
        SketchStep::Move(0, LonLat::new(112.49, 37.79)),
        SketchStep::Insert(1, LonLat::new(112.55, 37.81)),
        SketchStep::Insert(4, LonLat::new(112.7, 37.9)),
        SketchStep::Pick(Some(2)),
        SketchStep::Remove,
    ];
    for step in steps {
        desk.act(Action::Sketch(step));
        if now(&desk) != *seen.last().unwrap() {
            seen.push(now(&desk));
        }
    }
    let wanted = [(112.49, 37.79), (112.55, 37.81), (112.6, 37.9), (112.7, 37.9)];
    assert_eq!((now(&desk), seen.len()), (wanted.to_vec(), 5));
    for before in seen.iter().rev().skip(1) {
        desk.act(Action::Sketch(SketchStep::TakeBack));
        assert_eq!(now(&desk), *before);
    }
    for after in &seen[1..] {
        desk.act(Action::Sketch(SketchStep::SetAgain));
        assert_eq!(now(&desk), *after);
    }
    place(&mut desk, PlaceStep::Set);
    let Shape::Line(line) = shape(&desk, &id) else { panic!("no line") };
    assert_eq!(line.0.iter().map(|c| (c.x, c.y)).collect::<Vec<_>>(), wanted);
    desk.act(Action::Undo);
    let Shape::Line(line) = shape(&desk, &id) else { panic!("no line") };
    assert_eq!(line.0.iter().map(|c| (c.x, c.y)).collect::<Vec<_>>(), start);
    // A line keeps two vertices, an area three.
    place(&mut desk, PlaceStep::Adjust(id));
    for _ in 0..5 {
        desk.act(Action::Sketch(SketchStep::PickNext));
        desk.act(Action::Sketch(SketchStep::Remove));
    }
    assert_eq!(now(&desk).len(), 2);
}

#[test]
fn esc_drops_the_figure_then_the_question() {
    let (_folder, mut desk, id) = asked("placing-escape");
    place(&mut desk, PlaceStep::Draw);
    for p in [(112.5, 37.8), (112.6, 37.8), (112.6, 37.9)] {
        desk.act(Action::Sketch(SketchStep::Add(LonLat::new(p.0, p.1))));
    }
    desk.act(Action::Sketch(SketchStep::Close));
    assert_eq!(desk.state.sketch.as_ref().map(|own| own.stage), Some(Stage::Ring));
    // What is told goes first.
    while let Some(notice) = desk.state.notices.first() {
        let id = notice.id;
        desk.act(Action::DismissNotice(id));
    }
    desk.act(Action::Escape);
    assert!(desk.state.sketch.is_none() && desk.state.placing.is_some());
    desk.act(Action::Escape);
    assert_eq!(desk.state.placing, None);
    assert!(!desk.state.catalogue.project(&id).unwrap().is_located());
}

#[test]
fn the_plan_of_the_program_offers_a_copy_first() {
    let mut desk = Desk::new();
    place(&mut desk, PlaceStep::Ask("B1-02".to_owned()));
    assert_eq!((&desk.state.overlay, &desk.state.placing), (&Overlay::KeepCopy, &None));
}

/// The vertex of a border that lies nearest to the pointer, by a plain scan.
#[test]
fn a_vertex_keeps_to_the_nearest_vertex_of_a_border() {
    let state = state();
    let county = &state.catalogue.counties[0];
    let vertices: Vec<LonLat> = state
        .catalogue
        .counties
        .iter()
        .flat_map(|county| county.polygon.iter().flat_map(|own| own.exterior().0.clone()))
        .map(LonLat::from)
        .collect();
    let own = LonLat::from(county.polygon.0[0].exterior().0[7]);
    let around = |d: f64| Extent {
        west_deg: own.lon_deg - d,
        east_deg: own.lon_deg + d,
        south_deg: own.lat_deg - d,
        north_deg: own.lat_deg + d,
    };
    let viewport = fit(around(0.002), [1000.0, 800.0], Padding::even(0.0));
    let [x, y] = viewport.to_pt(mercator::from_lon_lat(own));
    let pointer = [x + 3.0, y - 2.0];
    let found = snap(&state, &viewport, pointer).expect("a border lies there");
    let at = mercator::to_lon_lat(viewport.to_mercator(pointer));
    let off = |p: &LonLat| geodesic::distance_m(*p, at);
    let nearest = vertices.iter().min_by(|a, b| off(a).total_cmp(&off(b))).unwrap();
    assert!(found.is_vertex && geodesic::distance_m(found.at, *nearest) < 0.01, "{found:?}");
    assert!(!found.words.is_empty());
    // Far from everything there is nothing to keep to.
    let sea = fit(
        Extent { west_deg: 150.0, east_deg: 150.1, south_deg: 10.0, north_deg: 10.1 },
        [1000.0, 800.0],
        Padding::even(0.0),
    );
    assert_eq!(snap(&state, &sea, [500.0, 400.0]), None);
}

/// A line in another province is divided by the counties there, as the country's file has them.
#[test]
fn a_line_anywhere_is_divided_by_the_counties_there() {
    let (folder, mut desk, id) = asked("placing-split");
    // From 余杭 to 安吉, both in 浙江.
    let path = file(&folder, "a.geojson", &["[[119.98,30.27],[119.68,30.63]]"]);
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Place, paths: vec![path] });
    let placing = desk.state.placing.clone().unwrap();
    let geometry = placing::geometry(&placing, desk.state.sketch.as_ref()).unwrap();
    assert!(is_elsewhere(&desk.state, &geometry));
    place(&mut desk, PlaceStep::Set);
    let project = desk.state.catalogue.project(&id).unwrap();
    let areas = Areas::read(AREAS).unwrap();
    let Shape::Line(line) = shape(&desk, &id) else { panic!("no line") };
    let wanted = areas.along(&jintu::geo::Alignment::new(&line));
    let wanted: BTreeSet<String> = wanted.into_iter().filter_map(|piece| piece.code).collect();
    let own: BTreeSet<String> = project
        .counties
        .iter()
        .filter(|share| share.length_km.is_some())
        .map(|share| share.code.clone())
        .collect();
    assert!(own.contains("330523") && own.len() >= 2, "{own:?}");
    assert_eq!(own, wanted);
    assert_eq!(project.beyond_km, None);
    let names: Vec<&str> = project.counties.iter().map(|share| share.name.as_str()).collect();
    assert!(names.contains(&"安吉县"), "{names:?}");
    // The filter knows the county, and only this project is there.
    let county =
        desk.state.catalogue.county("330523").expect("it is a county of the catalogue now");
    assert!(!county.in_city);
}

#[test]
fn the_search_finds_units_and_towns_of_the_whole_country_after_the_plans_own() {
    let country = Country::read(AREAS).unwrap();
    let catalogue = real::catalogue();
    let finder = Finder::new(&catalogue);
    let find = |text: &str| {
        let found = finder.find(&catalogue, Some(&country), text, &[], 6);
        let groups: Vec<HitGroup> = found.groups.iter().map(|own| own.group).collect();
        let names: Vec<String> = found
            .hits()
            .filter_map(|hit| match hit {
                Hit::Elsewhere(own) => Some(format!("{}{}", own.within, own.name.zh)),
                _ => None,
            })
            .collect();
        (groups, names)
    };
    assert_eq!(find("安吉县").1, ["浙江省湖州市安吉县"]);
    assert_eq!(find("安吉").1[0], "浙江省湖州市安吉县");
    assert!(find("anji").1.contains(&"浙江省湖州市安吉县".to_owned()));
    assert_eq!(find("浙江").1[0], "浙江省");
    assert_eq!(find("湖州").1[0], "浙江省湖州市");
    assert!(find("昆铜乡").1.contains(&"浙江省湖州市安吉县昆铜乡".to_owned()));
    // Four counties are called 朝阳, none of them here.
    let (_, names) = find("朝阳区");
    assert!(names.len() >= 2 && names.iter().all(|name| name.ends_with("朝阳区")), "{names:?}");
    // The plan's own come first and are not told twice.
    let (groups, names) = find("清徐县");
    assert_eq!(groups[0], HitGroup::County);
    assert!(!names.iter().any(|name| name.ends_with("清徐县")), "{names:?}");
    assert!(find("没有这个地方").1.is_empty());
    // A unit is shown whole.
    let found = finder.find(&catalogue, Some(&country), "安吉县", &[], 6);
    let Some(Hit::Elsewhere(own)) = found.hits().next() else { panic!("{found:?}") };
    let extent = own.extent.unwrap();
    assert!(extent.contains(LonLat::new(119.68, 30.63)) && extent.east_deg - extent.west_deg < 1.0);
}

#[test]
fn who_searches_in_the_window_finds_any_county_once_the_country_is_read() {
    let mut desk = Desk::new();
    desk.act(Action::SetSearchText("安吉县".to_owned()));
    let Overlay::Search(own) = &desk.state.overlay else { panic!("no list") };
    assert!(own.found.hits().any(|hit| matches!(hit, Hit::Elsewhere(_))), "{own:?}");
    assert!(own.row.is_some(), "Enter goes there");
}
