//! Opening the window: data on a second thread, the renderer with its fallback, jobs services.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, channel},
    },
    thread,
};

use eframe::{
    NativeOptions, Renderer, egui,
    egui_wgpu::{
        WgpuSetup,
        wgpu::{Backends, DeviceType, MemoryHints},
    },
};

use super::{
    Shell,
    loading::{Loaded, Shows, load},
};
use crate::{
    app::{
        Action, BookStep, Message, News, NoticeLevel, Order, Overlay, State, ViewStep,
        workbook::{Content, PlanFrom},
    },
    jobs::{self, DrawWorker, Opening, Report, Services},
    map::gpu::MapPainter,
    store, theme,
    tile::{TileSource, preset},
    tr,
};

/// What the window is called.
pub const TITLE: &str = "锦图 Jintu";

/// Opens the window and stays until it is closed.
///
/// # Errors
/// Why there is no window, in the user's language.
pub fn run(mut opening: Opening) -> Result<(), String> {
    let language = opening.settings.language;
    let no_window = |key: &str| {
        let reason = tr!(language, key);
        Err(tr!(language, "error.display", reason = reason))
    };
    if nowhere_to_show() {
        return no_window("error.no_display");
    }
    // The plan is read while the window system and the graphics card wake up.
    let (other, book) = (opening.plan.take(), opening.book.clone());
    let is_passing = other.is_some() || opening.is_unread;
    let loading = thread::spawn(move || Loaded { is_passing, ..load(other, book.as_deref()) });
    #[cfg(target_os = "linux")]
    let server = super::display::answering();
    let loading = Arc::new(Mutex::new(Some((loading, opening))));
    let mut reason = "";
    for renderer in [Renderer::Wgpu, Renderer::Glow] {
        let loading = loading.clone();
        let opened = eframe::run_native(
            "jintu",
            options(renderer),
            Box::new(move |cc| {
                let taken = loading.lock().ok().and_then(|mut l| l.take());
                let (thread, opening) = taken.ok_or("opened before")?;
                let loaded = thread.join().map_err(|_| "the plan could not be read")?;
                Ok(Box::new(Window::new(cc, opening, loaded)))
            }),
        );
        match opened {
            Ok(()) => return Ok(()),
            // The second try says no more than the first: what it names are the crates' insides.
            Err(eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_)) => {
                reason = "error.window_system";
            }
            Err(_) if cfg!(windows) => reason = "error.graphics_windows",
            Err(_) => reason = "error.graphics",
        }
    }
    #[cfg(target_os = "linux")]
    drop(server);
    no_window(reason)
}

/// On a Unix desktop a window needs one of these.
#[cfg(all(unix, not(target_os = "macos")))]
fn nowhere_to_show() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(set)
}

/// Elsewhere trying tells.
#[cfg(not(all(unix, not(target_os = "macos"))))]
const fn nowhere_to_show() -> bool {
    false
}

fn options(renderer: Renderer) -> NativeOptions {
    let mut viewport = egui::ViewportBuilder::default()
        .with_title(TITLE)
        .with_app_id("jintu")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 600.0]);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(store::ICON) {
        viewport = viewport.with_icon(icon);
    }
    let mut options = NativeOptions {
        viewport,
        renderer,
        system_font_fallback: false,
        // Flat colours over thin lines: dithering only costs.
        dithering: false,
        ..NativeOptions::default()
    };
    if let WgpuSetup::CreateNew(setup) = &mut options.wgpu_options.wgpu_setup {
        // OpenGL has its own renderer, tried next: looking for it here too costs time and memory.
        setup.instance_descriptor.backends = Backends::from_env().unwrap_or(Backends::PRIMARY);
        let usual = setup.device_descriptor.clone();
        // A map of a city needs little; the usual hint reserves for a game.
        setup.device_descriptor = Arc::new(move |adapter| {
            let mut asked = usual(adapter);
            asked.memory_hints = MemoryHints::MemoryUsage;
            // A wall is wider than the usual 8192 pixels; a weak card has less and works, too.
            asked.required_limits.max_texture_dimension_2d =
                most_px(adapter.limits().max_texture_dimension_2d);
            asked
        });
    }
    options
}

/// The longest edge of a texture: what the card has, or less where somebody wants to see how that
/// works.
fn most_px(of_card: u32) -> u32 {
    let asked = std::env::var("JINTU_MOST_TEXTURE_PX").ok().and_then(|text| text.parse().ok());
    asked.map_or(of_card, |asked: u32| of_card.min(asked.max(1024)))
}

