//! The window drawn from buffers of our own shows what it shows without them.

use std::{
    fs,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
};

use eframe::egui_wgpu::{
    Renderer, RendererOptions, ScreenDescriptor,
    wgpu::{self, TextureFormat},
};
use egui::{RawInput, Rect, pos2, vec2};
use jintu::{
    app::{
        Action, DrawQueue, DrawRequest, Drawn, Order, Reading, Settings, SharedClasses, State,
        open_layers::Snapshot,
    },
    basemap::Basemap,
    geo::Datum,
    layer::{
        CountyCodes,
        style::{Hex, LayerStyle, Rule, classify},
    },
    map::gpu::MapPainter,
    store::{
        self,
        layers::{OpenOptions, open_layers},
    },
    style::{Marker, Rgba},
    theme,
    ui::Shell,
};

use crate::{
    real::{catalogue, diagnostics},
    temp_folder::TempFolder,
    ui_map::{Tiles, source},
};

const SIZE: [u32; 2] = [1024, 768];
const FORMAT: TextureFormat = TextureFormat::Rgba8Unorm;

/// Chooses at once.
#[derive(Default)]
struct AtOnce(Mutex<Vec<Drawn>>);

impl DrawQueue for AtOnce {
    fn submit(&self, request: DrawRequest) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Drawn::of(request));
    }

    fn take(&self) -> Vec<Drawn> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Screen {
    device: wgpu::Device,
    queue: wgpu::Queue,
    renderer: Renderer,
    texture: wgpu::Texture,
}

impl Screen {
    async fn open(most_px: u32) -> Option<Self> {
        let instance = wgpu::Instance::default();
        let adapter =
            instance.request_adapter(&wgpu::RequestAdapterOptions::default()).await.ok()?;
        let mut descriptor = wgpu::DeviceDescriptor::default();
        descriptor.required_limits.max_texture_dimension_2d = most_px;
        let (device, queue) = adapter.request_device(&descriptor).await.ok()?;
        let mut renderer = Renderer::new(&device, FORMAT, RendererOptions::default());
        renderer.callback_resources.insert(MapPainter::new(&device, FORMAT));
        let [width, height] = SIZE;
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        Some(Self { device, queue, renderer, texture })
    }

    fn frame(&mut self, ctx: &egui::Context, shell: &mut Shell, time_s: f64) {
        let [width, height] = SIZE.map(|side| side as f32);
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height))),
            time: Some(time_s),
            max_texture_side: Some(self.device.limits().max_texture_dimension_2d as usize),
            ..RawInput::default()
        };
        let output = ctx.run_ui(input, |ui| shell.show(ui));
        let triangles = ctx.tessellate(output.shapes, 1.0);
        let mut textures = output.textures_delta;
        let Self { device, queue, renderer, texture } = self;
        for (id, deltas) in &textures.set {
            for delta in deltas {
                renderer.update_texture(device, queue, *id, delta);
            }
        }
        let screen = ScreenDescriptor { size_in_pixels: SIZE, pixels_per_point: 1.0 };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut commands =
            renderer.update_buffers(device, queue, &mut encoder, &triangles, &screen);
        {
            let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
            let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &view,
                    resolve_target: None,
                    ops: wgpu::Operations::default(),
                    depth_slice: None,
                })],
                ..Default::default()
            });
            renderer.render(&mut pass.forget_lifetime(), &triangles, &screen);
        }
        commands.push(encoder.finish());
        queue.submit(commands);
        for id in &textures.free {
            renderer.free_texture(id);
        }
        textures.clear();
    }

    fn pixels(&self) -> Vec<u8> {
        let [width, height] = SIZE;
        // Rows of 1024 pixels are a multiple of the 256 bytes that a copy asks for.
        let row_bytes = width * 4;
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: u64::from(row_bytes) * u64::from(height),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder =
            self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        encoder.copy_texture_to_buffer(
            self.texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(row_bytes),
                    rows_per_image: None,
                },
            },
            wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        );
        self.queue.submit([encoder.finish()]);
        buffer.slice(..).map_async(wgpu::MapMode::Read, |done| done.unwrap());
        self.device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
        buffer.slice(..).get_mapped_range().unwrap().to_vec()
    }
}

