//! Which chunks to ask for, and when to ask again.

use crate::slots::{ChunkSet, SlotId};

/// Chunks asked for at once. Two keep the link busy while one is being written.
pub const WINDOW: usize = 2;
/// First time-out of a request, in ms. It doubles with each try.
pub const REQUEST_MS: u64 = 1000;
/// Longest time-out of a request, in ms, before jitter.
pub const MAX_BACKOFF_MS: u64 = 60_000;
/// Tries without an answer after which the device reports that it is stalled.
pub const STALLED_TRIES: u8 = 4;

/// Pseudo-random numbers for jitter; nothing depends on their quality but the spread of a fleet's requests.
#[derive(Debug, Clone)]
pub(crate) struct Jitter(u32);

impl Jitter {
    pub fn new(seed: u32) -> Jitter {
        Jitter(seed | 1)
    }

    /// Milliseconds to wait before try number `tries + 1`: doubles, has a ceiling, and is spread by a quarter.
    pub fn backoff(&mut self, tries: u8) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        let delay = (REQUEST_MS << tries.min(6)).min(MAX_BACKOFF_MS);
        delay + u64::from(self.0) % (delay / 4)
    }
}

/// A request that is repeated until it is answered.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Retry {
    /// When to send it next; `None` while no answer is wanted.
    pub due: Option<u64>,
    /// Sent so often.
    pub tries: u8,
}

impl Retry {
    /// To be sent at once.
    pub fn at(now: u64) -> Retry {
        Retry { due: Some(now), tries: 0 }
    }

    pub fn is_due(&self, now: u64) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    /// Notes that it was sent. Returns whether it has become time to say that nobody answers.
    pub fn sent(&mut self, now: u64, jitter: &mut Jitter) -> bool {
        self.due = Some(now + jitter.backoff(self.tries));
        self.tries = self.tries.saturating_add(1);
        self.tries == STALLED_TRIES
    }
}

#[derive(Debug, Clone, Copy)]
struct Request {
    index: u32,
    retry: Retry,
}

/// A download in progress.
#[derive(Debug, Clone)]
pub(crate) struct Download {
    pub slot: SlotId,
    pub count: u32,
    present: ChunkSet,
    requests: [Option<Request>; WINDOW],
    /// Quarters of the chunks that were reported.
    quarters: u32,
}

impl Download {
    pub fn new(slot: SlotId, count: u32, present: ChunkSet) -> Download {
        Download { slot, count, present, requests: [None; WINDOW], quarters: 0 }
    }

    pub fn done(&self) -> u32 {
        self.present.count()
    }

    pub fn is_complete(&self) -> bool {
        self.done() >= self.count
    }

    /// Whether this chunk was asked for and is still wanted.
    pub fn wants(&self, index: u32) -> bool {
        self.requests.iter().flatten().any(|r| r.index == index)
    }

    /// The next chunk to ask for now, if there is one; call until there is none. The flag says that this chunk has
    /// been asked for so often that it is worth reporting.
    pub fn request(&mut self, now: u64, jitter: &mut Jitter) -> Option<(u32, bool)> {
        if let Some(late) = self.requests.iter_mut().flatten().find(|r| r.retry.is_due(now)) {
            let stalled = late.retry.sent(now, jitter);
            return Some((late.index, stalled));
        }
        let free = self.requests.iter().position(Option::is_none)?;
        let index = (0..self.count).find(|i| !self.present.contains(*i) && !self.wants(*i))?;
        let mut retry = Retry::at(now);
        retry.sent(now, jitter);
        self.requests[free] = Some(Request { index, retry });
        Some((index, false))
    }

    /// The chunk is in flash. Returns whether that is worth reporting: once a quarter.
    pub fn written(&mut self, index: u32) -> bool {
        self.present.insert(index);
        self.drop_request(index);
        let quarters = self.done() * 4 / self.count.max(1);
        let report = quarters > self.quarters;
        self.quarters = quarters;
        report
    }

    /// Forgets what was asked for, so that it is asked for at once.
    pub fn forget_requests(&mut self) {
        self.requests = [None; WINDOW];
    }

    fn drop_request(&mut self, index: u32) {
        for request in &mut self.requests {
            if request.is_some_and(|r| r.index == index) {
                *request = None;
            }
        }
    }

    /// When a request has to be repeated.
    pub fn due(&self) -> Option<u64> {
        self.requests.iter().flatten().filter_map(|r| r.retry.due).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_window_full_and_asks_again() {
        let mut jitter = Jitter::new(7);
        let mut present = ChunkSet::default();
        present.insert(1);
        let mut d = Download::new(SlotId::A, 4, present);
        assert_eq!(d.request(0, &mut jitter), Some((0, false)));
        assert_eq!(d.request(0, &mut jitter), Some((2, false)));
        assert_eq!(d.request(0, &mut jitter), None);
        assert!(!d.written(0) || d.done() == 2);
        assert_eq!(d.request(10, &mut jitter), Some((3, false)));
        assert!(!d.wants(0) && d.wants(2) && d.wants(3));
        // Chunk 2 is late, then 3; after so many tries that is said once.
        let mut stalled = 0;
        for _ in 0..12 {
            let due = d.due().unwrap();
            assert_eq!(d.request(due - 1, &mut jitter), None);
            stalled += u32::from(d.request(due, &mut jitter).unwrap().1);
        }
        assert_eq!(stalled, 2);
        d.written(2);
        d.written(3);
        assert!(d.is_complete());
        assert_eq!((d.request(u64::MAX / 2, &mut jitter), d.due()), (None, None));
    }

    #[test]
    fn backoff_grows_to_a_ceiling() {
        let mut jitter = Jitter::new(1);
        let mut last = 0;
        for tries in 0..=7 {
            let delay = jitter.backoff(tries);
            let base = (REQUEST_MS << tries).min(MAX_BACKOFF_MS);
            assert!((base..base + base / 4).contains(&delay), "{tries}: {delay}");
            assert!(delay > last || base == MAX_BACKOFF_MS);
            last = delay;
        }
        assert!(jitter.backoff(u8::MAX) < MAX_BACKOFF_MS * 5 / 4);
    }
}