struct Window {
    shell: Shell,
    jobs_done: Receiver<Action>,
    report: Arc<Report>,
    services: Arc<Services>,
    /// What the tile service works for.
    sources: Vec<Arc<TileSource>>,
    presenting: bool,
    awake: Option<store::awake::Awake>,
    /// The longest edge of a texture that the graphics card has; `None` where OpenGL draws.
    most_px: Option<u32>,
    /// Frames so far, up to the one that takes the keyboard.
    frames: u8,
    /// The scale chosen for the screen, until the user takes another.
    auto_scale: f32,
    #[cfg(target_os = "linux")]
    wheel: super::x_wheel::XWheel,
}

impl Window {
    fn new(cc: &eframe::CreationContext<'_>, opening: Opening, loaded: Loaded) -> Self {
        let ctx = &cc.egui_ctx;
        theme::install_fonts(ctx);
        let (sender, jobs_done) = channel();
        let report: Arc<Report> = {
            let ctx = ctx.clone();
            Arc::new(move |action| {
                // The window may be gone by now; then nobody wants to know.
                let _ = sender.send(action);
                ctx.request_repaint();
            })
        };
        let problem = |reason| report(Action::Notify(NoticeLevel::Problem, reason));
        let basemap = match loaded.basemap {
            Ok(basemap) => Some(Arc::new(basemap)),
            Err(reason) => {
                problem(Message::new(reason));
                None
            }
        };
        let (catalogue, diagnostics, book) = match loaded.shows {
            Shows::Plan(lowered) => (Arc::new(lowered.catalogue), lowered.diagnostics, None),
            Shows::Book(book) => {
                let Content { catalogue, diagnostics } = book.content();
                (catalogue.0, diagnostics.to_vec(), Some(book))
            }
        };
        let wake: Arc<dyn Fn() + Send + Sync> = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let services =
            Arc::new(Services::new(&catalogue, basemap.clone(), opening.log, wake.clone()));
        let mut state = State::new(catalogue, diagnostics, opening.settings);
        state.workbook.is_passing = loaded.is_passing;
        state.workbook.shown_plan = opening.plan_file.map(PlanFrom::File).unwrap_or_default();
        if let Some(book) = book {
            state.workbook.path = Some(book.workbook().path().to_owned());
            state.workbook.shown = book.shown();
            services.keep_workbook(*book);
        }
        for (level, message) in loaded.told {
            report(Action::Notify(level, message));
        }
        let mut shell = Shell::new(state, basemap);
        shell.map.set_supply(services.clone());
        match DrawWorker::start(wake.clone(), report.clone()) {
            Ok(worker) => shell.map.layers.set_queue(Arc::new(worker)),
            Err(e) => problem(News::NoThread(e.to_string()).into()),
        }
        match DrawWorker::start(wake, report.clone()) {
            Ok(worker) => shell.map.selected.set_queue(Arc::new(worker)),
            Err(e) => problem(News::NoThread(e.to_string()).into()),
        }
        if let Some(render) = &cc.wgpu_render_state {
            let painter = MapPainter::new(&render.device, render.target_format);
            render.renderer.write().callback_resources.insert(painter);
            let is_slow = render.adapter.get_info().device_type == DeviceType::Cpu;
            // A refusal that nobody waits for would end the program; the next frame may go well.
            let (told, report) = (AtomicBool::new(false), report.clone());
            render.device.on_uncaptured_error(Arc::new(move |_| {
                if !told.swap(true, Ordering::Relaxed) {
                    report(Action::Notify(NoticeLevel::Problem, News::CardRefused.into()));
                }
            }));
            shell.map.use_card(render.device.limits().max_texture_dimension_2d, is_slow);
        }
        shell.begin(Action::Views(ViewStep::Recall));
        if shell.state().workbook.path.is_some() {
            shell.begin(Action::Workbook(BookStep::Remember));
        }
        shell.begin(Action::ReadKeys);
        if let Some((text, datum)) = opening.basemap {
            shell.begin(match preset(&text) {
                Some(preset) => Action::ShowBasemap(preset.key),
                None => Action::OpenBasemap { text, datum },
            });
        }
        if !opening.files.is_empty() {
            shell.begin(Action::OpenFiles(opening.files));
        }
        Self {
            shell,
            jobs_done,
            report,
            services,
            sources: Vec::new(),
            presenting: false,
            awake: None,
            most_px: cc
                .wgpu_render_state
                .as_ref()
                .map(|r| r.device.limits().max_texture_dimension_2d),
            frames: 0,
            auto_scale: 1.0,
            #[cfg(target_os = "linux")]
            wheel: super::x_wheel::XWheel::of(cc),
        }
    }