const FEATURES: &str = r#"{"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Polygon", "coordinates":
  [[[112.2, 37.6], [112.5, 37.6], [112.5, 37.9], [112.2, 37.9], [112.2, 37.6]]]}},
 {"type": "Feature", "properties": {"name": "b"}, "geometry": {"type": "LineString", "coordinates":
  [[112.0, 38.2], [112.4, 38.0], [112.9, 38.25]]}},
 {"type": "Feature", "properties": {"name": "c"}, "geometry": {"type": "Point", "coordinates": [112.7, 37.7]}},
 {"type": "Feature", "properties": {"name": "d"}, "geometry": {"type": "Point", "coordinates": [112.1, 37.5]}}
]}"#;

/// The window after some frames; with tiles below, or the embedded basemap.
fn taken(screen: &mut Screen, on_gpu: bool, with_tiles: bool) -> Vec<u8> {
    let most_px = screen.device.limits().max_texture_dimension_2d;
    taken_by(screen, on_gpu.then_some(most_px), with_tiles)
}

/// By a card whose textures are said to have so long an edge at most; `None` for egui's own meshes.
fn taken_by(screen: &mut Screen, most_px: Option<u32>, with_tiles: bool) -> Vec<u8> {
    dressed(screen, most_px, with_tiles, None)
}

/// The same with a layer in a style.
fn dressed(
    screen: &mut Screen,
    most_px: Option<u32>,
    with_tiles: bool,
    style: Option<&LayerStyle>,
) -> Vec<u8> {
    let is_dressed = style.is_some();
    let folder = TempFolder::new(&format!("gpu-{most_px:?}-{with_tiles}-{is_dressed}"));
    let path = folder.path().join("own.geojson");
    fs::write(&path, FEATURES).unwrap();
    let settings = Settings { reduce_motion: true, ..Settings::default() };
    let state = State::new(catalogue(), diagnostics().to_vec(), settings);
    let mut shell = Shell::new(state, Some(Arc::new(Basemap::open(store::BASEMAP).unwrap())));
    shell.map.layers.set_queue(Arc::new(AtOnce::default()));
    if let Some(most_px) = most_px {
        shell.map.use_card(most_px, false);
    }
    if with_tiles {
        shell.map.set_supply(Arc::new(Tiles::default()));
        shell.begin(Action::BasemapOpened(vec![source(Datum::Wgs84)]));
    }
    shell.begin(Action::OpenFiles(vec![path.clone()]));
    let file = shell.state().files[0].id;
    let counties = CountyCodes::new(std::iter::empty::<(String, Vec<Vec<_>>)>());
    let mut layers = Vec::new();
    open_layers(
        &path,
        &OpenOptions::default(),
        &counties,
        &AtomicBool::new(false),
        &mut |progress| {
            layers = progress.layers.into_iter().map(Snapshot).collect();
        },
    )
    .unwrap();
    shell.begin(Action::FileRead { file, layers, reading: Reading::Done });
    if let Some(style) = style {
        let (key, style) = ((file, 0), Box::new(style.clone()));
        shell.begin(Action::SetLayerStyle { key, style, settled: false });
        for job in shell.take_jobs() {
            if let Order::ClassLayer { request, key, data, rule } = job.order {
                let classes = classify(&data.0, &rule, &|| false).unwrap();
                let classes = Some(SharedClasses(Arc::new(classes)));
                shell.begin(Action::LayerClassed { key, request, classes });
            }
        }
    }
    // A painter of its own: pictures are told apart by a number that each window begins anew.
    let painter = MapPainter::new(&screen.device, FORMAT);
    screen.renderer.callback_resources.insert(painter);
    let ctx = egui::Context::default();
    theme::install_fonts(&ctx);
    for i in 0..24 {
        screen.frame(&ctx, &mut shell, f64::from(i) * 0.1);
    }
    assert_eq!(shell.map.layers.counts(), (4, 4));
    screen.pixels()
}

