//! What every output can do: it paints a list.

use super::{
    BoxPt, DotsDrawing, Drawing, ImageDrawing, Item, PathDrawing, RectDrawing, Subject, TextDrawing,
};

/// An output that is painted on: pixels, the window, an SVG or a PDF. Positions are points from the
/// paper's top left corner; the canvas knows its own scale. What is drawn later lies above. What
/// cannot be drawn, such as a place that is no number, is left out.
pub trait Canvas {
    fn path(&mut self, path: &PathDrawing);
    fn rect(&mut self, rect: &RectDrawing);
    fn dots(&mut self, dots: &DotsDrawing);
    fn text(&mut self, text: &TextDrawing);
    fn image(&mut self, image: &ImageDrawing);
    /// Until the matching [`Canvas::end_clip`] only what lies inside the box is seen, and inside
    /// the boxes around it. A box that is none shows nothing.
    fn begin_clip(&mut self, to: BoxPt);
    fn end_clip(&mut self);
    /// What follows belongs together and stands for something, until [`Canvas::end_group`].
    fn begin_group(&mut self, subject: Option<&Subject>);
    fn end_group(&mut self);
}

/// Paints items in their order.
pub fn paint(items: &[Item], canvas: &mut dyn Canvas) {
    for item in items {
        let grouped = item.subject.is_some() || matches!(item.drawing, Drawing::Group(_));
        if grouped {
            canvas.begin_group(item.subject.as_ref());
        }
        match &item.drawing {
            Drawing::Path(path) => canvas.path(path),
            Drawing::Rect(rect) => canvas.rect(rect),
            Drawing::Dots(dots) => canvas.dots(dots),
            Drawing::Text(text) => canvas.text(text),
            Drawing::Image(image) => canvas.image(image),
            Drawing::Clip { to, items } => {
                canvas.begin_clip(*to);
                paint(items, canvas);
                canvas.end_clip();
            }
            Drawing::Group(items) => paint(items, canvas),
        }
        if grouped {
            canvas.end_group();
        }
    }
}
