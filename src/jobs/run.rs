//! Doing jobs, each on a thread of its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
};

use super::{
    Report, Services, browse,
    export::{self, Saved},
    layer_export, layer_join, layer_table,
};
use crate::{
    app::{
        Action, CrsAnswer, Job, Message, News, NoticeLevel, Order, Secret, SharedClasses,
        search_box::SharedCountry,
    },
    layer::{ChosenColumns, style::classify},
    search::Country,
    store::{
        self,
        layers::{Columns, OpenOptions},
    },
    tile::TileSupply,
    units::Extent,
};

/// Starts a job on a thread. Everything it finds goes to `report`, its end last.
pub fn start(job: Job, services: &Arc<Services>, report: &Arc<Report>) {
    let (id, services, own) = (job.id, services.clone(), report.clone());
    let work = move || run(job, &services, &*own);
    if let Err(e) = thread::Builder::new().name("job".to_owned()).spawn(work) {
        let reason = News::NoThread(e.to_string());
        report(Action::Notify(NoticeLevel::Problem, reason.into()));
        report(Action::JobEnded { job: id, broke: true });
    }
}

/// Does a job now and reports its end. A panic in it is reported, too, and goes no further.
pub fn run(job: Job, services: &Services, report: &Report) {
    let id = job.id;
    // What a job shares is behind locks that heal, or whole values only.
    let done = catch_unwind(AssertUnwindSafe(|| perform(job, services, report)));
    report(Action::JobEnded { job: id, broke: done.is_err() });
}

fn perform(Job { id, order, cancel }: Job, services: &Services, report: &Report) {
    let failed = |reason| report(Action::Notify(NoticeLevel::Problem, reason));
    match order {
        Order::OpenBasemap { text, datum } => {
            match services.open_basemap(&text, datum, &cancel, report) {
                Ok(Some(sources)) => report(Action::BasemapOpened(sources)),
                Ok(None) => {}
                Err(reason) => failed(reason),
            }
        }
        Order::SaveKey { kind, key, sources } => report(services.set_key(kind, &key, &sources)),
        Order::RemoveKey { kind, sources } => {
            report(services.set_key(kind, &Secret(String::new()), &sources));
        }
        Order::ReadKeys(sources) => report(services.read_keys(&sources)),
        Order::TestKey(sources) => {
            if let Some(answer) = services.test_key(&sources).filter(|_| !cancel.is_stopped()) {
                report(answer);
            }
        }
        Order::RetryTiles => TileSupply::retry(&services.tiles),
        Order::AskFile(question) => browse::ask(*question, report),
        Order::ReadFolder(folder) => browse::read(folder, report),
        Order::TryColumns { request, path, sheet, columns, system, near } => {
            let options = options(system, Some(columns), near);
            let options = OpenOptions { layer: sheet, ..options };
            let landing = services.try_columns(&path, &options, &cancel);
            report(Action::ColumnsTried { request, landing });
        }
        Order::ShowTable { file, path } => services.show_table(file, &path, &cancel, report),
        Order::OpenFile { file, path, system, columns, near } => {
            let options = options(system, columns, near);
            services.open_file(file, &path, &options, &cancel, report);
        }
        Order::FindLayers { book, records } => services.find_layers(&book, &records, report),
        Order::FilterLayers { request, layers, filter } => {
            if let Some(answer) = services.filter_layers(request, layers, &filter, &cancel) {
                report(answer);
            }
        }
        Order::ClassLayer { request, key, data, rule } => {
            let classes = classify(&data.0, &rule, &|| cancel.is_stopped());
            let classes = classes.map(|classes| SharedClasses(Arc::new(classes)));
            report(Action::LayerClassed { key, request, classes });
        }
        Order::OrderRows { of, request, data, passed, sort } => {
            layer_table::order(of, request, &data, passed.as_ref(), sort, &cancel, report);
        }
        Order::ZoomToRows { data, rows } => layer_table::zoom_to(&data, &rows, &cancel, report),
        Order::CopyRows { data, fields, order, selected } => {
            layer_table::copy(&data, &fields, &order, &selected, &cancel, report);
        }
        Order::ReadTable { request, own, fields, own_fields, path, sheet, kept } => {
            let (sheet, kept) = (sheet.as_deref(), kept.as_ref());
            let fields = (fields, own_fields);
            layer_join::read(request, &own, fields, &path, sheet, kept, &cancel, report);
        }
        Order::MeetTable { request, own, table, keys } => {
            layer_join::meet(request, &own, &table.0, keys, &cancel, report);
        }
        Order::JoinTable(order) => layer_join::join(*order, &cancel, report),
        Order::ReadCountry => match Country::read(store::AREAS) {
            Ok(country) => report(Action::CountryRead(SharedCountry(Arc::new(country)))),
            Err(reason) => failed(Message::new(reason)),
        },
        Order::Workbook(order) => services.do_workbook(*order, report),
        Order::Package(order) => services.package(&order, &cancel, report),
        Order::SaveSettings(settings) => {
            if let Some(reason) = services.save_settings(id, &settings) {
                failed(reason);
            }
        }
        Order::ExportLayer(order) => layer_export::export_layer(order, &cancel, report),
        Order::Export(order) => match export::export(&order, services, &cancel) {
            Ok(Saved::NameTaken) => report(Action::AskReplace(order)),
            Ok(Saved::Written { left, .. }) if !left.is_empty() => {
                let written = Message::new(layer_export::Written { path: order.path, left });
                report(Action::Notify(NoticeLevel::Done, written));
            }
            Ok(Saved::Written { missing, neutralised, .. }) => {
                report(Action::Notify(NoticeLevel::Done, News::Exported(order.path).into()));
                if let Some(missing) = missing {
                    failed(missing.into());
                }
                if neutralised > 0 {
                    report(Action::Notify(
                        NoticeLevel::Done,
                        News::FormulasKeptOut(neutralised).into(),
                    ));
                }
            }
            // Whoever stopped it knows; nothing was written.
            Err(_) if cancel.is_stopped() => {}
            Err(reason) => failed(reason),
        },
    }
}

/// How a file is opened, as the user said of it.
fn options(
    system: Option<CrsAnswer>,
    columns: Option<ChosenColumns>,
    near: Option<Extent>,
) -> OpenOptions {
    let usual = OpenOptions::default();
    OpenOptions {
        crs: system.map(|system| system.crs),
        swapped: system.is_some_and(|system| system.swapped),
        columns: columns.map_or(Columns::Found, Columns::Chosen),
        near: near.unwrap_or(usual.near),
        ..usual
    }
}
