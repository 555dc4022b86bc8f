//! Tabs of the side panels.

/// Tabs of the two side panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    Regions,
    Tasks,
    Targets,
    Layers,
    Basemap,
    Card,
    Text,
}
