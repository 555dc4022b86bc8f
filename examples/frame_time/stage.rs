//! The window's content without a window, drawn into a texture by the machine's own adapter.

use std::time::Instant;

use eframe::egui_wgpu::{
    Renderer, RendererOptions, ScreenDescriptor,
    wgpu::{self, TextureFormat},
};
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, vec2};
use jintu::{map::gpu::MapPainter, theme, ui::Shell};

/// What a frame took, in milliseconds.
#[derive(Clone, Copy, Default)]
pub struct Spent {
    /// The UI thread: layout, drawing and turning shapes into triangles.
    pub ui: f64,
    /// From its beginning until the adapter has drawn the last pixel.
    pub frame: f64,
}

pub struct Stage {
    pub ctx: egui::Context,
    pub shell: Shell,
    rect: Rect,
    time_s: f64,
    pub asks_repaint: bool,
    pub vertices: usize,
    screen: Option<Screen>,
}

struct Screen {
    device: wgpu::Device,
    queue: wgpu::Queue,
    renderer: Renderer,
    view: wgpu::TextureView,
    size: [u32; 2],
    adapter: String,
    is_slow: bool,
}

impl Stage {
    pub fn new(mut shell: Shell, size: egui::Vec2) -> Self {
        let ctx = egui::Context::default();
        theme::install_fonts(&ctx);
        let rect = Rect::from_min_size(Pos2::ZERO, size);
        let screen = pollster::block_on(Screen::open([size.x as u32, size.y as u32]));
        if let Some(screen) = &screen {
            shell.map.use_card(screen.device.limits().max_texture_dimension_2d, screen.is_slow);
        }
        Self { ctx, shell, rect, time_s: 0.0, asks_repaint: true, vertices: 0, screen }
    }

    /// Who draws.
    pub fn adapter(&self) -> &str {
        self.screen.as_ref().map_or("none", |screen| &screen.adapter)
    }

    /// One frame after as long as the one before took, as where the machine is the limit.
    pub fn frame_in_time(&mut self) -> Spent {
        let spent = self.frame(Vec::new());
        self.time_s += (spent.frame / 1000.0 - 1.0 / 60.0).max(0.0);
        spent
    }

    /// One frame.
    pub fn frame(&mut self, events: Vec<Event>) -> Spent {
        self.time_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(self.rect),
            time: Some(self.time_s),
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let shell = &mut self.shell;
        let output = self.ctx.run_ui(input, |ui| shell.show(ui));
        self.finish(output, start)
    }

    /// One frame of a window with nothing in it.
    pub fn bare(&mut self) -> Spent {
        let input = RawInput { screen_rect: Some(self.rect), ..RawInput::default() };
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| {
            let ground = ui.visuals().panel_fill;
            ui.painter().rect_filled(ui.max_rect(), 0.0, ground);
        });
        self.finish(output, start)
    }

    fn finish(&mut self, output: egui::FullOutput, start: Instant) -> Spent {
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let ui = ms(start);
        self.vertices = triangles
            .iter()
            .map(|clipped| match &clipped.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum();
        let root = output.viewport_output.get(&egui::ViewportId::ROOT);
        self.asks_repaint =
            root.is_some_and(|v| v.repaint_delay < std::time::Duration::from_secs(1));
        if let Some(screen) = &mut self.screen {
            screen.draw(&output.textures_delta, &triangles, output.pixels_per_point);
        }
        let mut handled = output.textures_delta;
        handled.clear();
        Spent { ui, frame: ms(start) }
    }

    /// Frames until nothing is on its way any more.
    pub fn rest(&mut self) {
        for _ in 0..300 {
            self.frame(Vec::new());
            if !self.shell.map.layers.is_waiting() && !self.asks_repaint {
                return;
            }
        }
    }

    /// Drags the map to and fro over the whole extent.
    pub fn pan(&mut self, frames: u32) -> Vec<Spent> {
        let center = self.rect.center() + vec2(60.0, 0.0);
        let button = |pressed, pos| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(center)]);
        self.frame(vec![button(true, center)]);
        let mut times = Vec::new();
        let mut at = center;
        for i in 0..frames {
            let t = f64::from(i) / 24.0;
            let offset = vec2((t.sin() * 240.0) as f32, ((t * 0.7).sin() * 150.0) as f32);
            at = center + offset;
            times.push(self.frame(vec![Event::PointerMoved(at)]));
        }
        self.frame(vec![button(false, at)]);
        times
    }

    /// Turns the wheel in and out.
    pub fn zoom(&mut self, frames: u32) -> Vec<Spent> {
        let at = egui::pos2(self.rect.center().x + 60.0, self.rect.center().y);
        self.frame(vec![Event::PointerMoved(at)]);
        (0..frames)
            .map(|i| {
                let up = (i / 30) % 2 == 0;
                let notch = Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Line,
                    delta: vec2(0.0, if up { 1.0 } else { -1.0 }),
                    phase: egui::TouchPhase::Move,
                    modifiers: Modifiers::NONE,
                    source: egui::MouseWheelSource::Unknown,
                };
                self.frame(if i % 6 == 0 { vec![notch] } else { Vec::new() })
            })
            .collect()
    }

    /// Whether the window stops asking for frames once nothing moves.
    pub fn settles(&mut self) -> bool {
        for _ in 0..60 {
            self.frame(Vec::new());
        }
        !self.asks_repaint
    }
}

impl Screen {
    async fn open(size: [u32; 2]) -> Option<Self> {
        const FORMAT: TextureFormat = TextureFormat::Rgba8Unorm;
        let instance = wgpu::Instance::default();
        let adapter =
            instance.request_adapter(&wgpu::RequestAdapterOptions::default()).await.ok()?;
        let (device, queue) =
            adapter.request_device(&wgpu::DeviceDescriptor::default()).await.ok()?;
        let mut renderer = Renderer::new(&device, FORMAT, RendererOptions::default());
        renderer.callback_resources.insert(MapPainter::new(&device, FORMAT));
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width: size[0], height: size[1], depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let info = adapter.get_info();
        let (adapter, is_slow) = (info.name, info.device_type == wgpu::DeviceType::Cpu);
        Some(Self { device, queue, renderer, view, size, adapter, is_slow })
    }

    fn draw(
        &mut self,
        textures: &egui::TexturesDelta,
        triangles: &[egui::ClippedPrimitive],
        pixels_per_point: f32,
    ) {
        let Self { device, queue, renderer, .. } = self;
        for (id, deltas) in &textures.set {
            for delta in deltas {
                renderer.update_texture(device, queue, *id, delta);
            }
        }
        let screen = ScreenDescriptor { size_in_pixels: self.size, pixels_per_point };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut commands = renderer.update_buffers(device, queue, &mut encoder, triangles, &screen);
        {
            let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: None,
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &self.view,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                        store: wgpu::StoreOp::Store,
                    },
                    depth_slice: None,
                })],
                ..Default::default()
            });
            renderer.render(&mut pass.forget_lifetime(), triangles, &screen);
        }
        commands.push(encoder.finish());
        queue.submit(commands);
        // The frame is not over before the last pixel is there.
        let _ = device.poll(wgpu::PollType::wait_indefinitely());
        for id in &textures.free {
            renderer.free_texture(id);
        }
    }
}

pub fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
