//! What has to be quick before the first picture and at every keystroke.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jintu::{
    basemap::Basemap,
    catalogue::{Filter, Near, lower::lower},
    plan,
    scene::Prepared,
    store::{BASEMAP, SEEDS},
    units::LonLat,
};

fn start(c: &mut Criterion) {
    c.bench_function("parse the plan", |b| b.iter(|| plan::parse(black_box(SEEDS.plan))));
    c.bench_function("parse, place and index everything", |b| b.iter(|| lower(black_box(&SEEDS))));
    c.bench_function("open the basemap", |b| b.iter(|| Basemap::open(black_box(BASEMAP))));
    let catalogue = lower(&SEEDS).catalogue;
    c.bench_function("project and simplify", |b| b.iter(|| Prepared::new(black_box(&catalogue))));
}

fn filters(c: &mut Criterion) {
    let catalogue = lower(&SEEDS).catalogue;
    let county = Filter { counties: ["140121".to_owned()].into(), ..Filter::default() };
    let pinyin = Filter { text: "tysd".to_owned(), ..Filter::default() };
    let near = Near { at: LonLat::new(112.55, 37.87), km: 10.0 };
    let near = Filter { near: Some(near), ..Filter::default() };
    for (name, filter) in [("county", county), ("pinyin", pinyin), ("within 10 km", near)] {
        c.bench_function(&format!("filter by {name}"), |b| {
            b.iter(|| filter.apply(black_box(&catalogue)));
        });
    }
    let lines: Vec<_> = catalogue.alignments.iter().flatten().collect();
    c.bench_function("chainage at a point of every line", |b| {
        b.iter(|| {
            lines.iter().map(|line| line.locate(LonLat::new(112.5, 37.8)).chainage_m).sum::<f64>()
        });
    });
}

criterion_group!(benches, start, filters);
criterion_main!(benches);
