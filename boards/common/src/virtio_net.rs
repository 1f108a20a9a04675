//! virtio-net over MMIO as an embassy-net driver, interrupt driven, without an allocator: queues and buffers are static.
//!
//! Ownership: a receive buffer belongs to the device from `receive_begin` to `receive_complete`, a transmit buffer from
//! `transmit_begin` to `transmit_complete`. A queue holds as many descriptors as there are buffers and every request
//! takes one, so a token (its descriptor's index) is a valid index into the tables here.

use core::cell::UnsafeCell;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::task::Context;

use embassy_net_driver::{Capabilities, Driver, HardwareAddress, LinkState, RxToken, TxToken};
use embassy_sync::waitqueue::AtomicWaker;
use virtio_drivers::device::net::VirtIONetRaw;
use virtio_drivers::transport::mmio::{MmioTransport, VirtIOHeader};
use virtio_drivers::transport::{DeviceType, Transport};
use virtio_drivers::{BufferDirection, Hal, PAGE_SIZE, PhysAddr};

use crate::mmio::Registers;

/// Frames in flight in each direction.
const QUEUE: usize = 8;
/// Ethernet header and payload.
const MTU: usize = 1514;
/// virtio's header (at most 12 bytes) and a frame; the device wants at least 1526 (Virtual I/O Device 1.1, 5.1.6.3.1).
const BUFFER: usize = 1536;
/// Queue memory: two queues of two pages each, in the modern and in the legacy layout.
const DMA_PAGES: usize = 4;

const INTERRUPT_STATUS: usize = 0x60;
const INTERRUPT_ACK: usize = 0x64;

static WAKER: AtomicWaker = AtomicWaker::new();

#[repr(align(4096))]
struct DmaPool(UnsafeCell<[u8; DMA_PAGES * PAGE_SIZE]>);
// SAFETY: only handed out through `dma_alloc`, every page once.
unsafe impl Sync for DmaPool {}
static DMA_POOL: DmaPool = DmaPool(UnsafeCell::new([0; DMA_PAGES * PAGE_SIZE]));
static DMA_TAKEN: AtomicUsize = AtomicUsize::new(0);

type Frames = [[u8; BUFFER]; QUEUE];
struct FramePool(UnsafeCell<[Frames; 2]>);
// SAFETY: only handed out by `VirtioNet::new`, once (`TAKEN`).
unsafe impl Sync for FramePool {}
static FRAMES: FramePool = FramePool(UnsafeCell::new([[[0; BUFFER]; QUEUE]; 2]));
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Physical addresses are addresses, and DMA sees what the core sees.
struct Identity;

// SAFETY: `dma_alloc` hands out zeroed, page-aligned, never reused parts of `DMA_POOL`; sharing is the identity.
unsafe impl Hal for Identity {
    fn dma_alloc(pages: usize, _: BufferDirection) -> (PhysAddr, NonNull<u8>) {
        let first = DMA_TAKEN.fetch_add(pages, Ordering::Relaxed);
        if first + pages > DMA_PAGES {
            return (0, NonNull::dangling()); // address 0: virtio-drivers reports a DMA error
        }
        let base = DMA_POOL.0.get().cast::<u8>();
        // SAFETY: inside the pool.
        let at = unsafe { NonNull::new_unchecked(base.add(first * PAGE_SIZE)) };
        (at.as_ptr() as usize as PhysAddr, at)
    }

    unsafe fn dma_dealloc(_: PhysAddr, _: NonNull<u8>, _: usize) -> i32 {
        0 // the driver lives as long as the firmware
    }

    unsafe fn mmio_phys_to_virt(address: PhysAddr, _: usize) -> NonNull<u8> {
        NonNull::new(address as usize as *mut u8).unwrap_or(NonNull::dangling())
    }

    unsafe fn share(buffer: NonNull<[u8]>, _: BufferDirection) -> PhysAddr {
        buffer.cast::<u8>().as_ptr() as usize as PhysAddr
    }

    unsafe fn unshare(_: PhysAddr, _: NonNull<[u8]>, _: BufferDirection) {}
}

/// Why the device cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// No virtio-net device in any of the slots (QEMU: no `-device virtio-net-device`).
    NoDevice,
    /// The driver was already created.
    Taken,
    /// The device does not do what the specification asks of it.
    Device(virtio_drivers::Error),
}

