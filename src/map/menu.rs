//! The menu of the right button: coordinates to copy, the map's middle, views left.

use egui::{Response, Ui};

use super::camera::Camera;
use crate::{
    app::{
        Action, CoordinateForm, FitTarget, News, NoticeLevel, State,
        command::{self, sheet},
        coordinate_words,
    },
    geo::mercator,
    theme::{self, Theme, size},
    tr,
    units::LonLat,
};

/// Opens at a click of the right button.
pub fn show(
    ui: &Ui,
    response: &Response,
    state: &State,
    camera: &Camera,
    actions: &mut Vec<Action>,
) {
    if state.tour.is_some() {
        return;
    }
    let kept = response.id.with("menu-position");
    if response.secondary_clicked()
        && let Some(p) = response.interact_pointer_pos()
    {
        let at = p - response.rect.min;
        let here = mercator::to_lon_lat(camera.viewport.to_mercator([at.x, at.y]));
        ui.data_mut(|d| d.insert_temp(kept, here));
    }
    let Some(here) = ui.data(|d| d.get_temp::<LonLat>(kept)) else { return };
    response.context_menu(|ui| {
        let language = state.settings.language;
        let theme = Theme::of(state.settings.mode);
        let heading = tr!(language, "menu.copy");
        ui.label(theme::text(heading, size::SMALL, false).color(theme.muted()));
        for form in CoordinateForm::ALL {
            let words = coordinate_words(form, here, state.settings.zone());
            let name = tr!(language, format!("coordinates.{}", form.key()));
            if ui.button(format!("{name}  {words}")).clicked() {
                // Degrees of another datum would be read as true ones.
                let is_shifted = matches!(form, CoordinateForm::Gcj02 | CoordinateForm::Bd09);
                let copied = if is_shifted { format!("{name} {words}") } else { words };
                ui.ctx().copy_text(copied.clone());
                actions.push(Action::Notify(NoticeLevel::Done, News::Copied(copied).into()));
                ui.close();
            }
        }
        ui.separator();
        if ui.button(tr!(language, "menu.center")).clicked() {
            actions.push(Action::Fit(FitTarget::Center(here)));
            ui.close();
        }
        for id in ["view-back", "view-forward", "fit-city"] {
            let Some(command) = command::named(id) else { continue };
            let button = egui::Button::new(command.name(language));
            let button = button.shortcut_text(sheet::keys_of(&command.chords()));
            if ui.add_enabled(command.is_enabled(state), button).clicked() {
                actions.extend(command::press(id, state).actions);
                ui.close();
            }
        }
    });
}
