//! What is known of well-known services, so that an address typed by hand gets their datum, credit
//! and terms too.

use super::{Access, CacheTerms, KeyKind, TileSource};
use crate::{geo::Datum, language::Bilingual};

/// What holds for every source of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    hosts: &'static [&'static str],
    pub datum: Datum,
    /// Chinese and English.
    credit: [&'static str; 2],
    pub cache: CacheTerms,
    pub key: KeyKind,
}

impl Service {
    /// Whom its tiles have to name.
    pub fn credit(&self) -> Bilingual {
        let [zh, en] = self.credit;
        Bilingual::new(zh, en)
    }
}

/// 天地图. Its `_w` sets are Web Mercator on CGCS2000. No text of its terms was at hand that allows
/// packages, so only what was looked at is kept.
pub const TIANDITU: Service = Service {
    hosts: &["tianditu.gov.cn", "tianditu.com", "tianditu.cn"],
    datum: Datum::Cgcs2000,
    credit: [
        "国家地理信息公共服务平台 天地图",
        "National Platform for Common Geospatial Information Services, Tianditu",
    ],
    cache: CacheTerms::SeenOnly,
    key: KeyKind::Tianditu,
};

/// The tile usage policy of the OpenStreetMap Foundation's Operations Working Group (revised in
/// January 2024) asks for credit, a telling user agent and caching, and forbids fetching in bulk
/// and ahead.
pub const OPENSTREETMAP: Service = Service {
    hosts: &["tile.openstreetmap.org"],
    datum: Datum::Wgs84,
    credit: ["© OpenStreetMap 贡献者（ODbL）", "© OpenStreetMap contributors (ODbL)"],
    cache: CacheTerms::SeenOnly,
    key: KeyKind::None,
};

/// 高德. These tiles are not part of its open platform and come without terms that allow to keep
/// them; so nothing is kept.
pub const AMAP: Service = Service {
    hosts: &["autonavi.com", "amap.com"],
    datum: Datum::Gcj02,
    credit: ["© 高德地图 AutoNavi", "© Amap AutoNavi"],
    cache: CacheTerms::Forbidden,
    key: KeyKind::None,
};

/// 腾讯地图, in GCJ-02 as all Chinese commercial maps but Baidu's.
const TENCENT: Service = Service {
    hosts: &["map.gtimg.com", "map.qq.com"],
    datum: Datum::Gcj02,
    credit: ["© 腾讯地图", "© Tencent Maps"],
    cache: CacheTerms::Forbidden,
    key: KeyKind::None,
};

/// Google's tiles, whose policies forbid keeping them beyond the answer's own terms. In China they
/// are in GCJ-02 for maps; only the Chinese host is certain to be.
const GOOGLE_CHINA: Service = Service {
    hosts: &["google.cn"],
    datum: Datum::Gcj02,
    credit: ["© Google", "© Google"],
    cache: CacheTerms::Forbidden,
    key: KeyKind::None,
};

const SERVICES: [Service; 5] = [TIANDITU, OPENSTREETMAP, AMAP, TENCENT, GOOGLE_CHINA];

/// The service that an address belongs to.
pub fn service(url: &str) -> Option<Service> {
    let host = host(url).to_ascii_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    let is_own = |own: &&str| {
        host.strip_suffix(*own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    SERVICES.into_iter().find(|service| service.hosts.iter().any(is_own))
}

/// Gives a source what is known of its service. What it says of itself stays, but terms only become
/// narrower.
pub fn settle(source: &mut TileSource) {
    let (Access::Template { url, .. } | Access::PmtilesHttp(url)) = &source.access else { return };
    let Some(service) = service(url) else { return };
    source.datum = service.datum;
    if source.credit.zh.is_empty() {
        source.credit = service.credit();
    }
    if service.cache == CacheTerms::Forbidden || source.cache == CacheTerms::Packages {
        source.cache = service.cache;
    }
    if service.key != KeyKind::None && url.contains("{key}") {
        source.key = service.key;
    }
}

/// The host of an address, with its port, without the user.
pub fn host(url: &str) -> &str {
    let rest = url.split("://").nth(1).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.rsplit('@').next().unwrap_or_default()
}
