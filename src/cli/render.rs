//! `jintu render`: the map into a file, without a display.

use std::{path::Path, process::ExitCode, sync::Arc};

use super::{
    CliError,
    args::RenderArgs,
    commands::load_usable,
    complain,
    join::{Joins, remembered},
    layer_styles::Styles,
    target,
};
use crate::{
    app::{
        Action, Basemaps, Cancel, ExportFormat, Language, Message, Tell,
        basemaps::{Choice, OFFLINE},
        export::{DrawingForm, DrawingOrder, DrawingSize, MapPart},
        open_layers::finding_words,
    },
    catalogue::Outline,
    jobs::{
        Services,
        drawing::{Drawn, NotDrawn, draw, paper},
    },
    layer::Layer,
    sheet::{Orientation, Paper, scale::parse_denominator},
    store::{self, layers::OpenOptions},
    style::Mode,
    tr,
};

/// Renders by the arguments.
pub fn render(args: &RenderArgs, language: Language) -> Result<ExitCode, CliError> {
    let format = format(args, language)?;
    let form = form(args, format, language)?;
    Joins::check(&args.joins, language)?;
    let read = args.files.iter().chain(&args.joins.join);
    let read = read.map(|file| Some(file.as_path())).collect::<Vec<_>>();
    target::check(&args.output, true, &read, language)?;
    let catalogue = load_usable(&args.filter.of, language)?;
    let filter = args.filter.filter(&catalogue, language)?;
    let shown = filter.apply(&catalogue);
    let projects = shown.iter().filter_map(|&i| catalogue.project_at(i));
    let extent = filter
        .extent
        .or_else(|| filter.polygon.as_ref().and_then(Outline::extent))
        .or_else(|| if filter.is_empty() { None } else { catalogue.extent_of(projects) })
        .or_else(|| catalogue.city_extent())
        .ok_or_else(|| CliError::Data(tr!(language, "render.no_counties")))?;
    let bad = |e: &dyn Tell| CliError::Data(e.tell(language));
    let basemap = store::basemap().map_err(|e| bad(&e))?;
    let services = Services::new(&catalogue, Some(Arc::new(basemap)), None, Arc::new(|| ()));
    let near = catalogue.city_extent().unwrap_or(extent);
    let options = OpenOptions { crs: args.crs, near, ..OpenOptions::default() };
    let styles = Styles::of(args.layer_style.as_deref(), language)?;
    let style_of = |path: &Path, layer: &Layer| styles.of_layer(path, layer);
    let joins = Joins::read(&args.joins, language)?;
    // Settings that cannot be read were told of when the program began.
    let kept = store::settings::load().unwrap_or_default().layer_joins;
    let with_tables = |path: &Path, layer: Arc<Layer>| {
        if joins.is_empty() { remembered(&kept, path, layer, language) } else { joins.onto(&layer) }
    };
    let (layers, findings) = services
        .read_layers(&args.files, &options, &filter, &with_tables, &style_of)
        .map_err(|e| bad(&e))?;
    styles.tell_unmet(language);
    joins.are_joined(layers.first().map(|order| &*order.data.0))?;
    for (layer, finding) in findings {
        complain(&format!("{layer}: {}", finding_words(&finding, language)));
    }
    let chosen = chosen_basemap(args, &services, language)?;
    let order = DrawingOrder {
        shown,
        selected: Vec::new(),
        filter,
        mode: if args.dark { Mode::Dark } else { Mode::Light },
        relief: true,
        part: Some(MapPart::Extent(extent)),
        layers,
        figure: None,
        sources: chosen.sources.clone(),
        basemap_name: chosen.name.get(language).to_owned(),
        form,
    };
    let drawn = draw(&order, format, &catalogue, language, &services, &Cancel::default());
    let Drawn { bytes, missing_tiles } = drawn.map_err(|reason| match reason {
        NotDrawn::Drawing(error) if error.is_asked_wrong() => CliError::Usage(error.tell(language)),
        other => CliError::Data(Message::from(other).tell(language)),
    })?;
    if let Some(missing) = missing_tiles {
        complain(&missing.tell(language));
    }
    store::files::write_atomic(&args.output, &bytes).map_err(|e| bad(&e))?;
    Ok(ExitCode::SUCCESS)
}