    /// The tile service works for what is shown, and begins anew when a key has changed.
    fn follow_basemap(&mut self) {
        let sources = self.shell.state().basemaps.sources();
        if sources != self.sources {
            self.services.show(sources, false);
            self.sources = sources.to_vec();
        }
    }

    /// A wall of 4K pixels that claims to be a desk screen would show letters of two millimetres:
    /// there the interface is laid out as for a height of 1080.
    fn fit_scale(&mut self, ctx: &egui::Context) {
        const WALL_FROM_PX: f32 = 1700.0;
        const DESIGN_HEIGHT: f32 = 1080.0;
        if (ctx.zoom_factor() - self.auto_scale).abs() > 0.01 {
            return;
        }
        let native = ctx.native_pixels_per_point().unwrap_or(1.0);
        let height_px = ctx.content_rect().height() * ctx.pixels_per_point();
        let is_wall = native < 1.3 && height_px >= WALL_FROM_PX;
        let scale = if is_wall { (height_px / DESIGN_HEIGHT * 4.0).round() / 4.0 } else { 1.0 };
        if (scale - self.auto_scale).abs() > 0.01 {
            self.auto_scale = scale;
            ctx.set_zoom_factor(scale);
            self.shell.usual_scale = scale;
        }
    }

    /// The window is shown after its first frame; only then can it have the keyboard.
    fn take_keyboard(&mut self, ctx: &egui::Context, frame: &eframe::Frame) {
        const FROM: u8 = 3;
        const TRIES: u8 = 60;
        if self.frames >= TRIES {
            return;
        }
        self.frames += 1;
        #[cfg(target_os = "linux")]
        if self.frames >= FROM && super::focus::take(frame) {
            self.frames = TRIES;
            return;
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (frame, FROM);
        ctx.request_repaint_after(std::time::Duration::from_millis(30));
    }

    /// A picture as large as the screen could not be drawn, and a blank wall is worse than a smaller
    /// window.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a screen's pixels"
    )]
    fn screen_too_large(&self, ctx: &egui::Context) -> Option<News> {
        let most_px = self.most_px?;
        let monitor = ctx.input(|i| i.viewport().monitor_size)?;
        let px = (monitor.max_elem() * ctx.pixels_per_point()).round() as u32;
        (px > most_px).then_some(News::ScreenTooLarge { px, most_px })
    }

    /// Presenting takes the whole screen and no key closes the window by accident.
    fn follow_tour(&mut self, ctx: &egui::Context) {
        let presenting = self.shell.state().tour.is_some();
        if presenting == self.presenting {
            return;
        }
        self.presenting = presenting;
        // Without it the screen may go dark, as it would have.
        self.awake = if presenting { store::awake::Awake::begin(None).ok() } else { None };
        match self.screen_too_large(ctx).filter(|_| presenting) {
            Some(too_large) => {
                (self.report)(Action::Notify(NoticeLevel::Problem, too_large.into()));
            }
            None => ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(presenting)),
        }
        ctx.options_mut(|o| {
            o.quit_shortcuts =
                if presenting { Vec::new() } else { egui::Options::default().quit_shortcuts };
        });
    }
}

impl eframe::App for Window {
    /// What is looked at comes back at the next start: it is written before the program ends.
    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        if matches!(self.shell.state().overlay, Overlay::LayerStyle(..)) {
            // A style that is being changed is one that was chosen.
            self.shell.begin(Action::CloseOverlay);
        }
        self.shell.begin(Action::Views(ViewStep::Keep));
        for job in self.shell.take_jobs() {
            if matches!(job.order, Order::SaveSettings(_) | Order::Workbook(_)) {
                jobs::run(job, &self.services, &*self.report);
            }
        }
    }

    #[cfg(target_os = "linux")]
    fn raw_input_hook(&mut self, _: &egui::Context, input: &mut egui::RawInput) {
        self.wheel.count_once(input);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        let reports: Vec<Action> = self.jobs_done.try_iter().collect();
        self.shell.apply(reports, ui);
        self.take_keyboard(ui.ctx(), frame);
        self.fit_scale(ui.ctx());
        self.follow_basemap();
        self.shell.show(ui);
        self.follow_tour(ui.ctx());
        for job in self.shell.take_jobs() {
            jobs::start(job, &self.services, &self.report);
        }
    }
}
