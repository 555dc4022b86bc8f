//! Names for what is painted: a picture has none by itself.

use egui::{Rect, Response, Ui, vec2};

use crate::{
    app::State,
    scene::{self, Viewport},
};

/// Tells screen readers and tests what the map is.
pub fn map(response: &Response, state: &State) {
    let label = crate::tr!(state.settings.language, "map.name");
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Application, true, label.clone()));
}

/// Painted things have no names of their own: each pin in view gets one.
pub fn pins(
    ui: &Ui,
    response: &Response,
    state: &State,
    shapes: &[scene::Shape],
    viewport: &Viewport,
) {
    const MOST: usize = 200;
    let language = state.settings.language;
    let mut told = 0;
    for shape in shapes {
        let (scene::Mark::Pin { at, radius_pt, .. }, Some(scene::Pick::Project(id))) =
            (&shape.mark, &shape.pick)
        else {
            continue;
        };
        let [x, y] = scene::pick::pin_head(viewport.to_pt(*at), *radius_pt);
        let head = Rect::from_center_size(
            response.rect.min + vec2(x, y),
            vec2(radius_pt * 2.0, radius_pt * 2.0),
        );
        if !response.rect.contains_rect(head) || told >= MOST {
            continue;
        }
        told += 1;
        let Some(project) = state.catalogue.project(id) else { continue };
        let node = ui.interact(head, response.id.with(id), egui::Sense::hover());
        let label = project.short_name.get(language).to_owned();
        node.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::GenericContainer, true, format!("● {label}"))
        });
    }
}