fn format(args: &RenderArgs, language: Language) -> Result<ExportFormat, CliError> {
    let extension = args.output.extension().and_then(|extension| extension.to_str());
    let format = extension.and_then(ExportFormat::of_extension).filter(|f| f.is_drawing());
    format.ok_or_else(|| {
        CliError::Usage(tr!(language, "render.format", path = args.output.display()))
    })
}

/// How the drawing is put on paper.
fn form(
    args: &RenderArgs,
    format: ExportFormat,
    language: Language,
) -> Result<DrawingForm, CliError> {
    let usage = |sentence: String| Err(CliError::Usage(sentence));
    let mut form = DrawingForm {
        title: args.title.clone(),
        review_number: args.review_number.clone(),
        ..DrawingForm::default()
    };
    if let Some(text) = &args.paper {
        form.paper = Paper::parse(text);
        if form.paper.is_none() {
            return usage(tr!(language, "render.paper", text = text));
        }
    }
    if let Some(text) = &args.map_scale {
        form.denominator = parse_denominator(text);
        if form.denominator.is_none() {
            return usage(tr!(language, "render.map_scale", text = text));
        }
    }
    if let Some(text) = &args.size {
        form.size.size_px = size(text);
        if form.size.size_px.is_none() {
            return usage(tr!(language, "render.size", text = text));
        }
    }
    if let Some(scale) = args.scale {
        if !(0.25..=12.0).contains(&scale) {
            return usage(tr!(language, "render.scale", n = scale));
        }
        form.size.pixels_per_point = Some(scale);
    }
    form.orientation = match (args.landscape, args.portrait) {
        (true, _) => Some(Orientation::Landscape),
        (_, true) => Some(Orientation::Portrait),
        _ => None,
    };
    let given = |options: &[(&'static str, bool)]| {
        options.iter().find(|(_, given)| *given).map(|(option, _)| *option)
    };
    if paper(&form, format).is_none() {
        let only_sheets = given(&[
            ("--landscape", args.landscape),
            ("--portrait", args.portrait),
            ("--review-number", args.review_number.is_some()),
        ]);
        return match only_sheets {
            Some(option) => usage(tr!(language, "render.needs_paper", option = option)),
            None => Ok(form),
        };
    }
    let DrawingSize { size_px, pixels_per_point } = form.size;
    let pixels = [("--size", size_px.is_some()), ("--scale", pixels_per_point.is_some())];
    match given(&pixels) {
        Some(option) if format != ExportFormat::Png => {
            usage(tr!(language, "render.no_pixels", option = option))
        }
        _ if pixels.iter().all(|(_, given)| *given) => usage(tr!(language, "render.one_of")),
        _ => Ok(form),
    }
}

fn size(text: &str) -> Option<[u32; 2]> {
    let (width, height) = text.split_once(['x', 'X', '×'])?;
    let side = |text: &str| text.trim().parse().ok().filter(|px| (16..=32_000).contains(px));
    Some([side(width)?, side(height)?])
}

/// The basemap by name, address or file; the embedded one where none is named.
fn chosen_basemap(
    args: &RenderArgs,
    services: &Services,
    language: Language,
) -> Result<Arc<Choice>, CliError> {
    let mut basemaps = Basemaps::new(OFFLINE, &[]);
    if let Some(text) = &args.basemap
        && !basemaps.choose(text)
    {
        let told = move |action: Action| {
            if let Action::Notify(_, message) = action {
                complain(&message.tell(language));
            }
        };
        let opened = services.open_basemap(text, args.datum, &Cancel::default(), &told);
        let sources = opened.map_err(|reason| CliError::Data(reason.tell(language)))?;
        if let Some(choice) = sources.and_then(Choice::opened) {
            basemaps.add(choice);
        }
    }
    Ok(basemaps.chosen)
}
