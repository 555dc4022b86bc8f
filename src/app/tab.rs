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
    Slides,
}

impl Tab {
    pub const ALL: [Self; 8] = [
        Self::Regions,
        Self::Tasks,
        Self::Targets,
        Self::Layers,
        Self::Basemap,
        Self::Card,
        Self::Text,
        Self::Slides,
    ];

    /// The key of its name in the locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regions => "tab.regions",
            Self::Tasks => "tab.tasks",
            Self::Targets => "tab.targets",
            Self::Layers => "tab.layers",
            Self::Basemap => "tab.basemap",
            Self::Card => "tab.card",
            Self::Text => "tab.text",
            Self::Slides => "tab.slides",
        }
    }
}
