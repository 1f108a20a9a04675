//! What a module has opened: things of the host's that guests know by handles, no more at a time than they may have.

use crate::trap::Trap;
use sandgrain_abi::TrapKind;

/// Up to `N` open resources of type `R`: files, connections, timers, pins. It belongs into the state of an instance or
/// store, where host functions find it; with the state all of them go.
///
/// A handle is never 0, and one that was closed names nothing, until its place was used some 2³¹ / `N` times.
///
/// ```
/// use sandgrain_runtime::resources::Resources;
/// use sandgrain_runtime::{Caller, Linker};
///
/// struct Timer { at: u64 }
/// struct State { timers: Resources<Timer, 4> }
///
/// let mut linker = Linker::<State, 2>::new();
/// let open = |caller: &mut Caller<'_, State>, at: u64| caller.state().timers.open(Timer { at });
/// let close = |caller: &mut Caller<'_, State>, handle: u32| caller.state().timers.close(handle).map(drop);
/// assert!(linker.func("timer", "open", open) && linker.func("timer", "close", close));
/// let state = State { timers: Resources::with_limit(2) };
/// # let _ = (linker, state, Timer { at: 0 }.at);
/// ```
#[derive(Debug)]
pub struct Resources<R, const N: usize> {
    places: [Place<R>; N],
    limit: usize,
}

#[derive(Debug)]
struct Place<R> {
    resource: Option<R>,
    /// How often it was closed; wraps.
    closed: u32,
}

impl<R, const N: usize> Resources<R, N> {
    /// Handles have to stay above 0 and apart.
    const FITS: () = assert!(N > 0 && N < 1 << 16);

    /// Nothing is open, and `N` may be.
    pub const fn new() -> Self {
        Self::with_limit(N)
    }

    /// Nothing is open, and `limit` may be, at most `N`.
    pub const fn with_limit(limit: usize) -> Self {
        let () = Self::FITS;
        Resources { places: [const { Place { resource: None, closed: 0 } }; N], limit }
    }

    /// Opens `resource`, and names it.
    ///
    /// # Errors
    /// [`TrapKind::ResourceLimit`] if as many as may be are open; `resource` is dropped.
    pub fn open(&mut self, resource: R) -> Result<u32, Trap> {
        let free = self.places.iter().position(|place| place.resource.is_none());
        let free = free.filter(|_| self.count() < self.limit).ok_or(Trap::new(TrapKind::ResourceLimit))?;
        let place = self.places.get_mut(free).ok_or(Trap::host())?;
        place.resource = Some(resource);
        Ok(Self::handle(free, place.closed))
    }

    /// What `handle` names.
    ///
    /// # Errors
    /// [`TrapKind::HostError`] if that is nothing.
    pub fn get(&mut self, handle: u32) -> Result<&mut R, Trap> {
        self.place(handle)?.resource.as_mut().ok_or(Trap::host())
    }

    /// Closes what `handle` names.
    ///
    /// # Errors
    /// As for [`get`](Self::get).
    pub fn close(&mut self, handle: u32) -> Result<R, Trap> {
        let place = self.place(handle)?;
        let resource = place.resource.take().ok_or(Trap::host())?;
        place.closed = place.closed.wrapping_add(1);
        Ok(resource)
    }

    /// Closes everything, for instance after a trap, behind which the guest cannot.
    pub fn clear(&mut self) {
        for place in &mut self.places {
            if place.resource.take().is_some() {
                place.closed = place.closed.wrapping_add(1);
            }
        }
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.places.iter().filter(|place| place.resource.is_some()).count()
    }

    /// What is open.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut R> {
        self.places.iter_mut().filter_map(|place| place.resource.as_mut())
    }

    /// Names a place as often as it was closed. 31 bits, so that guests may take it for an `i32` and errors for negative.
    fn handle(index: usize, closed: u32) -> u32 {
        let names = (i32::MAX as u32 - N as u32) / N as u32;
        1 + index as u32 + closed % names * N as u32
    }

    fn place(&mut self, handle: u32) -> Result<&mut Place<R>, Trap> {
        let index = handle.checked_sub(1).ok_or(Trap::host())? as usize % N;
        let place = self.places.get_mut(index).ok_or(Trap::host())?;
        if Self::handle(index, place.closed) == handle { Ok(place) } else { Err(Trap::host()) }
    }
}

impl<R, const N: usize> Default for Resources<R, N> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn no_more_are_open_than_may_be() {
        let mut resources = Resources::<&str, 3>::with_limit(2);
        let (a, b) = (resources.open("a").unwrap(), resources.open("b").unwrap());
        assert_eq!(resources.open("c"), Err(Trap::new(TrapKind::ResourceLimit)));
        assert_eq!(resources.get(a), Ok(&mut "a"));
        assert_eq!(resources.count(), 2);
        assert_eq!(resources.close(a), Ok("a"));
        let c = resources.open("c").unwrap();
        assert_eq!(resources.iter_mut().map(|r| *r).collect::<Vec<_>>(), ["c", "b"]);
        assert!(c != a && c != b);
        resources.clear();
        assert_eq!(resources.count(), 0);
        for stale in [a, b, c] {
            assert_eq!(resources.close(stale), Err(Trap::host()));
        }
        let mut more = Resources::<u8, 1>::with_limit(100);
        more.open(1).unwrap();
        assert_eq!(more.open(2), Err(Trap::new(TrapKind::ResourceLimit)));
    }

    #[test]
    fn what_is_no_handle_names_nothing() {
        let mut resources = Resources::<u8, 3>::new();
        let handle = resources.open(7).unwrap();
        for other in [0, 2, 3, 4, 100, i32::MAX as u32, u32::MAX] {
            assert_eq!(resources.get(other), Err(Trap::host()), "{other}");
        }
        assert_eq!(resources.get(handle), Ok(&mut 7));
    }

    #[test]
    fn handles_stay_apart_until_a_place_has_used_them_all() {
        let mut resources = Resources::<(), 1>::new();
        let handles: std::collections::BTreeSet<u32> = (0..1000)
            .map(|_| {
                let handle = resources.open(()).unwrap();
                resources.close(handle).unwrap();
                handle
            })
            .collect();
        assert_eq!(handles.len(), 1000);
        let last = Resources::<(), 65535>::handle(65534, u32::MAX);
        assert!(last > 0 && last <= i32::MAX as u32);
    }
}
