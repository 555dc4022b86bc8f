//! Writing what is shown into a file.

use super::{
    Services,
    drawing::{NotDrawn, draw},
    tell::NotSaved,
};
use crate::{
    app::{Cancel, ExportFormat, Message, News, export::ExportOrder, filter_sentence},
    catalogue::Project,
    layer::Finding,
    report::{self, project_layer::project_layer, xlsx::xlsx},
    store::{
        self,
        layers::{
            write::{Outgoing, Watch, WriteError, WriteOptions},
            write_layers,
        },
    },
};

/// How an export ended.
#[derive(Debug)]
pub enum Saved {
    /// With what is told of tiles that the drawing lacks, how many texts were kept from becoming
    /// formulas, and what the file does not hold of the projects.
    Written { missing: Option<News>, neutralised: usize, left: Vec<Finding> },
    /// A file of that name is there and may not be replaced unasked.
    NameTaken,
}

/// Makes the file. A stopped export writes nothing.
pub fn export(order: &ExportOrder, services: &Services, cancel: &Cancel) -> Result<Saved, Message> {
    if is_taken(order) {
        return Ok(Saved::NameTaken);
    }
    let not_saved = |reason: Message| Message::new(NotSaved(reason));
    let catalogue = &order.catalogue.0;
    if order.format.is_of_layers() {
        return as_layer(order, cancel);
    }
    let (mut missing, mut neutralised) = (None, 0);
    let bytes = if order.format.is_drawing() {
        let drawn = draw(&order.drawing, order.format, catalogue, order.language, services, cancel);
        let drawn = drawn.map_err(|reason| not_saved(reason.into()))?;
        missing = drawn.missing_tiles;
        drawn.bytes
    } else if order.format == ExportFormat::Xlsx {
        let filter = filter_sentence(catalogue, &order.drawing.filter, order.language);
        let positions = order.projects.iter().filter_map(|id| catalogue.position(id));
        let totals = catalogue.totals(positions);
        let bytes = xlsx(catalogue, &projects(order), &filter, &totals, order.language);
        bytes.map_err(|reason| not_saved(Message::new(report::TableError::from(reason))))?
    } else {
        let exported = report::export(catalogue, &order.projects, order.format, order.language)
            .map_err(|reason| not_saved(Message::new(reason)))?;
        neutralised = exported.neutralised;
        exported.bytes
    };
    if cancel.is_stopped() {
        return Err(News::Broke.into());
    }
    // While it was drawn another program may have taken the name.
    if is_taken(order) {
        return Ok(Saved::NameTaken);
    }
    store::files::write_atomic(&order.path, &bytes).map_err(Message::new)?;
    Ok(Saved::Written { missing, neutralised, left: Vec::new() })
}

/// The projects in the order of their rows.
fn projects(order: &ExportOrder) -> Vec<&Project> {
    order.projects.iter().filter_map(|id| order.catalogue.0.project(id)).collect()
}

/// The projects as a layer, by the writers that layers have.
fn as_layer(order: &ExportOrder, cancel: &Cancel) -> Result<Saved, Message> {
    let layer = project_layer(&order.catalogue.0, &projects(order), order.language);
    let options = WriteOptions { overwrite: order.replace, ..WriteOptions::default() };
    let watch = Some(Watch { cancel: &cancel.0, passed: &|_| {} });
    let own = Outgoing { watch, ..Outgoing::all(&layer) };
    match write_layers(&[own], &order.path, &options) {
        Ok(left) => Ok(Saved::Written { missing: None, neutralised: 0, left }),
        Err(WriteError::Exists(_)) => Ok(Saved::NameTaken),
        Err(reason) => Err(Message::new(reason)),
    }
}

fn is_taken(order: &ExportOrder) -> bool {
    !order.replace && store::files::exists(&order.path)
}

impl From<NotDrawn> for Message {
    fn from(reason: NotDrawn) -> Self {
        match reason {
            NotDrawn::Drawing(error) => Self::new(error),
            NotDrawn::Other(message) => message,
        }
    }
}
