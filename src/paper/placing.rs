//! Moving and enlarging what has been drawn.

use super::{
    BoxPt, DotsDrawing, Drawing, ImageDrawing, Item, PathDrawing, Pen, RectDrawing, Step,
    TextDrawing,
};

/// First enlarged about the paper's corner, then moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placing {
    pub enlarged: f32,
    pub moved_pt: [f32; 2],
}

impl Placing {
    /// Only moved.
    pub const fn moved(by_pt: [f32; 2]) -> Self {
        Self { enlarged: 1.0, moved_pt: by_pt }
    }

    /// Puts items where it says; widths of lines, letters and corners grow with them.
    #[must_use]
    pub fn of(&self, items: Vec<Item>) -> Vec<Item> {
        items.into_iter().map(|item| self.item(item)).collect()
    }

    fn item(&self, Item { drawing, subject }: Item) -> Item {
        let drawing = match drawing {
            Drawing::Path(path) => Drawing::Path(PathDrawing {
                steps: path.steps.into_iter().map(|step| self.step(step)).collect(),
                fill: path.fill,
                pen: path.pen.map(|pen| self.pen(pen)),
            }),
            Drawing::Rect(rect) => Drawing::Rect(RectDrawing {
                place: self.place(rect.place),
                corner_pt: rect.corner_pt * self.enlarged,
                fill: rect.fill,
                pen: rect.pen.map(|pen| self.pen(pen)),
            }),
            Drawing::Dots(dots) => Drawing::Dots(DotsDrawing {
                centers_pt: dots.centers_pt.into_iter().map(|at| self.at(at)).collect(),
                discs: dots.discs.into_iter().map(|(r, ink)| (r * self.enlarged, ink)).collect(),
            }),
            Drawing::Text(text) => Drawing::Text(self.text(text)),
            Drawing::Image(image) => {
                Drawing::Image(ImageDrawing { place: self.place(image.place), ..image })
            }
            Drawing::Clip { to, items } => {
                Drawing::Clip { to: self.place(to), items: self.of(items) }
            }
            Drawing::Group(items) => Drawing::Group(self.of(items)),
        };
        Item { drawing, subject }
    }

    fn text(&self, mut text: TextDrawing) -> TextDrawing {
        text.at_pt = self.at(text.at_pt);
        for at in &mut text.lines_at_pt {
            *at = self.at(*at);
        }
        text.style.size_pt *= self.enlarged;
        if let Some((_, reach_pt)) = &mut text.style.halo {
            *reach_pt *= self.enlarged;
        }
        text
    }

    fn step(&self, step: Step) -> Step {
        match step {
            Step::Move(to) => Step::Move(self.at(to)),
            Step::Line(to) => Step::Line(self.at(to)),
            Step::Curve(a, b, to) => Step::Curve(self.at(a), self.at(b), self.at(to)),
            Step::Close => Step::Close,
        }
    }

    fn pen(&self, pen: Pen) -> Pen {
        Pen {
            width_pt: pen.width_pt * self.enlarged,
            dash_pt: pen.dash_pt.into_iter().map(|part| part * self.enlarged).collect(),
            dash_from_pt: pen.dash_from_pt * self.enlarged,
            ..pen
        }
    }

    fn place(&self, place: BoxPt) -> BoxPt {
        let [left, top] = self.at([place.left, place.top]);
        BoxPt::new(left, top, place.width * self.enlarged, place.height * self.enlarged)
    }

    fn at(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [x * self.enlarged + self.moved_pt[0], y * self.enlarged + self.moved_pt[1]]
    }
}
