//! Round trip, and what every kind of damage is answered with.

use sandgrain_provision::{Broker, Error, Field, HEADER_LEN, MAX_LEN, Provisioning, Without};

fn sample() -> Provisioning<'static> {
    Provisioning {
        device_id: "dev-1",
        namespace: "default",
        broker: Broker { address: [10, 0, 2, 2], port: 1883 },
        user: "dev-1",
        password: "s3cret",
        trusted_keys: [Some([7; 32]), None],
        device_class: "demo",
        without: Without::Nothing,
    }
}

fn page(value: &Provisioning) -> Vec<u8> {
    let mut page = vec![0xFF; 4096];
    value.write(&mut page).unwrap();
    page
}

#[test]
fn round_trip_ignores_the_erased_rest() {
    let bytes = page(&sample());
    let read = Provisioning::parse(&bytes).unwrap();
    assert_eq!(read, sample());
    assert_eq!(read.keys().count(), 1);
}

#[test]
fn the_largest_page_fits_the_limit() {
    let text = "x".repeat(64);
    let class = "c".repeat(32);
    let value = Provisioning {
        device_id: &text,
        namespace: &text,
        user: &text,
        password: &text,
        trusted_keys: [Some([1; 32]), Some([2; 32])],
        device_class: &class,
        without: Without::Quarantine,
        ..sample()
    };
    let mut exact = [0; MAX_LEN];
    let len = value.write(&mut exact).unwrap();
    assert_eq!(Provisioning::parse(&exact[..len]).unwrap(), value);
    assert_eq!(value.write(&mut exact[..len - 1]), Err(Error::BufferTooSmall));
}

#[test]
fn every_flipped_bit_and_every_truncation_is_refused() {
    let bytes = page(&sample());
    let used = sample().write(&mut vec![0; MAX_LEN]).unwrap();
    for bit in 0..used * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(Provisioning::parse(&damaged).is_err(), "bit {bit}");
    }
    for len in 0..used {
        assert!(Provisioning::parse(&bytes[..len]).is_err(), "length {len}");
    }
}

#[test]
fn errors_name_what_is_wrong() {
    assert_eq!(Provisioning::parse(&[0xFF; 4096]), Err(Error::Missing));
    assert_eq!(Provisioning::parse(&[]), Err(Error::Missing));
    let with = |at: usize, value: u32| {
        let mut bytes = page(&sample());
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        bytes
    };
    assert_eq!(Provisioning::parse(&with(4, 2)), Err(Error::Version { found: 2 }));
    assert_eq!(Provisioning::parse(&with(8, u32::MAX)), Err(Error::Length { declared: u32::MAX }));
    assert_eq!(Provisioning::parse(&with(HEADER_LEN, 0)), Err(Error::Checksum));
}

#[test]
fn malformed_fields_are_refused_on_both_sides() {
    let long = "x".repeat(65);
    let cases = [
        (Provisioning { device_id: "", ..sample() }, Field::DeviceId),
        (Provisioning { device_id: "a/b", ..sample() }, Field::DeviceId),
        (Provisioning { device_id: "a+", ..sample() }, Field::DeviceId),
        (Provisioning { namespace: &long, ..sample() }, Field::Namespace),
        (Provisioning { user: &long, ..sample() }, Field::User),
        (Provisioning { password: &long, ..sample() }, Field::Password),
        (Provisioning { device_class: "a b", ..sample() }, Field::DeviceClass),
        (Provisioning { broker: Broker { address: [10, 0, 2, 2], port: 0 }, ..sample() }, Field::Broker),
    ];
    for (value, field) in cases {
        assert_eq!(value.write(&mut [0; MAX_LEN]), Err(Error::Field(field)));
    }
}
