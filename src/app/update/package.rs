//! Offline packages.

use crate::app::{
    job::Order,
    package::{PackageJob, PackageOrder, PackageProgress, PackageState},
    state::State,
};

/// Begins a package, or goes on with one.
pub fn start(state: &mut State, order: PackageOrder) -> Vec<Order> {
    let progress = PackageProgress {
        wanted: 0,
        stored: 0,
        absent: 0,
        failed: 0,
        state: PackageState::Running,
        path: order.path.clone(),
    };
    state.package = Some(PackageJob { order: order.clone(), progress });
    vec![Order::Package(Box::new(order))]
}

/// Takes how far it has come.
pub fn went(state: &mut State, progress: PackageProgress) {
    if let Some(package) = state.package.as_mut().filter(|p| p.order.path == progress.path) {
        package.progress = progress;
    }
}
