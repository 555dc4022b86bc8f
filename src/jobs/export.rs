//! Writing what is shown into a file.

use super::{
    Services,
    drawing::{NotDrawn, draw},
    tell::NotSaved,
};
use crate::{
    app::{Cancel, Message, News, export::ExportOrder},
    report, store,
};

/// How an export ended.
#[derive(Debug)]
pub enum Saved {
    /// With what is told of tiles that the drawing lacks, and how many texts were kept from becoming
    /// formulas.
    Written { missing: Option<News>, neutralised: usize },
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
    let (mut missing, mut neutralised) = (None, 0);
    let bytes = if order.format.is_drawing() {
        let drawn = draw(&order.drawing, order.format, catalogue, order.language, services, cancel);
        let drawn = drawn.map_err(|reason| not_saved(reason.into()))?;
        missing = drawn.missing_tiles;
        drawn.bytes
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
    Ok(Saved::Written { missing, neutralised })
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
