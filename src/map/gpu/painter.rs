//! All pipelines of the map, as egui's renderer keeps them between frames.

use eframe::egui_wgpu::{CallbackResources, CallbackTrait, ScreenDescriptor, wgpu};
use egui::PaintCallbackInfo;

use super::{
    layers::{LayerCallback, LayerPainter},
    picture::{PictureCallback, PicturePainter},
    tiles::TilePainter,
};

/// Draws the map: its picture, and what lies in it.
pub struct MapPainter {
    layers: LayerPainter,
    tiles: TilePainter,
    picture: PicturePainter,
}

impl MapPainter {
    /// Pipelines for a window's pixels.
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Self {
        Self {
            layers: LayerPainter::new(device, format),
            tiles: TilePainter::new(device, format),
            picture: PicturePainter::new(device, format),
        }
    }

    /// Draws the picture anew: meshes of the basemap, tiles, layers, meshes of the projects.
    fn draw_picture(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        callback: &PictureCallback,
    ) {
        let content = &callback.content;
        for layer in &content.layers {
            self.layers.upload(device, queue, layer);
        }
        let size_pt = content.size_pt;
        let [below, above] = [&content.below, &content.above]
            .map(|meshed| meshed.as_ref()?.prepare(device, &self.layers, size_pt));
        let tiles = self.tiles.prepare(device, queue, &content.tiles, size_pt);
        let Some(picture) = &self.picture.picture else { return };
        let mut pass = picture.begin(encoder, content.ground);
        if let Some(below) = below {
            below.draw(&self.layers, &mut pass);
        }
        if let Some(tiles) = &tiles {
            self.tiles.draw(tiles, &mut pass);
        }
        for layer in &content.layers {
            self.layers.draw(layer.key, &mut pass);
        }
        if let Some(above) = above {
            above.draw(&self.layers, &mut pass);
        }
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
        let Some(painter) = resources.get_mut::<MapPainter>() else { return Vec::new() };
        painter.picture.make_room(device, self.content.size_px, &self.refused);
        if painter.picture.picture.as_ref().is_some_and(|picture| picture.stamp != self.stamp) {
            painter.draw_picture(device, queue, encoder, self);
        }
        if let Some(picture) = &mut painter.picture.picture {
            picture.place(queue, self.stamp, self.rect);
        }
        Vec::new()
    }

    fn paint(
        &self,
        _: PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(painter) = resources.get::<MapPainter>() {
            painter.picture.draw(pass);
        }
    }
}

impl CallbackTrait for LayerCallback {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        _: &ScreenDescriptor,
        _: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        if let Some(painter) = resources.get_mut::<MapPainter>() {
            painter.layers.upload(device, queue, self);
        }
        Vec::new()
    }

    fn paint(
        &self,
        _: PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(painter) = resources.get::<MapPainter>() {
            painter.layers.draw(self.key, pass);
        }
    }
}
