//! The map drawn once into a picture that is larger than the window, and moved while it pans.
//!
//! On a machine without a graphics card every pixel is paid for again in every frame; one picture
//! is paid for once.

use std::sync::Arc;

use eframe::egui_wgpu::{CallbackResources, CallbackTrait, ScreenDescriptor, wgpu};
use egui::{Mesh, PaintCallbackInfo, Vec2};

use super::gpu::{LayerCallback, LayerPainter, uniform_group};
use crate::{
    map::{
        gpu_parts::{self, Drawing, SAMPLER, TEXTURE, UNIFORM},
        tiles::TilePiece,
    },
    style::Rgba,
};

const LABEL: &str = "picture";

/// Triangles of egui's, and where they belong in the picture.
pub struct Meshed {
    pub mesh: Arc<Mesh>,
    pub offset: Vec2,
    pub scale: f32,
}

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
    stamp: u64,
    size_px: [u32; 2],
    view: wgpu::TextureView,
    place: wgpu::Buffer,
    group: wgpu::BindGroup,
}

/// How pictures are shown.
pub struct PicturePipeline {
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    format: wgpu::TextureFormat,
}

impl PicturePipeline {
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Self {
        let module = gpu_parts::shaders(device, LABEL, include_str!("picture.wgsl"));
        let pixel = wgpu::ShaderStages::FRAGMENT;
        let bindings =
            [(wgpu::ShaderStages::VERTEX_FRAGMENT, UNIFORM), (pixel, TEXTURE), (pixel, SAMPLER)];
        let layout = gpu_parts::layout(device, LABEL, &bindings);
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
        let sampler = gpu_parts::smooth(device);
        Self { pipeline, layout, sampler, format }
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
        let place = gpu_parts::buffer(device, LABEL, &[0; 16], usage);
        let resources = vec![
            place.as_entire_binding(),
            wgpu::BindingResource::TextureView(&view),
            wgpu::BindingResource::Sampler(&self.sampler),
        ];
        let group = gpu_parts::group(device, LABEL, &self.layout, resources);
        Picture { stamp: 0, size_px, view, place, group }
    }
}

impl PictureCallback {
    fn draw(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        painter: &mut LayerPainter,
    ) {
        for layer in &self.content.layers {
            painter.upload(device, queue, layer);
        }
        let below = self.content.below.as_ref().and_then(|m| self.triangles(device, painter, m));
        let above = self.content.above.as_ref().and_then(|m| self.triangles(device, painter, m));
        let size_pt = self.content.size_pt;
        let tiles = painter.tiles.prepare(device, queue, &self.content.tiles, size_pt);
        let Some(picture) = &painter.picture else { return };
        let Rgba(r, g, b, _) = self.content.ground;
        let [r, g, b] = [r, g, b].map(|c| f64::from(c) / 255.0);
        let mut pass = encoder
            .begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("picture"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &picture.view,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a: 1.0 }),
                        store: wgpu::StoreOp::Store,
                    },
                    depth_slice: None,
                })],
                ..wgpu::RenderPassDescriptor::default()
            })
            .forget_lifetime();
        for (meshes, with_layers) in [(below, true), (above, false)] {
            if let Some((group, vertices, indices, count)) = meshes {
                pass.set_pipeline(&painter.meshes);
                pass.set_bind_group(0, &group, &[]);
                pass.set_vertex_buffer(0, vertices.slice(..));
                pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
                pass.draw_indexed(0..count, 0, 0..1);
            }
            if with_layers {
                if let Some(tiles) = &tiles {
                    painter.tiles.draw(tiles, &mut pass);
                }
                for layer in &self.content.layers {
                    painter.draw(layer.key, &mut pass);
                }
            }
        }
    }

    fn triangles(
        &self,
        device: &wgpu::Device,
        painter: &LayerPainter,
        meshed: &Meshed,
    ) -> Option<(wgpu::BindGroup, wgpu::Buffer, wgpu::Buffer, u32)> {
        let count = u32::try_from(meshed.mesh.indices.len()).ok().filter(|count| *count > 0)?;
        let vertices: Vec<u8> = meshed
            .mesh
            .vertices
            .iter()
            .flat_map(|v| {
                let [x, y] = [v.pos.x.to_ne_bytes(), v.pos.y.to_ne_bytes()];
                [x, y, v.color.to_array()].concat()
            })
            .collect();
        let indices: Vec<u8> = meshed.mesh.indices.iter().flat_map(|i| i.to_ne_bytes()).collect();
        let buffer = |contents: &[u8], usage| gpu_parts::buffer(device, LABEL, contents, usage);
        let Vec2 { x, y } = meshed.offset;
        let size = self.content.size_pt;
        let mut uniform: Vec<f32> = vec![x, y, size.x, size.y];
        uniform.extend([0.0; 8]);
        uniform.extend([meshed.scale, 0.0, 0.0, 1.0]);
        let bytes: Vec<u8> = uniform.into_iter().flat_map(f32::to_ne_bytes).collect();
        let (_, group) = uniform_group(device, &painter.layout, &bytes);
        Some((
            group,
            buffer(&vertices, wgpu::BufferUsages::VERTEX),
            buffer(&indices, wgpu::BufferUsages::INDEX),
            count,
        ))
    }
}

impl CallbackTrait for PictureCallback {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        _: &ScreenDescriptor,
        encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(painter) = resources.get_mut::<LayerPainter>() else { return Vec::new() };
        let size_px = self.content.size_px;
        if painter.picture.as_ref().is_none_or(|picture| picture.size_px != size_px) {
            painter.picture = Some(painter.pictures.picture(device, size_px));
        }
        if painter.picture.as_ref().is_some_and(|picture| picture.stamp != self.stamp) {
            self.draw(device, queue, encoder, painter);
        }
        if let Some(picture) = &mut painter.picture {
            picture.stamp = self.stamp;
            let bytes: Vec<u8> = self.rect.iter().flat_map(|v| v.to_ne_bytes()).collect();
            queue.write_buffer(&picture.place, 0, &bytes);
        }
        Vec::new()
    }

    fn paint(
        &self,
        _: PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        let Some(painter) = resources.get::<LayerPainter>() else { return };
        let Some(picture) = &painter.picture else { return };
        pass.set_pipeline(&painter.pictures.pipeline);
        pass.set_bind_group(0, &picture.group, &[]);
        pass.draw(0..3, 0..1);
    }
}
