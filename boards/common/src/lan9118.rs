//! SMSC LAN9118 Ethernet controller as an embassy-net driver, interrupt driven.
//!
//! Source: LAN9118 data sheet (SMSC, rev. 1.5): chapter 5 for the registers, 3.12/3.13 for the FIFOs' formats.
//! QEMU sends at once, so its transmit FIFO never fills; the waiting for room follows the data sheet and was not seen.

use core::task::Context;

use embassy_net_driver::{Capabilities, Driver, HardwareAddress, LinkState, RxToken, TxToken};
use embassy_sync::waitqueue::AtomicWaker;

use crate::mmio::Registers;

const RX_DATA: usize = 0x00;
const TX_DATA: usize = 0x20;
const RX_STATUS: usize = 0x40;
const TX_STATUS: usize = 0x48;
const ID_REV: usize = 0x50;
const IRQ_CFG: usize = 0x54;
const INT_STS: usize = 0x58;
const INT_EN: usize = 0x5C;
const BYTE_TEST: usize = 0x64;
const FIFO_INT: usize = 0x68;
const RX_CFG: usize = 0x6C;
const TX_CFG: usize = 0x70;
const HW_CFG: usize = 0x74;
const RX_FIFO_INF: usize = 0x7C;
const TX_FIFO_INF: usize = 0x80;
const MAC_CSR_CMD: usize = 0xA4;
const MAC_CSR_DATA: usize = 0xA8;

/// `INT_STS`/`INT_EN`: a received frame's status is waiting; room in the transmit FIFO.
const INT_RX_STATUS: u32 = 1 << 3;
const INT_TX_ROOM: u32 = 1 << 9;

const MAC_CR: u32 = 1;
const MAC_ADDRH: u32 = 2;
const MAC_ADDRL: u32 = 3;

/// Ethernet header and payload, without the checksum.
const MTU: usize = 1514;
/// A frame's place in the transmit FIFO: two command words and up to three bytes of padding.
const TX_ROOM: usize = MTU + 2 * 4 + 3;
const BUFFER: usize = MTU.next_multiple_of(4) + 4;
/// Register reads before a reset or a MAC access counts as failed.
const POLL_LIMIT: u32 = 100_000;

static WAKER: AtomicWaker = AtomicWaker::new();

/// Why the controller cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Something else is at this address; the byte-order register and the id are given.
    NotALan9118 {
        /// `BYTE_TEST`, 0x8765_4321 on a LAN9118.
        byte_test: u32,
        /// `ID_REV`, 0x0118 in the upper half on a LAN9118.
        id: u32,
    },
    /// The controller does not come out of reset, or its MAC does not answer.
    Timeout,
}

/// The controller.
pub struct Lan9118 {
    port: Port,
    mac: [u8; 6],
    received: [u8; BUFFER],
    outgoing: [u8; BUFFER],
}

/// The controller's registers.
#[derive(Clone, Copy)]
struct Port(Registers);

impl Lan9118 {
    /// Resets and starts the controller at `base`, full duplex, its receive interrupt enabled.
    ///
    /// # Safety
    /// `base` must be a LAN9118's register block (or harmless to read and write) that only this driver uses.
    pub unsafe fn new(base: usize) -> Result<Self, Error> {
        // SAFETY: our caller's promise is the one asked for.
        let port = Port(unsafe { Registers::new(base) });
        let r = port.0;
        let (byte_test, id) = (r.read(BYTE_TEST), r.read(ID_REV));
        if byte_test != 0x8765_4321 || id >> 16 != 0x0118 {
            return Err(Error::NotALan9118 { byte_test, id });
        }
        r.write(HW_CFG, 1); // soft reset
        port.wait(HW_CFG, 1)?;
        r.write(HW_CFG, 1 << 20 | 5 << 16); // "must be one"; 5 KiB transmit FIFO
        r.write(RX_CFG, 0);
        r.write(TX_CFG, 1 << 1); // TX_ON
        let control = port.mac_read(MAC_CR)?;
        port.mac_write(MAC_CR, control | 1 << 20 | 1 << 3 | 1 << 2)?; // full duplex, TXEN, RXEN
        let high = port.mac_read(MAC_ADDRH)?.to_le_bytes();
        let low = port.mac_read(MAC_ADDRL)?.to_le_bytes();
        // Transmit-room level in units of 64 bytes, above TX_ROOM; receive-status level 0.
        r.write(FIFO_INT, (TX_ROOM.div_ceil(64) as u32) << 24);
        r.write(IRQ_CFG, 1 << 8 | 1 << 4 | 1); // IRQ_EN, active high, push-pull
        r.write(INT_STS, !0);
        r.write(INT_EN, INT_RX_STATUS);
        Ok(Self {
            port,
            mac: [low[0], low[1], low[2], low[3], high[0], high[1]],
            received: [0; BUFFER],
            outgoing: [0; BUFFER],
        })
    }
}

