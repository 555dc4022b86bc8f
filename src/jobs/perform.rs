//! Doing jobs.

use super::{Report, Services, export_layers};
use crate::{
    app::{Action, ExportFormat, Job, Language, Secret, State},
    basemap::Basemap,
    raster::Fonts,
    report, store, tr,
};

/// Does a job and says how it ended; `None` for what succeeds silently.
pub fn perform(
    job: Job,
    state: &State,
    basemap: Option<&Basemap>,
    services: &Services,
    send: &Report,
) -> Option<Action> {
    let language = state.settings.language;
    let failed = |reason: String| {
        Some(Action::JobFailed { message: tr!(language, "export.failed", reason = reason) })
    };
    match job {
        Job::OpenBasemap { text, datum } => {
            Some(services.open_basemap(&text, datum, language, send))
        }
        Job::SaveKey { kind, key } => Some(services.set_key(kind, &key, state.basemaps.sources())),
        Job::RemoveKey(kind) => {
            let none = Secret(String::new());
            Some(services.set_key(kind, &none, state.basemaps.sources()))
        }
        Job::ReadKeys => Some(services.read_keys(state.basemaps.sources())),
        Job::TestKey => services.test_key(state.basemaps.sources(), language),
        Job::RetryTiles => {
            services.retry();
            None
        }
        Job::OpenFile { file, path, cancel } => {
            services.open_file(file, &path, language, &cancel, send);
            None
        }
        Job::FilterLayers { request, layers, filter } => {
            Some(services.filter(request, layers, &filter))
        }
        Job::Package(order, cancel) => {
            services.package(&order, language, &cancel, send);
            None
        }
        Job::SaveSettings(settings) => match store::settings::save(&settings) {
            Ok(()) => None,
            Err(e) => failed(e.to_string()),
        },
        Job::Export { format, path, projects, viewport } => {
            let bytes = match format {
                ExportFormat::Png => picture(state, basemap, viewport),
                ExportFormat::Csv | ExportFormat::GeoJson => {
                    report::export(&state.catalogue, &projects, format, language)
                }
            };
            match bytes
                .and_then(|b| store::files::write_atomic(&path, &b).map_err(|e| e.to_string()))
            {
                Ok(()) => {
                    let path = path.display().to_string();
                    Some(Action::JobDone { message: tr!(language, "export.done", path = path) })
                }
                Err(reason) => failed(reason),
            }
        }
    }
}

fn picture(
    state: &State,
    basemap: Option<&Basemap>,
    viewport: Option<crate::scene::Viewport>,
) -> Result<Vec<u8>, String> {
    let language: Language = state.settings.language;
    let basemap = basemap.ok_or_else(|| tr!(language, "export.no_basemap"))?;
    let fonts: Fonts = store::fonts().map_err(|e| e.to_string())?;
    let view = viewport.ok_or_else(|| tr!(language, "export.no_view"))?;
    let mut wanted = report::picture::Wanted {
        shown: &state.shown,
        selected: &state.selected,
        filter: &state.filter,
        language,
        mode: state.settings.mode,
        size_px: [3840, 2160],
        pixels_per_point: 2.0,
        view: report::picture::Frame::Viewport(view),
        layers: &[],
    };
    let layers = export_layers::in_picture(state, &wanted.viewport(), wanted.pixels_per_point);
    wanted.layers = &layers;
    report::picture::png(&state.catalogue, basemap, &fonts, wanted).map_err(|e| e.to_string())
}