impl From<virtio_drivers::Error> for Error {
    fn from(error: virtio_drivers::Error) -> Self {
        Error::Device(error)
    }
}

/// The device.
pub struct VirtioNet {
    raw: VirtIONetRaw<Identity, MmioTransport<'static>, QUEUE>,
    received: FrameTable,
    outgoing: FrameTable,
    /// Transmit buffers that the device does not hold, one bit each.
    free: u8,
    /// The receive buffer whose token was last handed out: it goes back to the device with the next call.
    on_loan: Option<usize>,
}

const _: () = assert!(QUEUE == u8::BITS as usize);

/// One direction's buffers, and which of them each descriptor refers to.
struct FrameTable {
    frames: NonNull<Frames>,
    of_token: [u8; QUEUE],
    /// Bytes that the device was given of each buffer.
    len: [usize; QUEUE],
}

impl FrameTable {
    fn new(frames: NonNull<Frames>) -> Self {
        Self { frames, of_token: [0; QUEUE], len: [BUFFER; QUEUE] }
    }

    /// # Safety
    /// The device must not hold the buffer, and no other reference to it may be alive.
    unsafe fn frame<'a>(&self, index: usize) -> &'a mut [u8; BUFFER] {
        assert!(index < QUEUE);
        // SAFETY: inside the pool; otherwise as the caller promises.
        unsafe { &mut *self.frames.as_ptr().cast::<[u8; BUFFER]>().add(index) }
    }
}

/// Where the device's registers are, for the interrupt.
static BASE: AtomicUsize = AtomicUsize::new(0);

impl VirtioNet {
    /// Starts the first virtio-net device among `slots`, the addresses of virtio-mmio register blocks, and returns it
    /// with its slot's index.
    ///
    /// # Safety
    /// Every slot must be a virtio-mmio register block of 4 KiB that nothing else uses.
    pub unsafe fn new(slots: impl IntoIterator<Item = usize>) -> Result<(Self, usize), Error> {
        if TAKEN.swap(true, Ordering::Relaxed) {
            return Err(Error::Taken);
        }
        let (index, base, transport) = slots
            .into_iter()
            .enumerate()
            .find_map(|(index, base)| {
                let header = NonNull::new(base as *mut VirtIOHeader)?;
                // SAFETY: our caller vouches for the register block; it exists as long as the machine.
                let transport = unsafe { MmioTransport::new(header, 0x1000) }.ok()?;
                (transport.device_type() == DeviceType::Network).then_some((index, base, transport))
            })
            .ok_or(Error::NoDevice)?;
        let pools = FRAMES.0.get().cast::<Frames>();
        // SAFETY: inside `FRAMES`, which `TAKEN` makes ours.
        let (received, outgoing) = unsafe { (NonNull::new_unchecked(pools), NonNull::new_unchecked(pools.add(1))) };
        let mut net = Self {
            raw: VirtIONetRaw::new(transport)?,
            received: FrameTable::new(received),
            outgoing: FrameTable::new(outgoing),
            free: !0,
            on_loan: None,
        };
        for index in 0..QUEUE {
            net.offer(index)?;
        }
        BASE.store(base, Ordering::Release);
        Ok((net, index))
    }

    /// Gives receive buffer `index`, which nobody holds, to the device.
    fn offer(&mut self, index: usize) -> Result<(), Error> {
        // SAFETY: nobody holds it, says the caller, and the reference does not outlive this function.
        let frame = unsafe { self.received.frame(index) };
        // SAFETY: the buffer is static, and untouched until `receive_complete`.
        let token = unsafe { self.raw.receive_begin(frame) }?;
        self.received.of_token[usize::from(token)] = index as u8;
        Ok(())
    }

    /// Takes back what the previous token lent out.
    fn settle(&mut self) {
        if let Some(index) = self.on_loan.take()
            && self.offer(index).is_err()
        {
            // Only a device that breaks its own protocol gets here: it has one buffer less from now on.
            defmt::warn!("virtio-net refused a receive buffer");
        }
    }

