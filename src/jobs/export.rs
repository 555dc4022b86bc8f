//! Writing what is shown into a file.

use super::{Services, layers_in_picture, tell::NotSaved};
use crate::{
    app::{Cancel, ExportFormat, Message, News, export::ExportOrder},
    report::{
        self,
        picture::{Frame, Wanted},
    },
    store,
};

/// Makes the file. A stopped export writes nothing.
pub fn export(order: &ExportOrder, services: &Services, cancel: &Cancel) -> Result<(), Message> {
    let bytes = match order.format {
        ExportFormat::Png => picture(order, services)?,
        ExportFormat::Csv | ExportFormat::GeoJson => {
            let catalogue = &order.catalogue.0;
            report::export(catalogue, &order.projects, order.format, order.language)
                .map_err(|reason| Message::new(NotSaved(Message::new(reason))))?
        }
    };
    if cancel.is_stopped() {
        return Err(News::Broke.into());
    }
    store::files::write_atomic(&order.path, &bytes).map_err(Message::new)
}

fn picture(order: &ExportOrder, services: &Services) -> Result<Vec<u8>, Message> {
    let not_saved = |reason: Message| Message::new(NotSaved(reason));
    let basemap = services.basemap.as_deref().ok_or_else(|| not_saved(News::NoBasemap.into()))?;
    let view = order.picture.view.ok_or_else(|| not_saved(News::NoView.into()))?;
    let fonts = store::fonts().map_err(|e| not_saved(e.into()))?;
    let picture = &order.picture;
    let mut wanted = Wanted {
        shown: &picture.shown,
        selected: &picture.selected,
        filter: &picture.filter,
        language: order.language,
        mode: picture.mode,
        size_px: [3840, 2160],
        pixels_per_point: 2.0,
        view: Frame::Viewport(view),
        layers: &[],
    };
    let layers = layers_in_picture::layers_in_picture(
        &picture.layers,
        picture.mode,
        &wanted.viewport(),
        wanted.pixels_per_point,
    );
    wanted.layers = &layers;
    report::picture::png(&order.catalogue.0, basemap, &fonts, wanted)
        .map_err(|e| not_saved(e.into()))
}
