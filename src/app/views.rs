//! The views that were looked at, to go back to.

use crate::scene::Viewport;

const MOST: usize = 50;

/// A list of views and the place in it.
#[derive(Debug, Clone, Default)]
pub struct Views {
    views: Vec<Viewport>,
    /// Position of the present view.
    at: usize,
}

impl Views {
    /// Adds the view that the camera came to rest at. What was left by going back is forgotten.
    pub fn push(&mut self, view: Viewport) {
        if self.views.get(self.at).is_some_and(|present| is_same(present, &view)) {
            return;
        }
        self.views.truncate(self.at + 1);
        self.views.push(view);
        if self.views.len() > MOST {
            self.views.remove(0);
        }
        self.at = self.views.len() - 1;
    }

    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.at + 1 < self.views.len()
    }

    /// The view before.
    pub fn back(&mut self) -> Option<Viewport> {
        self.at = self.at.checked_sub(1)?;
        self.views.get(self.at).copied()
    }

    /// The view that was left by going back.
    pub fn forward(&mut self) -> Option<Viewport> {
        let next = self.views.get(self.at + 1).copied()?;
        self.at += 1;
        Some(next)
    }
}

/// Nearer to each other than anybody would tell apart.
fn is_same(a: &Viewport, b: &Viewport) -> bool {
    let points = (a.center.x - b.center.x).hypot(a.center.y - b.center.y) * a.scale();
    points < 4.0 && (a.zoom - b.zoom).abs() < 0.02
}
