//! What a layer of the user's is called among the open files.

/// A layer by its file and its place in it.
pub type LayerKey = (u64, usize);
