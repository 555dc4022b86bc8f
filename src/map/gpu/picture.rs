//! The map drawn once into a picture that is larger than the window, and moved while it pans.
//!
//! On a machine without a graphics card every pixel is paid for again in every frame; one picture
//! is paid for once.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Waker},
};

use eframe::egui_wgpu::wgpu;
use egui::Vec2;

use super::{
    layers::LayerCallback,
    meshes::Meshed,
    parts::{self, Drawing, SAMPLER, TEXTURE, UNIFORM},
    tiles::TilePiece,
};
use crate::style::Rgba;

const LABEL: &str = "picture";

/// What a picture shows.
pub struct Content {
    pub ground: Rgba,
    pub size_pt: Vec2,
    pub size_px: [u32; 2],
    pub below: Option<Meshed>,
    pub tiles: Vec<TilePiece>,
    pub layers: Vec<LayerCallback>,
    pub above: Option<Meshed>,
}

/// The picture in one frame.
pub struct PictureCallback {
    /// Changes with the content.
    pub stamp: u64,
    pub content: Arc<Content>,
    /// Left, top, width and height of the picture in shares of the window's map.
    pub rect: [f32; 4],
    /// Set when the card gives no texture, not even a small one: the map is then drawn without.
    pub refused: Arc<AtomicBool>,
}

/// The picture on the graphics card.
pub struct Picture {
    /// Of the content it shows.
    pub stamp: u64,
    view: wgpu::TextureView,
    place: wgpu::Buffer,
    group: wgpu::BindGroup,
}

/// How pictures are shown, and the one that is.
pub struct PicturePainter {
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    format: wgpu::TextureFormat,
    /// The size that was asked for last; the picture itself may be smaller.
    asked_px: [u32; 2],
    pub picture: Option<Picture>,
}

/// How often a texture that is refused is asked for again, at half the size.
const TRIES: u32 = 4;

impl PicturePainter {
    /// For a window's pixels.
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Self {
        let module = parts::shaders(device, LABEL, include_str!("picture.wgsl"));
        let pixel = wgpu::ShaderStages::FRAGMENT;
        let bindings =
            [(wgpu::ShaderStages::VERTEX_FRAGMENT, UNIFORM), (pixel, TEXTURE), (pixel, SAMPLER)];
        let layout = parts::layout(device, LABEL, &bindings);
        let pipeline = Drawing {
            label: LABEL,
            module: &module,
            entries: ["picture_corner", "picture_pixel"],
            groups: &[Some(&layout)],
            buffers: &[],
            format,
            blends: false,
        }
        .pipeline(device);
        let sampler = parts::smooth(device);
        Self { pipeline, layout, sampler, format, asked_px: [0; 2], picture: None }
    }

    /// Makes room for a picture of this size, where there is none yet. A card that does not give
    /// it is asked for half of it, and so on: the same content then is a little soft. `refused`
    /// tells that it gave none.
    pub fn make_room(&mut self, device: &wgpu::Device, size_px: [u32; 2], refused: &AtomicBool) {
        if self.asked_px == size_px {
            return;
        }
        self.asked_px = size_px;
        // What is held would count against the new one.
        self.picture = None;
        let most = device.limits().max_texture_dimension_2d;
        let sizes = (0..TRIES).map(|half| size_px.map(|side| (side >> half).max(1)));
        self.picture = sizes
            .filter(|size| size.iter().all(|side| *side <= most))
            .find_map(|size| self.picture(device, size));
        refused.store(self.picture.is_none(), Ordering::Relaxed);
    }

    /// Shows the picture where it was put.
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'static>) {
        let Some(picture) = &self.picture else { return };
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &picture.group, &[]);
        pass.draw(0..3, 0..1);
    }

    /// `None` if the card refuses.
    fn picture(&self, device: &wgpu::Device, [width, height]: [u32; 2]) -> Option<Picture> {
        // Without these a refusal would end the program.
        let invalid = device.push_error_scope(wgpu::ErrorFilter::Validation);
        let too_much = device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some(LABEL),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let usage = wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST;
        let place = parts::buffer(device, LABEL, &[0; 16], usage);
        let resources = vec![
            place.as_entire_binding(),
            wgpu::BindingResource::TextureView(&view),
            wgpu::BindingResource::Sampler(&self.sampler),
        ];
        let group = parts::group(device, LABEL, &self.layout, resources);
        let was_given = is_none_at_once(too_much.pop()) & is_none_at_once(invalid.pop());
        was_given.then_some(Picture { stamp: 0, view, place, group })
    }
}

/// Whether an answer that is there without waiting, as on every desktop, is that nothing failed.
fn is_none_at_once<T>(answer: impl Future<Output = Option<T>>) -> bool {
    let polled = pin!(answer).poll(&mut Context::from_waker(Waker::noop()));
    matches!(polled, Poll::Ready(None) | Poll::Pending)
}

impl Picture {
    /// Notes what it shows and where it belongs: left, top, width and height in shares of the
    /// window's map.
    pub fn place(&mut self, queue: &wgpu::Queue, stamp: u64, rect: [f32; 4]) {
        self.stamp = stamp;
        let bytes: Vec<u8> = rect.iter().flat_map(|v| v.to_ne_bytes()).collect();
        queue.write_buffer(&self.place, 0, &bytes);
    }

    /// Begins to draw it anew, on plain ground.
    pub fn begin(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        ground: Rgba,
    ) -> wgpu::RenderPass<'static> {
        let Rgba(r, g, b, _) = ground;
        let [r, g, b] = [r, g, b].map(|c| f64::from(c) / 255.0);
        encoder
            .begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some(LABEL),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &self.view,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a: 1.0 }),
                        store: wgpu::StoreOp::Store,
                    },
                    depth_slice: None,
                })],
                ..wgpu::RenderPassDescriptor::default()
            })
            .forget_lifetime()
    }
}
