//! The map drawn once into a picture that is larger than the window, and moved while it pans.
//!
//! On a machine without a graphics card every pixel is paid for again in every frame; one picture
//! is paid for once.

use std::sync::Arc;

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
}

/// The picture on the graphics card.
pub struct Picture {
    /// Of the content it shows.
    pub stamp: u64,
    size_px: [u32; 2],
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
    pub picture: Option<Picture>,
}

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
        Self { pipeline, layout, sampler, format, picture: None }
    }

    /// Makes room for a picture of this size, where there is none yet.
    pub fn make_room(&mut self, device: &wgpu::Device, size_px: [u32; 2]) {
        if self.picture.as_ref().is_none_or(|picture| picture.size_px != size_px) {
            self.picture = Some(self.picture(device, size_px));
        }
    }

    /// Shows the picture where it was put.
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'static>) {
        let Some(picture) = &self.picture else { return };
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &picture.group, &[]);
        pass.draw(0..3, 0..1);
    }

    fn picture(&self, device: &wgpu::Device, size_px: [u32; 2]) -> Picture {
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("picture"),
            size: wgpu::Extent3d {
                width: size_px[0],
                height: size_px[1],
                depth_or_array_layers: 1,
            },
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
        Picture { stamp: 0, size_px, view, place, group }
    }
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
                label: Some("picture"),
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