fn differing(a: &[u8], b: &[u8], by_more_than: u8) -> usize {
    let pairs = a.chunks_exact(4).zip(b.chunks_exact(4));
    pairs.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > by_more_than)).count()
}

#[test]
fn own_buffers_and_the_fallback_show_the_same() {
    let Some(mut screen) = pollster::block_on(Screen::open(8192)) else {
        #[expect(clippy::print_stderr, reason = "the reason for passing without a check")]
        {
            eprintln!("skipped: no graphics adapter, not even lavapipe");
        }
        return;
    };
    let mut pictures = Vec::new();
    for with_tiles in [false, true] {
        let own = taken(&mut screen, true, with_tiles);
        let plain = taken(&mut screen, false, with_tiles);
        let all = own.len() / 4;
        // Edges are smoothed in two ways; an area, a line or a tile in another place is far more.
        let (far, near) = (differing(&own, &plain, 60), differing(&own, &plain, 12));
        assert!(far * 200 < all, "tiles {with_tiles}: {far} of {all} pixels differ much");
        assert!(near * 25 < all, "tiles {with_tiles}: {near} of {all} pixels differ");
        pictures.push(own);
    }
    // What is compared is not empty: tiles change most of the ground.
    let [bare, tiled] = pictures.as_slice() else { panic!("two pictures") };
    assert!(differing(bare, tiled, 12) * 4 > bare.len() / 4);
}

/// Each class in its colour, edges in theirs, markers in their shape, by either way of drawing.
#[test]
fn classes_look_the_same_from_own_buffers_and_in_the_fallback() {
    let Some(mut screen) = pollster::block_on(Screen::open(8192)) else { return };
    let mut style = LayerStyle {
        rule: Rule::Category { field: "name".into(), most: 9 },
        opacity: 0.8,
        ..LayerStyle::default()
    };
    style.symbol.outline = Some(Hex(Rgba(255, 0, 0, 255)));
    style.symbol.point_radius_pt = Some(9.0);
    style.symbol.line_width_pt = Some(4.0);
    style.symbol.fill_share = 0.6;
    let plain = taken(&mut screen, true, false);
    for marker in Marker::ALL {
        style.symbol.marker = marker;
        let own = dressed(&mut screen, Some(8192), false, Some(&style));
        let fallback = dressed(&mut screen, None, false, Some(&style));
        let all = own.len() / 4;
        let (far, near) = (differing(&own, &fallback, 60), differing(&own, &fallback, 12));
        assert!(far * 200 < all, "{marker:?}: {far} of {all} pixels differ much");
        assert!(near * 25 < all, "{marker:?}: {near} of {all} pixels differ");
        assert!(differing(&own, &plain, 30) > 400, "{marker:?}: the style is seen");
    }
}

/// A window as wide as the card's largest texture: the picture has no margin, and all else is there.
#[test]
fn a_window_as_large_as_the_card_allows_shows_the_same() {
    let Some(mut screen) = pollster::block_on(Screen::open(SIZE[0])) else { return };
    assert_eq!(screen.device.limits().max_texture_dimension_2d, SIZE[0]);
    let own = taken(&mut screen, true, false);
    let plain = taken(&mut screen, false, false);
    assert!(differing(&own, &plain, 60) * 200 < own.len() / 4);
}

/// A card that gives less than the picture asks for paints a smaller one; the map stays whole.
#[test]
fn a_card_that_refuses_the_picture_shows_a_softer_one() {
    let Some(mut screen) = pollster::block_on(Screen::open(SIZE[0])) else { return };
    // What it is told is more than it gives, as where memory is short.
    let told = SIZE[0] * 4;
    let own = taken_by(&mut screen, Some(told), false);
    let plain = taken(&mut screen, false, false);
    let all = own.len() / 4;
    // Half as sharp: edges differ, areas and places do not.
    let far = differing(&own, &plain, 90);
    assert!(far * 25 < all, "{far} of {all} pixels differ much");
    assert!(differing(&own, &plain, 12) > all / 1000, "it is another picture");
}
