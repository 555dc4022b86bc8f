//! Triangles of egui's, drawn into the picture.

use std::sync::Arc;

use eframe::egui_wgpu::wgpu;
use egui::{Mesh, Vec2};

use super::{
    layers::{LayerPainter, UNIFORM_FLOATS, uniform_group},
    parts,
};

const LABEL: &str = "meshes";

/// Triangles of egui's, and where they belong in the picture.
pub struct Meshed {
    pub mesh: Arc<Mesh>,
    pub offset: Vec2,
    pub scale: f32,
}

/// Triangles on the graphics card.
pub struct ReadyMesh {
    group: wgpu::BindGroup,
    vertices: wgpu::Buffer,
    indices: wgpu::Buffer,
    count: u32,
}

impl Meshed {
    /// Uploads them for a picture of `size_pt`; `None` where there are none.
    pub fn prepare(
        &self,
        device: &wgpu::Device,
        painter: &LayerPainter,
        size_pt: Vec2,
    ) -> Option<ReadyMesh> {
        let count = u32::try_from(self.mesh.indices.len()).ok().filter(|count| *count > 0)?;
        let vertices: Vec<u8> = self
            .mesh
            .vertices
            .iter()
            .flat_map(|v| {
                let [x, y] = [v.pos.x.to_ne_bytes(), v.pos.y.to_ne_bytes()];
                [x, y, v.color.to_array()].concat()
            })
            .collect();
        let indices: Vec<u8> = self.mesh.indices.iter().flat_map(|i| i.to_ne_bytes()).collect();
        let buffer = |contents: &[u8], usage| parts::buffer(device, LABEL, contents, usage);
        let Vec2 { x, y } = self.offset;
        let mut uniform: Vec<f32> = vec![x, y, size_pt.x, size_pt.y];
        uniform.extend([0.0; 4]);
        uniform.extend([self.scale, 0.0, 0.0, 1.0]);
        uniform.resize(UNIFORM_FLOATS, 0.0);
        let bytes: Vec<u8> = uniform.into_iter().flat_map(f32::to_ne_bytes).collect();
        let (_, group) = uniform_group(device, &painter.layout, &bytes);
        Some(ReadyMesh {
            group,
            vertices: buffer(&vertices, wgpu::BufferUsages::VERTEX),
            indices: buffer(&indices, wgpu::BufferUsages::INDEX),
            count,
        })
    }
}

impl ReadyMesh {
    /// Draws them.
    pub fn draw(&self, painter: &LayerPainter, pass: &mut wgpu::RenderPass<'static>) {
        pass.set_pipeline(&painter.meshes);
        pass.set_bind_group(0, &self.group, &[]);
        pass.set_vertex_buffer(0, self.vertices.slice(..));
        pass.set_index_buffer(self.indices.slice(..), wgpu::IndexFormat::Uint32);
        pass.draw_indexed(0..self.count, 0, 0..1);
    }
}
