//! What pages refer to: fonts, images, dots, opacities, layers. All pages share them.

use std::{collections::BTreeSet, sync::Arc};

use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, TextStr};

use super::{
    document::{PdfError, Refs, packed},
    fonts::{UsedFont, write_font},
    images::write_image,
    pen_state::{PenState, rounded},
};
use crate::{
    font::Fonts,
    paper::{Pixels, Step, circle},
    style::Rgba,
};

/// What is referred to, by its kind and its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    pub fn to_name(&self) -> Name<'_> {
        Name(self.0.as_bytes())
    }
}

/// What pages have used so far.
#[derive(Default)]
pub struct Resources {
    /// The regular and the bold one.
    pub fonts: [UsedFont; 2],
    images: Vec<Arc<Pixels>>,
    dots: Vec<Vec<(f32, Rgba)>>,
    opacities: BTreeSet<[u8; 2]>,
    layers: Vec<String>,
}

impl Resources {
    pub fn opacity(&mut self, alpha: [u8; 2]) -> Reference {
        self.opacities.insert(alpha);
        opacity_name(alpha)
    }

    pub fn font(bold: bool) -> Reference {
        Reference(format!("F{}", u8::from(bold)))
    }

    pub fn image(&mut self, pixels: &Arc<Pixels>) -> Reference {
        let known = self.images.iter().position(|known| Arc::ptr_eq(known, pixels));
        Reference(format!("I{}", known.unwrap_or_else(|| push(&mut self.images, pixels.clone()))))
    }

    pub fn dot(&mut self, discs: &[(f32, Rgba)]) -> Reference {
        let known = self.dots.iter().position(|known| known == discs);
        Reference(format!("D{}", known.unwrap_or_else(|| push(&mut self.dots, discs.to_vec()))))
    }

    pub fn layer(&mut self, name: &str) -> Reference {
        let known = self.layers.iter().position(|known| known == name);
        let layer = known.unwrap_or_else(|| push(&mut self.layers, name.to_owned()));
        Reference(format!("L{layer}"))
    }

    /// Writes everything; `id` is what pages name. Returns the layers, from the ground up.
    pub fn write(
        &self,
        file: &mut Pdf,
        refs: &mut Refs,
        id: Ref,
        fonts: &Fonts,
    ) -> Result<Vec<Ref>, PdfError> {
        let mut font_refs = Vec::new();
        for (bold, used) in [false, true].into_iter().zip(&self.fonts) {
            if !used.is_empty() {
                font_refs.push((Self::font(bold), write_font(file, refs, fonts.face(bold), used)?));
            }
        }
        let mut objects = Vec::new();
        for (i, pixels) in self.images.iter().enumerate() {
            objects.push((Reference(format!("I{i}")), write_image(file, refs, pixels)?));
        }
        // Opacities of dots come on top of those of the pages.
        let mut opacities = self.opacities.clone();
        for (i, discs) in self.dots.iter().enumerate() {
            opacities.extend(discs.iter().map(|(_, color)| [color.3, 255]));
            objects.push((Reference(format!("D{i}")), write_dot(file, refs, id, discs)?));
        }
        let layers: Vec<(Reference, Ref)> =
            (0..self.layers.len()).map(|i| (Reference(format!("L{i}")), refs.next())).collect();
        for ((_, layer), name) in layers.iter().zip(&self.layers) {
            let mut group = file.indirect(*layer).dict();
            group.pair(Name(b"Type"), Name(b"OCG")).pair(Name(b"Name"), TextStr(name));
        }
        let mut resources = file.indirect(id).dict();
        for (kind, list) in [("Font", &font_refs), ("XObject", &objects), ("Properties", &layers)] {
            if !list.is_empty() {
                let mut dict = resources.insert(Name(kind.as_bytes())).dict();
                for (name, object) in list {
                    dict.pair(name.to_name(), *object);
                }
            }
        }
        if !opacities.is_empty() {
            let mut states = resources.insert(Name(b"ExtGState")).dict();
            for both in opacities {
                let [filling, stroke] = both.map(|a| f32::from(a) / 255.0);
                let mut state = states.insert(opacity_name(both).to_name()).dict();
                state.pair(Name(b"Type"), Name(b"ExtGState"));
                state.pair(Name(b"ca"), filling).pair(Name(b"CA"), stroke);
            }
        }
        resources.finish();
        Ok(layers.into_iter().map(|(_, layer)| layer).collect())
    }
}

fn opacity_name([fill, stroke]: [u8; 2]) -> Reference {
    Reference(format!("A{fill}-{stroke}"))
}

fn push<T>(list: &mut Vec<T>, new: T) -> usize {
    list.push(new);
    list.len() - 1
}

/// A dot around the origin.
fn write_dot(
    file: &mut Pdf,
    refs: &mut Refs,
    resources: Ref,
    discs: &[(f32, Rgba)],
) -> Result<Ref, PdfError> {
    let mut content = Content::new();
    let (mut state, mut used) = (PenState::default(), Resources::default());
    let mut reach = 0.0_f32;
    for (radius, color) in discs {
        reach = reach.max(*radius);
        state.fill(*color, &mut content, &mut used);
        push_steps(&circle([0.0; 2], *radius), &mut content);
        content.fill_nonzero();
    }
    let id = refs.next();
    let content = packed(&content.finish())?;
    let mut form = file.form_xobject(id, &content);
    form.bbox(Rect::new(-reach, -reach, reach, reach)).filter(Filter::FlateDecode);
    form.pair(Name(b"Resources"), resources);
    form.finish();
    Ok(id)
}

/// Adds an outline to a content's path.
pub fn push_steps(steps: &[Step], content: &mut Content) {
    let place = |p: [f32; 2]| p.map(rounded);
    for step in steps {
        match *step {
            Step::Move(to) => {
                let [x, y] = place(to);
                content.move_to(x, y);
            }
            Step::Line(to) => {
                let [x, y] = place(to);
                content.line_to(x, y);
            }
            Step::Curve(a, b, to) => {
                let ([ax, ay], [bx, by], [x, y]) = (place(a), place(b), place(to));
                content.cubic_to(ax, ay, bx, by, x, y);
            }
            Step::Close => {
                content.close_path();
            }
        }
    }
}
