//! Writing what is shown into a file.

use super::{
    Services,
    drawing::{NotDrawn, draw},
    tell::NotSaved,
};
use crate::{
    app::{Cancel, Message, News, export::ExportOrder},
    report, store,
    tile::Failure,
};

/// Makes the file and says which tiles it lacks. A stopped export writes nothing.
pub fn export(
    order: &ExportOrder,
    services: &Services,
    cancel: &Cancel,
) -> Result<Option<(usize, Failure)>, Message> {
    let not_saved = |reason: Message| Message::new(NotSaved(reason));
    let catalogue = &order.catalogue.0;
    let mut missing = None;
    let bytes = if order.format.is_drawing() {
        let drawn = draw(&order.drawing, order.format, catalogue, order.language, services, cancel);
        let drawn = drawn.map_err(|reason| not_saved(reason.into()))?;
        missing = drawn.missing_tiles;
        drawn.bytes
    } else {
        report::export(catalogue, &order.projects, order.format, order.language)
            .map_err(|reason| not_saved(Message::new(reason)))?
    };
    if cancel.is_stopped() {
        return Err(News::Broke.into());
    }
    store::files::write_atomic(&order.path, &bytes).map_err(Message::new)?;
    Ok(missing)
}

impl From<NotDrawn> for Message {
    fn from(reason: NotDrawn) -> Self {
        match reason {
            NotDrawn::Drawing(error) => Self::new(error),
            NotDrawn::Other(message) => message,
        }
    }
}
