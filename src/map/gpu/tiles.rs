//! Tiles as textures of our own, for the map's picture; given up when not shown for long.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use eframe::egui_wgpu::wgpu::{self, util::DeviceExt as _};
use egui::Rect;

use super::parts::{self, Drawing, SAMPLER, TEXTURE, UNIFORM};
use crate::tile::{TileId, TilePicture};

const LABEL: &str = "tiles";

/// Bytes kept besides what the picture shows, for the way back.
const SPARE_BYTES: usize = 64 << 20;

/// A rectangle of the picture with a part of a tile in it.
#[derive(Clone)]
pub struct TilePiece {
    /// The source's place among the basemap's sources.
    pub source: usize,
    pub tile: TileId,
    pub picture: Arc<TilePicture>,
    /// In points from the picture's corner.
    pub place_pt: Rect,
    /// In shares of the tile.
    pub part: Rect,
}

/// Draws pieces of tiles, and keeps their textures.
pub struct TilePainter {
    pipeline: wgpu::RenderPipeline,
    sizes: wgpu::BindGroupLayout,
    textures: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    kept: HashMap<(usize, TileId), Kept>,
    drawn: u64,
}

struct Kept {
    group: wgpu::BindGroup,
    /// Whose pixels these are: a tile may be replaced by a newer one.
    picture: Weak<TilePicture>,
    bytes: usize,
    used: u64,
}

/// Pieces ready to be drawn.
pub struct ReadyTiles {
    size: wgpu::BindGroup,
    instances: wgpu::Buffer,
    tiles: Vec<(usize, TileId)>,
}

impl TilePainter {
    /// For pictures of a format.
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Self {
        let module = parts::shaders(device, LABEL, include_str!("tiles.wgsl"));
        let sizes = parts::layout(device, LABEL, &[(wgpu::ShaderStages::VERTEX, UNIFORM)]);
        let pixel = wgpu::ShaderStages::FRAGMENT;
        let textures = parts::layout(device, LABEL, &[(pixel, TEXTURE), (pixel, SAMPLER)]);
        let attributes = wgpu::vertex_attr_array![0 => Float32x4, 1 => Float32x4];
        let pipeline = Drawing {
            label: LABEL,
            module: &module,
            entries: ["tile_corner", "tile_pixel"],
            groups: &[Some(&sizes), Some(&textures)],
            buffers: &[Some(wgpu::VertexBufferLayout {
                array_stride: 32,
                step_mode: wgpu::VertexStepMode::Instance,
                attributes: &attributes,
            })],
            format,
            blends: true,
        }
        .pipeline(device);
        let sampler = parts::smooth(device);
        Self { pipeline, sizes, textures, sampler, kept: HashMap::new(), drawn: 0 }
    }

    /// Uploads what is new among the pieces; `size_pt` is the picture's.
    pub fn prepare(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pieces: &[TilePiece],
        size_pt: egui::Vec2,
    ) -> Option<ReadyTiles> {
        self.drawn += 1;
        let mut instances: Vec<u8> = Vec::new();
        let mut tiles = Vec::new();
        for piece in pieces {
            let key = (piece.source, piece.tile);
            let same = |kept: &Kept| kept.picture.ptr_eq(&Arc::downgrade(&piece.picture));
            if !self.kept.get(&key).is_some_and(same) {
                let Some(group) = self.upload(device, queue, &piece.picture) else { continue };
                let (bytes, picture) = (piece.picture.rgba.len(), Arc::downgrade(&piece.picture));
                self.kept.insert(key, Kept { group, picture, bytes, used: 0 });
            }
            if let Some(kept) = self.kept.get_mut(&key) {
                kept.used = self.drawn;
            }
            for rect in [piece.place_pt, piece.part] {
                let corners = [rect.min.x, rect.min.y, rect.max.x, rect.max.y];
                instances.extend(corners.into_iter().flat_map(f32::to_ne_bytes));
            }
            tiles.push(key);
        }
        self.forget();
        if tiles.is_empty() {
            return None;
        }
        let buffer = |contents: &[u8], usage| parts::buffer(device, LABEL, contents, usage);
        let size: Vec<u8> =
            [size_pt.x, size_pt.y, 0.0, 0.0].into_iter().flat_map(f32::to_ne_bytes).collect();
        let size = buffer(&size, wgpu::BufferUsages::UNIFORM);
        let size = parts::group(device, LABEL, &self.sizes, vec![size.as_entire_binding()]);
        Some(ReadyTiles { size, instances: buffer(&instances, wgpu::BufferUsages::VERTEX), tiles })
    }

    /// Draws prepared pieces.
    pub fn draw(&self, ready: &ReadyTiles, pass: &mut wgpu::RenderPass<'static>) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &ready.size, &[]);
        pass.set_vertex_buffer(0, ready.instances.slice(..));
        for (i, key) in (0_u32..).zip(&ready.tiles) {
            if let Some(kept) = self.kept.get(key) {
                pass.set_bind_group(1, &kept.group, &[]);
                pass.draw(0..6, i..i + 1);
            }
        }
    }

    fn upload(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        picture: &TilePicture,
    ) -> Option<wgpu::BindGroup> {
        let most = device.limits().max_texture_dimension_2d;
        let TilePicture { width_px, height_px, rgba, .. } = picture;
        let (width, height) = (*width_px, *height_px);
        let is_whole = rgba.len() as u64 == u64::from(width) * u64::from(height) * 4;
        if !is_whole || rgba.is_empty() || width > most || height > most {
            return None;
        }
        let texture = device.create_texture_with_data(
            queue,
            &wgpu::TextureDescriptor {
                label: Some("tile"),
                size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: wgpu::TextureFormat::Rgba8Unorm,
                usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                view_formats: &[],
            },
            wgpu::util::TextureDataOrder::LayerMajor,
            &premultiplied(rgba),
        );
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let resources = vec![
            wgpu::BindingResource::TextureView(&view),
            wgpu::BindingResource::Sampler(&self.sampler),
        ];
        Some(parts::group(device, LABEL, &self.textures, resources))
    }

    /// Gives up what was not drawn the longest.
    fn forget(&mut self) {
        let spare = |kept: &&Kept| kept.used != self.drawn;
        let mut bytes: usize = self.kept.values().filter(spare).map(|kept| kept.bytes).sum();
        if bytes <= SPARE_BYTES {
            return;
        }
        let mut by_use: Vec<_> =
            self.kept.iter().filter(|(_, k)| spare(k)).map(|(key, k)| (k.used, *key)).collect();
        by_use.sort_unstable();
        for (_, key) in by_use {
            if bytes <= SPARE_BYTES / 4 * 3 {
                break;
            }
            bytes -= self.kept.remove(&key).map_or(0, |kept| kept.bytes);
        }
    }
}

/// Colours times their alpha, in the gamma space that egui blends in: between a transparent pixel
/// and a label's no other colour may show.
fn premultiplied(rgba: &[u8]) -> Vec<u8> {
    let mut out = rgba.to_vec();
    for pixel in out.chunks_exact_mut(4) {
        if let [color @ .., alpha] = pixel
            && *alpha != 255
        {
            for channel in color {
                let product = u16::from(*channel) * u16::from(*alpha);
                *channel = u8::try_from((product + 127) / 255).unwrap_or(u8::MAX);
            }
        }
    }
    out
}