impl Port {
    /// Waits until `bits` of `register` are clear.
    fn wait(self, register: usize, bits: u32) -> Result<(), Error> {
        for _ in 0..POLL_LIMIT {
            if self.0.read(register) & bits == 0 {
                return Ok(());
            }
        }
        Err(Error::Timeout)
    }

    fn mac_read(self, index: u32) -> Result<u32, Error> {
        self.0.write(MAC_CSR_CMD, 1 << 31 | 1 << 30 | index);
        self.wait(MAC_CSR_CMD, 1 << 31)?;
        Ok(self.0.read(MAC_CSR_DATA))
    }

    fn mac_write(self, index: u32, value: u32) -> Result<(), Error> {
        self.0.write(MAC_CSR_DATA, value);
        self.0.write(MAC_CSR_CMD, 1 << 31 | index);
        self.wait(MAC_CSR_CMD, 1 << 31)
    }

    /// Takes the next good frame out of the receive FIFO into `buffer`; its length without the checksum.
    /// Frames with errors, and frames that do not fit, are drained and skipped.
    fn receive(self, buffer: &mut [u8; BUFFER]) -> Option<usize> {
        while self.0.read(RX_FIFO_INF) >> 16 & 0xFF != 0 {
            let status = self.0.read(RX_STATUS);
            let raw = (status >> 16 & 0x3FFF) as usize;
            for word in 0..raw.div_ceil(4) {
                let bytes = self.0.read(RX_DATA).to_le_bytes();
                if let Some(place) = buffer.get_mut(word * 4..word * 4 + 4) {
                    place.copy_from_slice(&bytes);
                }
            }
            let bad = status & 1 << 15 != 0;
            match raw.checked_sub(4) {
                Some(len) if !bad && len <= MTU => return Some(len),
                _ => {}
            }
        }
        None
    }

    fn room(self) -> usize {
        // Discard what the controller says about frames already sent, or its status FIFO fills up.
        while self.0.read(TX_FIFO_INF) >> 16 & 0xFF != 0 {
            self.0.read(TX_STATUS);
        }
        (self.0.read(TX_FIFO_INF) & 0xFFFF) as usize
    }

    fn send(self, frame: &[u8]) {
        let len = frame.len() as u32;
        self.0.write(TX_DATA, 1 << 13 | 1 << 12 | len); // first and last segment
        self.0.write(TX_DATA, len << 16 | len);
        for chunk in frame.chunks(4) {
            let mut word = [0; 4];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0.write(TX_DATA, u32::from_le_bytes(word));
        }
    }
}

/// The controller's interrupt: silences it and wakes the stack, which drains the FIFO and enables it again.
///
/// # Safety
/// `base` must be what [`Lan9118::new`] was called with.
pub unsafe fn on_interrupt(base: usize) {
    // SAFETY: the same promise; INT_EN is written by the driver only with this interrupt's work done, see `receive`.
    unsafe { Registers::new(base) }.write(INT_EN, 0);
    WAKER.wake();
}

/// A received frame.
pub struct Received<'a>(&'a mut [u8]);

/// Room for a frame.
pub struct Outgoing<'a> {
    port: Port,
    buffer: &'a mut [u8; BUFFER],
}

impl RxToken for Received<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, f: F) -> R {
        f(self.0)
    }
}

impl TxToken for Outgoing<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let frame = &mut self.buffer[..len];
        let result = f(frame);
        self.port.send(frame);
        result
    }
}

impl Driver for Lan9118 {
    type RxToken<'a> = Received<'a>;
    type TxToken<'a> = Outgoing<'a>;

    fn receive(&mut self, cx: &mut Context) -> Option<(Received<'_>, Outgoing<'_>)> {
        WAKER.register(cx.waker());
        let Some(len) = self.port.receive(&mut self.received) else {
            // Empty: from here on the next frame interrupts. One that came in between keeps the line raised.
            self.port.0.write(INT_STS, INT_RX_STATUS);
            self.port.0.write(INT_EN, INT_RX_STATUS);
            if self.port.0.read(RX_FIFO_INF) >> 16 & 0xFF != 0 {
                cx.waker().wake_by_ref();
            }
            return None;
        };
        let received = Received(&mut self.received[..len]);
        let outgoing = Outgoing { port: self.port, buffer: &mut self.outgoing };
        Some((received, outgoing))
    }

    fn transmit(&mut self, cx: &mut Context) -> Option<Outgoing<'_>> {
        if self.port.room() < TX_ROOM {
            WAKER.register(cx.waker());
            self.port.0.write(INT_STS, INT_TX_ROOM);
            self.port.0.write(INT_EN, INT_RX_STATUS | INT_TX_ROOM);
            return None;
        }
        Some(Outgoing { port: self.port, buffer: &mut self.outgoing })
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
        HardwareAddress::Ethernet(self.mac)
    }
}
