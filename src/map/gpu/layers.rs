//! Instances on the graphics card: uploaded when what is visible changes, moved by a uniform.

use std::{collections::HashMap, sync::Arc};

use eframe::egui_wgpu::wgpu;
use egui::{Rect, Vec2};

use super::parts::{self, Drawing, UNIFORM};
use crate::{
    app::LayerKey,
    layer::visible::{Sizes, Visible},
    style::Rgba,
};

const LABEL: &str = "layers";

/// Pipelines for all layers, and the buffers of each; and that for egui's triangles, which reads
/// the same values.
pub struct LayerPainter {
    points: wgpu::RenderPipeline,
    lines: wgpu::RenderPipeline,
    areas: wgpu::RenderPipeline,
    pub(super) meshes: wgpu::RenderPipeline,
    pub(super) layout: wgpu::BindGroupLayout,
    buffers: HashMap<LayerKey, Buffers>,
    frame: u64,
}

struct Buffers {
    stamp: u64,
    uniform: wgpu::Buffer,
    group: wgpu::BindGroup,
    points: Option<(wgpu::Buffer, u32)>,
    lines: Option<(wgpu::Buffer, u32)>,
    areas: Option<(wgpu::Buffer, u32)>,
    used: u64,
}

/// One layer in one frame.
pub struct LayerCallback {
    pub key: LayerKey,
    pub stamp: u64,
    pub visible: Arc<Visible>,
    /// Where the visible's centre lies now, in points from the map's corner.
    pub offset: Vec2,
    pub scale: f32,
    pub map: Rect,
    pub pixels_per_point: f32,
    pub fill: Rgba,
    pub casing: Rgba,
    pub sizes: Sizes,
}

impl LayerPainter {
    /// Pipelines for a window's pixels.
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Self {
        let module = parts::shaders(device, LABEL, include_str!("layers.wgsl"));
        let stages = wgpu::ShaderStages::VERTEX_FRAGMENT;
        let layout = parts::layout(device, LABEL, &[(stages, UNIFORM)]);
        let pipeline = |name: &str, formats: &[wgpu::VertexFormat], step: wgpu::VertexStepMode| {
            let mut stride = 0;
            let attributes: Vec<wgpu::VertexAttribute> = (0..)
                .zip(formats)
                .map(|(shader_location, format)| {
                    let offset = stride;
                    stride += format.size();
                    wgpu::VertexAttribute { format: *format, offset, shader_location }
                })
                .collect();
            Drawing {
                label: name,
                module: &module,
                entries: [&format!("{name}_corner"), &format!("{name}_pixel")],
                groups: &[Some(&layout)],
                buffers: &[Some(wgpu::VertexBufferLayout {
                    array_stride: stride,
                    step_mode: step,
                    attributes: &attributes,
                })],
                format,
                blends: true,
            }
            .pipeline(device)
        };
        let (two, four) = (wgpu::VertexFormat::Float32x2, wgpu::VertexFormat::Float32x4);
        Self {
            points: pipeline("point", &[two], wgpu::VertexStepMode::Instance),
            lines: pipeline("line", &[four], wgpu::VertexStepMode::Instance),
            areas: pipeline("area", &[two], wgpu::VertexStepMode::Vertex),
            meshes: pipeline(
                "mesh",
                &[two, wgpu::VertexFormat::Unorm8x4],
                wgpu::VertexStepMode::Vertex,
            ),
            layout,
            buffers: HashMap::new(),
            frame: 0,
        }
    }

    pub(super) fn upload(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layer: &LayerCallback,
    ) {
        self.frame += 1;
        let uniform = layer.uniform();
        let frame = self.frame;
        if let Some(own) = self.buffers.get_mut(&layer.key)
            && own.stamp == layer.stamp
        {
            own.used = frame;
            queue.write_buffer(&own.uniform, 0, &uniform);
            return;
        }
        let buffer = |bytes: Vec<u8>, count: usize| {
            let count = u32::try_from(count).ok().filter(|count| *count > 0)?;
            let buffer = parts::buffer(device, LABEL, &bytes, wgpu::BufferUsages::VERTEX);
            Some((buffer, count))
        };
        let visible = &layer.visible;
        let (points, lines, areas) = (
            buffer(bytes(&visible.points), visible.points.len()),
            buffer(bytes(&visible.segments), visible.segments.len()),
            buffer(bytes(&visible.triangles), visible.triangles.len()),
        );
        let (uniform, group) = uniform_group(device, &self.layout, &uniform);
        let own =
            Buffers { stamp: layer.stamp, uniform, group, points, lines, areas, used: self.frame };
        self.buffers.insert(layer.key, own);
        // Layers that were closed or hidden some frames ago.
        let frame = self.frame;
        self.buffers.retain(|_, own| frame - own.used < 600);
    }
}

/// Values for the shaders, and what binds them.
pub(super) fn uniform_group(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    bytes: &[u8],
) -> (wgpu::Buffer, wgpu::BindGroup) {
    let usage = wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST;
    let uniform = parts::buffer(device, LABEL, bytes, usage);
    let group = parts::group(device, LABEL, layout, vec![uniform.as_entire_binding()]);
    (uniform, group)
}

impl LayerPainter {
    /// Draws a layer that was uploaded.
    pub(super) fn draw(&self, key: LayerKey, pass: &mut wgpu::RenderPass<'static>) {
        let Some(own) = self.buffers.get(&key) else { return };
        pass.set_bind_group(0, &own.group, &[]);
        if let Some((buffer, count)) = &own.areas {
            pass.set_pipeline(&self.areas);
            pass.set_vertex_buffer(0, buffer.slice(..));
            pass.draw(0..*count, 0..1);
        }
        for (pipeline, instances) in [(&self.lines, &own.lines), (&self.points, &own.points)] {
            if let Some((buffer, count)) = instances {
                pass.set_pipeline(pipeline);
                pass.set_vertex_buffer(0, buffer.slice(..));
                pass.draw(0..6, 0..*count);
            }
        }
    }
}

impl LayerCallback {
    fn uniform(&self) -> Vec<u8> {
        let color = |Rgba(r, g, b, a): Rgba| {
            // Premultiplied, in the gamma space that egui blends in.
            let alpha = f32::from(a) / 255.0;
            [r, g, b].map(|c| f32::from(c) / 255.0 * alpha).into_iter().chain([alpha])
        };
        [self.offset.x, self.offset.y, self.map.width(), self.map.height()]
            .into_iter()
            .chain(color(self.fill))
            .chain(color(self.casing))
            .chain([self.scale, self.sizes.point_radius_pt, self.sizes.line_width_pt / 2.0])
            .chain([self.pixels_per_point])
            .flat_map(f32::to_ne_bytes)
            .collect()
    }
}

fn bytes<const N: usize>(floats: &[[f32; N]]) -> Vec<u8> {
    floats.iter().flatten().flat_map(|v| v.to_ne_bytes()).collect()
}
