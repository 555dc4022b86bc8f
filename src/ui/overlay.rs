//! What lies over everything: lists, sheets, notices.

use egui::Ui;

use super::{
    add_project, browse, column_question, crs_question, export, feature, help, layer_export,
    layer_join, layer_style, messages, notices, package, palette, pick_list, place_sheet, replace,
    revision, search, set_many, table_preview, views, workbook,
};
use crate::{
    app::{Action, Overlay, State, command::Outcome},
    theme::Theme,
};

/// Draws whatever is open. A slide is shown to others: notices wait until it is over.
pub fn show(
    ui: &Ui,
    state: &State,
    sheet: &mut export::Sheet,
    layer_sheet: &mut layer_export::Sheet,
    package: &mut package::Sheet,
    out: &mut Outcome,
) {
    let theme = Theme::of(state.settings.mode);
    let actions = &mut out.actions;
    match &state.overlay {
        Overlay::None => {
            sheet.closed();
            layer_sheet.closed();
            package.closed();
            place_sheet::show(ui, state, theme, actions);
        }
        Overlay::PickList { ids, features, at_pt, row } => {
            let listed = pick_list::Listed { ids, features, row: *row };
            pick_list::show(ui, state, listed, *at_pt, theme, actions);
        }
        Overlay::Palette(own) => palette::show(ui, state, own, theme, out),
        Overlay::Views => views::show(ui, state, theme, out),
        Overlay::Search(own) => search::show(ui, state, own, theme, out),
        Overlay::Help => help::show(ui, state, theme, actions),
        Overlay::Browse(own) => browse::show(ui, state, own, theme, actions),
        Overlay::Replace(order) => {
            replace::show(ui, state, &order.path, &Action::OpenExport, theme, actions);
            sheet.ask();
        }
        Overlay::ReplaceLayer(order) => {
            let rename = Action::OpenLayerExport(order.key);
            replace::show(ui, state, &order.path, &rename, theme, actions);
            layer_sheet.ask();
        }
        Overlay::ExportLayer(file, layer) => {
            layer_sheet.show(ui, state, (*file, *layer), theme, actions);
        }
        Overlay::Export => sheet.show(ui, state, theme, actions),
        Overlay::Feature(feature) => feature::show(ui, state, feature, theme, actions),
        Overlay::LayerStyle(file, layer) => {
            layer_style::show(ui, state, (*file, *layer), theme, actions);
        }
        Overlay::Join(question) => layer_join::show(ui, state, question, theme, actions),
        Overlay::AskCrs(question) => crs_question::show(ui, state, question, theme, actions),
        Overlay::AskColumns(question) => {
            column_question::show(ui, state, question, theme, actions);
        }
        Overlay::Messages => messages::show(ui, state, theme, actions),
        Overlay::KeepCopy => workbook::keep_copy(ui, state, theme, actions),
        Overlay::BookLog => workbook::log(ui, state, theme, actions),
        Overlay::Revision => revision::show(ui, state, theme, actions),
        Overlay::ReplaceBook(order) => workbook::replace(ui, state, order, theme, actions),
        Overlay::AddProject => add_project::show(ui, state, theme, actions),
        Overlay::SetMany => set_many::show(ui, state, theme, actions),
        Overlay::TablePreview(preview) => {
            table_preview::show(ui, state, preview, theme, actions);
        }
        Overlay::Package => package.show(ui, state, theme, actions),
    }
    if state.tour.is_none() {
        notices::show(ui, state, theme, &mut out.actions);
    }
}
