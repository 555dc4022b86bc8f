//! The attribute table of the first layer: scrolled, sorted, filtered, all of it selected.

use std::{
    sync::{Arc, mpsc::channel},
    time::Instant,
};

use egui::{Event, vec2};
use jintu::{
    app::{Action, FieldSort, LayerKey, Order, TableStep},
    jobs::{DrawWorker, Services, run},
};

use crate::{
    quantiles,
    stage::{Spent, Stage, ms},
};
/// Prints what the table costs.
pub fn measure(window: &mut Stage, services: &Services) {
    let Some(file) = window.shell.state().files.first().map(|file| file.id) else { return };
    let of = (file, 0);
    let worker = DrawWorker::start(Arc::new(|| ()), Arc::new(|_| ())).expect("a thread");
    window.shell.map.selected.set_queue(Arc::new(worker));
    window.shell.begin(Action::OpenTable(Some(of)));
    window.rest();
    told("table scrolls    ", &scroll(window, 240));
    let Some((_, _, layer)) = window.shell.state().table_layer() else { return };
    let names: Vec<String> = layer.data.0.fields.iter().map(|field| field.name.clone()).collect();
    for (field, name) in names.iter().enumerate() {
        let sort = Some(FieldSort { field, descending: false });
        let spent = carry_out(window, services, of, TableStep::Sort(sort));
        println!("sorted by {name:<12} {spent:.0} ms, outside the UI thread");
    }
    told("sorted, scrolls  ", &scroll(window, 240));
    let text = format!("{} is not null", names.first().map_or("", String::as_str));
    let spent = carry_out(window, services, of, TableStep::SetCondition(text));
    println!("condition, order  {spent:.0} ms, outside the UI thread");
    let start = Instant::now();
    window.shell.begin(Action::LayerTable { of, step: TableStep::SelectAll });
    println!("all selected      {:.2} ms", ms(start));
    for _ in 0..40 {
        std::thread::sleep(std::time::Duration::from_millis(20));
        window.frame(Vec::new());
    }
    let still: Vec<Spent> = (0..60).map(|_| window.frame(Vec::new())).collect();
    told("all selected     ", &still);
    told("all selected, pan", &window.pan(200));
    println!("a frame           {} vertices of egui's", window.vertices);
    let spent = carry_out(window, services, of, TableStep::ZoomToSelection);
    println!("zoom to all       {spent:.0} ms, outside the UI thread");
}

fn told(what: &str, frames: &[Spent]) {
    let ui = quantiles(frames.iter().map(|spent| spent.ui));
    let frame = quantiles(frames.iter().map(|spent| spent.frame));
    println!(
        "{what} UI median {:.2} ms, p99 {:.2} ms; frame median {:.2} ms, p99 {:.2} ms",
        ui.0, ui.1, frame.0, frame.1
    );
}

/// The wheel over the rows.
fn scroll(window: &mut Stage, frames: u32) -> Vec<Spent> {
    let size = window.ctx.content_rect().size();
    window.frame(vec![Event::PointerMoved(egui::pos2(size.x / 2.0, size.y - 80.0))]);
    let notch = || Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, -3.0),
        phase: egui::TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
        source: egui::MouseWheelSource::Wheel,
    };
    (0..frames).map(|i| window.frame(if i % 3 == 0 { vec![notch()] } else { Vec::new() })).collect()
}

/// Does a step and the jobs that it asks for; how long those took.
fn carry_out(window: &mut Stage, services: &Services, of: LayerKey, step: TableStep) -> f64 {
    window.shell.take_jobs();
    window.shell.begin(Action::LayerTable { of, step });
    let mut spent = 0.0;
    loop {
        let jobs = window.shell.take_jobs();
        if jobs.is_empty() {
            return spent;
        }
        for job in jobs.into_iter().filter(|job| !matches!(job.order, Order::SaveSettings(_))) {
            let (send, heard) = channel();
            let start = Instant::now();
            run(job, services, &move |action| {
                let _ = send.send(action);
            });
            spent += ms(start);
            for action in heard.try_iter() {
                window.shell.begin(action);
            }
        }
        window.frame(Vec::new());
    }
}
