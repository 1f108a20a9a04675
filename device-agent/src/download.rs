//! Which chunks to ask for, and when to ask again.

use crate::slots::{ChunkSet, SlotId};

/// Chunks asked for at once. Two keep the link busy while one is being written.
pub const WINDOW: usize = 2;
/// First time-out of a request, in ms. It doubles with each try.
pub const REQUEST_MS: u64 = 1000;
/// Longest time-out of a request, in ms, before jitter.
pub const MAX_BACKOFF_MS: u64 = 60_000;
/// Requests for packed chunks in a row without an answer after which a download goes on without: the controller may be
/// one that cannot pack.
const UNPACKED_AFTER: u8 = 3;
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

/// Downloads that may be begun in a row, each of which erases a slot.
///
/// What is wanted is not signed: any client of the broker can say that this or that is, and serve artifacts that were
/// signed for this device once. So that wanting them in turns does not wear the flash out, there are so many at once and
/// then one an hour: 8,760 a year. A reset grants them anew; nobody resets a device over MQTT.
pub const BEGINS_AT_ONCE: u64 = 16;
/// Interval in ms at which another download may be begun, once those are used up.
pub const BEGIN_EVERY_MS: u64 = 3_600_000;

/// Which downloads may be begun: a bucket that leaks one at each interval, as the time at which it will be empty.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ration(u64);

impl Ration {
    /// Takes one, or says when there will be one.
    pub fn take(&mut self, now: u64) -> Result<(), u64> {
        let empty = self.0.max(now) + BEGIN_EVERY_MS;
        match empty.saturating_sub(BEGINS_AT_ONCE * BEGIN_EVERY_MS) {
            due if due > now => Err(due),
            _ => {
                self.0 = empty;
                Ok(())
            }
        }
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
    packed: bool,
}

/// A chunk to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub index: u32,
    /// Ask for it packed.
    pub packed: bool,
    /// It has been asked for so often that it is worth reporting.
    pub stalled: bool,
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
    /// Requests for packed chunks since the last one that was answered.
    unanswered: u8,
}

impl Download {
    pub fn new(slot: SlotId, count: u32, present: ChunkSet) -> Download {
        Download { slot, count, present, requests: [None; WINDOW], quarters: 0, unanswered: 0 }
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

    /// The next chunk to ask for now, if there is one; call until there is none. A chunk is asked for packed at first, and
    /// as it is if that was not answered, or was of no use.
    pub fn request(&mut self, now: u64, jitter: &mut Jitter) -> Option<Wanted> {
        if let Some(late) = self.requests.iter_mut().flatten().find(|r| r.retry.is_due(now)) {
            self.unanswered = self.unanswered.saturating_add(late.packed.into());
            late.packed = false;
            let stalled = late.retry.sent(now, jitter);
            return Some(Wanted { index: late.index, packed: false, stalled });
        }
        let free = self.requests.iter().position(Option::is_none)?;
        let index = (0..self.count).find(|i| !self.present.contains(*i) && !self.wants(*i))?;
        let mut retry = Retry::at(now);
        retry.sent(now, jitter);
        let packed = self.unanswered < UNPACKED_AFTER;
        self.requests[free] = Some(Request { index, retry, packed });
        Some(Wanted { index, packed, stalled: false })
    }

    /// The controller packs.
    pub fn packed(&mut self) {
        self.unanswered = 0;
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
        self.unanswered = 0;
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
    extern crate std;

    use super::*;

    fn first(index: u32) -> Wanted {
        Wanted { index, packed: true, stalled: false }
    }

    #[test]
    fn who_does_not_pack_is_not_asked_to_for_long() {
        let mut jitter = Jitter::new(7);
        let mut d = Download::new(SlotId::A, 100, ChunkSet::default());
        let mut tries = |d: &mut Download, packs: bool| {
            let mut now = 0;
            let mut asked_packed = 0;
            for _ in 0..10 {
                let wanted = d.request(now, &mut jitter).unwrap();
                asked_packed += u32::from(wanted.packed);
                if wanted.packed && packs {
                    d.packed();
                }
                if packs || !wanted.packed {
                    d.written(wanted.index);
                } else {
                    // The other half of the window is not what this is about.
                    now = d.due().unwrap();
                }
            }
            asked_packed
        };
        assert_eq!(tries(&mut d, true), 10);
        assert_eq!(tries(&mut d, false), u32::from(UNPACKED_AFTER));
        assert_eq!(tries(&mut d, true), 0);
        d.forget_requests();
        assert_eq!(tries(&mut d, true), 10, "another connection may be to another controller");
    }

    #[test]
    fn keeps_a_window_full_and_asks_again() {
        let mut jitter = Jitter::new(7);
        let mut present = ChunkSet::default();
        present.insert(1);
        let mut d = Download::new(SlotId::A, 4, present);
        assert_eq!(d.request(0, &mut jitter), Some(first(0)));
        assert_eq!(d.request(0, &mut jitter), Some(first(2)));
        assert_eq!(d.request(0, &mut jitter), None);
        assert!(!d.written(0) || d.done() == 2);
        assert_eq!(d.request(10, &mut jitter), Some(first(3)));
        assert!(!d.wants(0) && d.wants(2) && d.wants(3));
        // Chunk 2 is late, then 3; after so many tries that is said once.
        let mut stalled = 0;
        for _ in 0..12 {
            let due = d.due().unwrap();
            assert_eq!(d.request(due - 1, &mut jitter), None);
            stalled += u32::from(d.request(due, &mut jitter).unwrap().stalled);
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

    #[test]
    fn devices_of_a_fleet_do_not_ask_at_the_same_moment() {
        let delays = |seed| {
            let mut jitter = Jitter::new(seed);
            [0, 3, 6, 9].map(|tries| jitter.backoff(tries))
        };
        let apart = |a: [u64; 4], b: [u64; 4]| a.iter().zip(b).all(|(a, b)| *a != b);
        assert!(apart(delays(2), delays(4)) && apart(delays(4), delays(6)));
        // The same device does not keep a step either: from round to round its place in the quarter changes.
        let mut jitter = Jitter::new(2);
        assert_ne!(jitter.backoff(6), jitter.backoff(6));
        assert_eq!(delays(2), delays(2));
        // A hundred devices, after an outage: spread over the quarter, and no moment has more than a few.
        let mut first: std::vec::Vec<u64> = (0..100).map(|seed| Jitter::new(2 * seed).backoff(6)).collect();
        first.sort_unstable();
        let spread = first[99] - first[0];
        assert!(spread > MAX_BACKOFF_MS / 5, "{spread} ms");
        assert!(first.windows(10).all(|w| w[9] - w[0] > 100), "{first:?}");
    }
}
