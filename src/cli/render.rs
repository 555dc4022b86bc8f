//! `jintu render`: the map into a file, without a display.

use std::{process::ExitCode, sync::Arc};

use super::{CliError, args::RenderArgs, commands::load_usable, complain};
use crate::{
    app::{Language, Tell, open_layers::finding_words},
    basemap::Basemap,
    jobs::{Services, layers_in_picture::layers_in_picture},
    report::picture::{Frame, Wanted, png},
    store,
    style::Mode,
};

/// Renders by the arguments.
pub fn render(args: &RenderArgs, language: Language) -> Result<ExitCode, CliError> {
    let size_px = size(&args.size)?;
    let is_png = args.output.extension().is_some_and(|e| e.eq_ignore_ascii_case("png"));
    if !is_png {
        let name = args.output.display();
        return Err(CliError::Usage(format!(
            "-o {name}: the map is written as PNG; end the name in .png"
        )));
    }
    if !(0.25..=8.0).contains(&args.scale) {
        return Err(CliError::Usage(format!("--scale {}: give 0.25 to 8", args.scale)));
    }
    let catalogue = load_usable(args.filter.plan.as_deref(), language)?;
    let filter = args.filter.filter(&catalogue)?;
    let shown = filter.apply(&catalogue);
    let projects = shown.iter().filter_map(|&i| catalogue.projects.get(i));
    let extent = filter
        .extent
        .or_else(|| if filter.is_empty() { None } else { catalogue.extent_of(projects) })
        .or_else(|| catalogue.city_extent())
        .ok_or_else(|| CliError::Data("the county data is missing".to_owned()))?;
    let bad = |e: String| CliError::Data(e);
    let basemap = Basemap::open(store::BASEMAP).map_err(|e| bad(e.to_string()))?;
    let fonts = store::fonts().map_err(|e| bad(e.tell(language)))?;
    let mode = if args.dark { Mode::Dark } else { Mode::Light };
    let services = Services::new(&catalogue, None, None, Arc::new(|| ()));
    let (orders, findings) =
        services.read_layers(&args.files, &filter).map_err(|e| bad(e.tell(language)))?;
    for (layer, finding) in findings {
        complain(&format!("{layer}: {}", finding_words(&finding, language)));
    }
    let mut wanted = Wanted {
        shown: &shown,
        selected: &[],
        filter: &filter,
        language,
        mode,
        size_px,
        pixels_per_point: args.scale,
        view: Frame::Extent(extent),
        layers: &[],
    };
    let layers = layers_in_picture(&orders, mode, &wanted.viewport(), args.scale);
    wanted.layers = &layers;
    let picture =
        png(&catalogue, &basemap, &fonts, wanted).map_err(|e| CliError::Usage(e.tell(language)))?;
    store::files::write_atomic(&args.output, &picture).map_err(|e| bad(e.tell(language)))?;
    Ok(ExitCode::SUCCESS)
}

fn size(text: &str) -> Result<[u32; 2], CliError> {
    let parsed = text
        .split_once(['x', 'X', '×'])
        .and_then(|(w, h)| Some([w.trim().parse().ok()?, h.trim().parse().ok()?]));
    match parsed {
        Some([w, h]) if (16..=20_000).contains(&w) && (16..=20_000).contains(&h) => Ok([w, h]),
        _ => Err(CliError::Usage(format!(
            "--size {text}: give width×height of 16 to 20000 pixels, such as 1920x1080"
        ))),
    }
}
