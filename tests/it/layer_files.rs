//! What tests of readers of layers share: opening a file, and damaging one.

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    layer::{CountyCodes, Layer},
    store::layers::{LayerError, OpenOptions, open_layers},
};

/// A file's layers, read to their end.
pub fn open_with(path: &Path, options: &OpenOptions) -> Result<Vec<Arc<Layer>>, LayerError> {
    let mut layers = Vec::new();
    let (counties, never) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    open_layers(path, options, &counties, &never, &mut |progress| layers = progress.layers)?;
    Ok(layers)
}

/// The same, as the file itself says.
pub fn open(path: &Path) -> Result<Vec<Arc<Layer>>, LayerError> {
    open_with(path, &OpenOptions::default())
}

/// The bytes cut at every fiftieth, then with every fifth bit turned.
pub fn damaged(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let cuts = (0..50).map(|part| bytes[..bytes.len() * part / 50].to_vec());
    let flips = (0..bytes.len() * 8).step_by(5).map(|bit| {
        let mut broken = bytes.to_vec();
        broken[bit / 8] ^= 1 << (bit % 8);
        broken
    });
    cuts.chain(flips)
}