    /// Takes back the transmit buffers that the device is done with.
    fn reclaim(&mut self) {
        while let Some(token) = self.raw.poll_transmit() {
            let Some(&index) = self.outgoing.of_token.get(usize::from(token)) else {
                return;
            };
            // SAFETY: the device returned the buffer; the reference does not outlive this iteration.
            let frame = unsafe { self.outgoing.frame(usize::from(index)) };
            let frame = &frame[..self.outgoing.len[usize::from(index)]];
            // SAFETY: the same slice as in `consume`.
            if unsafe { self.raw.transmit_complete(token, frame) }.is_err() {
                return;
            }
            self.free |= 1 << index;
        }
    }

    /// The next frame's buffer and the range the frame has in it.
    fn take(&mut self) -> Option<(usize, core::ops::Range<usize>)> {
        loop {
            let token = self.raw.poll_receive()?;
            let index = usize::from(*self.received.of_token.get(usize::from(token))?);
            // SAFETY: the device returned the buffer; the reference does not outlive this iteration.
            let frame = unsafe { self.received.frame(index) };
            // SAFETY: the same slice as in `offer`: the whole buffer.
            let done = unsafe { self.raw.receive_complete(token, frame) };
            match done {
                // The device says how long the frame is: checked, like everything a device says.
                Ok((header, len)) if header + len <= BUFFER => {
                    return Some((index, header..header + len));
                }
                Ok(_) => self.offer(index).ok()?,
                Err(_) => return None,
            }
        }
    }

    fn outgoing(&mut self) -> Outgoing<'_> {
        Outgoing { net: self }
    }
}

/// The device's interrupt: acknowledges it and wakes the stack, which looks at both queues.
pub fn on_interrupt() {
    let base = BASE.load(Ordering::Acquire);
    if base != 0 {
        // SAFETY: `BASE` is the register block that `VirtioNet::new` was promised.
        let registers = unsafe { Registers::new(base) };
        registers.write(INTERRUPT_ACK, registers.read(INTERRUPT_STATUS));
    }
    WAKER.wake();
}

/// A received frame.
pub struct Received<'a>(&'a mut [u8]);

/// Room for a frame.
pub struct Outgoing<'a> {
    net: &'a mut VirtioNet,
}

impl RxToken for Received<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, f: F) -> R {
        f(self.0)
    }
}

impl TxToken for Outgoing<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let net = self.net;
        let index = net.free.trailing_zeros() as usize;
        // SAFETY: a token exists only while a buffer is free, so nobody holds this one.
        let frame = unsafe { net.outgoing.frame(index) };
        let header = net.raw.fill_buffer_header(frame).unwrap_or(0);
        let end = header + len;
        let result = f(&mut frame[header..end]);
        // SAFETY: the buffer is static, and marked as the device's until `transmit_complete`.
        if let Ok(token) = unsafe { net.raw.transmit_begin(&frame[..end]) } {
            net.outgoing.of_token[usize::from(token)] = index as u8;
            net.outgoing.len[index] = end;
            net.free &= !(1 << index);
        }
        result
    }
}

impl Driver for VirtioNet {
    type RxToken<'a> = Received<'a>;
    type TxToken<'a> = Outgoing<'a>;

    fn receive(&mut self, cx: &mut Context) -> Option<(Received<'_>, Outgoing<'_>)> {
        WAKER.register(cx.waker());
        self.settle();
        self.reclaim();
        if self.free == 0 {
            return None; // a reply needs a transmit buffer; the next completion's interrupt wakes us
        }
        let (index, range) = self.take()?;
        self.on_loan = Some(index);
        // SAFETY: the buffer is on loan: it goes back to the device in `settle`, which needs `&mut self`, so after the
        // token's life.
        let frame = unsafe { self.received.frame(index) };
        Some((Received(&mut frame[range]), self.outgoing()))
    }

    fn transmit(&mut self, cx: &mut Context) -> Option<Outgoing<'_>> {
        WAKER.register(cx.waker());
        self.settle();
        self.reclaim();
        (self.free != 0).then(|| self.outgoing())
    }

    fn link_state(&mut self, _: &mut Context) -> LinkState {
        LinkState::Up
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::default();
        capabilities.max_transmission_unit = MTU;
        capabilities
    }

    fn hardware_address(&self) -> HardwareAddress {
        HardwareAddress::Ethernet(self.raw.mac_address())
    }
}
