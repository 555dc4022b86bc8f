//! Requests for tiles: bounded in time and size, told in words.

use std::{
    io,
    net::IpAddr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ureq::{
    Agent, Body, Error, Proxy, RequestBuilder,
    http::{Response, Uri},
    typestate::WithoutBody,
};

use crate::tile::{Failure, MAX_BODY_BYTES, seconds_from_http_date};

/// Of what a server says with a refusal, so much is read.
const MAX_REFUSAL_BYTES: u64 = 16 << 10;
/// Nothing is fresh for longer, whatever a server says.
const LONGEST_AGE: Duration = Duration::from_hours(366 * 24);

/// How long a server may take, for tests to shorten.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub connect: Duration,
    /// From the request to the beginning of its answer.
    pub answer: Duration,
    /// The whole of a request, so that a body that drips does not hold a worker.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(10),
            whole: Duration::from_secs(20),
        }
    }
}

/// An answer with a body.
#[derive(Debug)]
pub struct Answer {
    pub body: Vec<u8>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// For how long it is fresh.
    pub max_age: Option<Duration>,
    /// The server forbids keeping it.
    pub no_store: bool,
}

/// What came back.
#[derive(Debug)]
pub enum Reply {
    Fresh(Answer),
    /// What was kept still holds, for so long.
    NotModified(Option<Duration>),
    /// The server has none.
    Absent,
}

/// A client for all requests.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
}

impl Client {
    /// A proxy is taken from the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`).
    pub fn new(patience: Patience) -> Self {
        Self::through(Proxy::try_from_env(), patience)
    }

    /// With the proxy at an address such as `http://127.0.0.1:3128`, whatever the environment says;
    /// without one where the address is none.
    pub fn with_proxy(address: &str, patience: Patience) -> Self {
        Self::through(Proxy::new(address).ok(), patience)
    }

    fn through(proxy: Option<Proxy>, patience: Patience) -> Self {
        let config = Agent::config_builder()
            .user_agent(concat!("jintu/", env!("CARGO_PKG_VERSION"), " (desktop map)"))
            .timeout_connect(Some(patience.connect))
            .timeout_resolve(Some(patience.connect))
            .timeout_recv_response(Some(patience.answer))
            .timeout_global(Some(patience.whole))
            .http_status_as_error(false)
            .max_redirects(4)
            .max_idle_connections_per_host(8)
            .proxy(proxy)
            .tls_config(
                ureq::tls::TlsConfig::builder()
                    .root_certs(ureq::tls::RootCerts::PlatformVerifier)
                    .build(),
            )
            .build();
        Self { agent: config.new_agent() }
    }

    /// Fetches an address. `known` is the mark of what is kept already.
    ///
    /// # Errors
    /// See [`Failure`]; the address is in none of them.
    pub fn get(&self, url: &str, known: Option<&Mark>) -> Result<Reply, Failure> {
        let mut request = self.request(url);
        let known = known.filter(|mark| mark.etag.is_some() || mark.last_modified.is_some());
        if let Some(mark) = known {
            if let Some(etag) = &mark.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(date) = &mark.last_modified {
                request = request.header("If-Modified-Since", date);
            }
        }
        let mut response = request.call().map_err(|e| failure(&e))?;
        let max_age = max_age(&response);
        let status = response.status().as_u16();
        match status {
            304 if known.is_some() => return Ok(Reply::NotModified(max_age)),
            204 | 404 | 410 => return Ok(Reply::Absent),
            200..=299 => {}
            _ => return Err(refusal(status, &mut response)),
        }
        let etag = header(&response, "etag").map(str::to_owned);
        let last_modified = header(&response, "last-modified").map(str::to_owned);
        let no_store = directives(&response).any(|one| one == "no-store");
        let body = response.body_mut().with_config().limit(MAX_BODY_BYTES).read_to_vec();
        let body = body.map_err(|e| cut_off(&e))?;
        Ok(Reply::Fresh(Answer { body, etag, last_modified, max_age, no_store }))
    }

    /// Some bytes of a file behind an address.
    ///
    /// # Errors
    /// See [`Failure`]; a server that does not know ranges is [`Failure::Refused`].
    pub fn range(&self, url: &str, offset: u64, length: u64) -> Result<Vec<u8>, Failure> {
        let last = offset.saturating_add(length).saturating_sub(1);
        let range = format!("bytes={offset}-{last}");
        let request = self.request(url).header("Range", &range);
        let mut response = request.call().map_err(|e| failure(&e))?;
        let status = response.status().as_u16();
        if status != 206 {
            return Err(refusal(status, &mut response));
        }
        let limit = length.saturating_add(1);
        let body = response.body_mut().with_config().limit(limit).read_to_vec();
        let body = body.map_err(|e| cut_off(&e))?;
        if body.len() as u64 == length { Ok(body) } else { Err(Failure::Damaged) }
    }

    /// A tile server on this machine is none that a proxy could reach: as in browsers, it is asked
    /// directly.
    fn request(&self, url: &str) -> RequestBuilder<WithoutBody> {
        let request = self.agent.get(url);
        if is_this_machine(url) { request.config().proxy(None).build() } else { request }
    }
}

/// Whether an address leads back to the machine that asks (RFC 6761, 6.3).
fn is_this_machine(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|ip| ip.is_loopback())
}

/// What tells whether a kept tile still holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// Why a status is no tile. A body that does not come to its end does not change that.
fn refusal(status: u16, response: &mut Response<Body>) -> Failure {
    let wait = header(response, "retry-after").and_then(retry_after);
    let mut body = Vec::new();
    let mut reader = response.body_mut().with_config().limit(MAX_REFUSAL_BYTES).reader();
    // What was read before an error stays.
    let _ = io::copy(&mut reader, &mut body);
    Failure::of_status(status, &body, wait).unwrap_or(Failure::Refused(status))
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

/// Seconds, or a date.
fn retry_after(text: &str) -> Option<Duration> {
    let seconds = text.trim().parse().ok();
    let until = || seconds_from_http_date(text).map(|at| at.saturating_sub(now_s()));
    seconds.or_else(until).map(Duration::from_secs)
}

/// The parts of `Cache-Control`, in small letters.
fn directives(response: &Response<Body>) -> impl Iterator<Item = String> {
    let all = response.headers().get_all("cache-control").iter().filter_map(|v| v.to_str().ok());
    let parts = all.flat_map(|text| text.split(',')).map(|one| one.trim().to_ascii_lowercase());
    parts.collect::<Vec<_>>().into_iter()
}

/// How long an answer is fresh (RFC 9111, 4.2.1): `max-age` less its age, else `Expires` less
/// `Date`; `None` where the server says nothing.
fn max_age(response: &Response<Body>) -> Option<Duration> {
    let mut seconds = None;
    for one in directives(response) {
        if one == "no-cache" || one == "no-store" {
            return Some(Duration::ZERO);
        }
        if let Some(value) = one.strip_prefix("max-age=") {
            seconds = seconds.or(value.trim_matches('"').trim().parse::<u64>().ok());
        }
    }
    let number = |name| header(response, name).and_then(|text| text.trim().parse::<u64>().ok());
    let seconds = match (seconds, header(response, "expires")) {
        (Some(seconds), _) => seconds.saturating_sub(number("age").unwrap_or(0)),
        // A date that is none means that it is over already.
        (None, Some(expires)) => {
            let date = header(response, "date").and_then(seconds_from_http_date);
            let until = seconds_from_http_date(expires).unwrap_or(0);
            until.saturating_sub(date.unwrap_or_else(now_s))
        }
        (None, None) => return None,
    };
    Some(Duration::from_secs(seconds).min(LONGEST_AGE))
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A body that began and did not end as it should.
fn cut_off(error: &Error) -> Failure {
    match error {
        Error::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => Failure::Damaged,
        Error::Protocol(_) => Failure::Damaged,
        _ => failure(error),
    }
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Timeout(_) => Failure::Timeout,
        Error::BodyExceedsLimit(_) => Failure::TooLarge,
        Error::BadUri(_) | Error::Http(_) | Error::TooManyRedirects => Failure::Address,
        Error::Io(e) if e.kind() == io::ErrorKind::TimedOut => Failure::Timeout,
        _ => Failure::Unreachable,
    }
}
